// Writing one field note: one question at a time with the button at the thumb; only the first one has to be answered.
import { filled, tickLooked } from "./shown.js";

const NAMES = ["text", "tone", "place", "source", "who", "time_of_day", "seen", "longitude", "latitude"];

// At night one mostly writes down what was seen earlier, so then the clock says nothing of it.
const partOfDay = (hour) => (hour < 6 || hour > 22 ? "" : hour < 12 ? "ochtend" : hour < 18 ? "middag" : "avond");

export class Questions {
  constructor(form, words, { keep, draft, back }) {
    Object.assign(this, { form, words, keep, saveDraft: draft, back });
    this.screens = [...form.querySelectorAll("[data-vraag]")];
    form.addEventListener("submit", (event) => this.done(event));
    form.addEventListener("input", () => this.typed());
    form.addEventListener("change", () => this.typed());
    form.addEventListener("click", (event) => this.pressed(event.target.closest("[data-doet]")?.dataset.doet));
  }

  part(name) {
    return this.form.querySelector(`[data-deel="${name}"]`);
  }

  ask(note, { map, looks }) {
    this.note = note;
    this.fresh = note.draft || !note.record;
    this.form.reset();
    this.part("bekeken").hidden = !looks;
    this.drawMap(map ?? "", note.told);
    this.fill(note.told);
    this.showErrors(note.refused?.errors ?? {});
    tickLooked(this.form, note);
    this.part("titel").textContent = this.words[this.fresh ? "new" : "change"];
    this.go(0);
  }

  drawMap(map, { longitude = "", latitude = "" }) {
    const made = document.createElement("template");
    made.innerHTML = map; // made by the site, kept with the round
    for (const [name, value] of Object.entries({ longitude, latitude })) {
      made.content.querySelector(`[name="${name}"]`)?.setAttribute("value", value);
    }
    this.part("kaart").replaceChildren(made.content);
  }

  fill(told) {
    if (this.fresh && !told.time_of_day) told = { ...told, time_of_day: partOfDay(new Date(this.note.at).getHours()) };
    for (const [name, value] of Object.entries(told)) {
      const field = this.form.elements.namedItem(name);
      if (!field || ["longitude", "latitude"].includes(name)) continue;
      if (field.type === "checkbox") field.checked = Boolean(value);
      else field.value = value;
    }
    this.asksWho();
  }

  // What one saw oneself is told by nobody else.
  asksWho() {
    this.part("wie").hidden = this.form.elements.namedItem("source").value === "waarneming";
  }

  // What the site said of it stands at its text, with its tick; all else above.
  showErrors({ text = "", ...rest }) {
    this.part("fout-text").innerHTML = text;
    this.part("fout").innerHTML = Object.values(rest).join("");
    this.part("fout").hidden = !Object.keys(rest).length;
  }

  answers() {
    const given = new FormData(this.form);
    return Object.fromEntries(NAMES.filter((name) => given.get(name)).map((name) => [name, given.get(name).trim()]));
  }

  now() {
    const asked = this.form.querySelector("[name='bekeken-text']") !== null;
    const looked = asked ? new FormData(this.form).getAll("bekeken-text") : this.note.looked;
    return { ...this.note, told: this.answers(), looked };
  }

  typed() {
    this.asksWho();
    const note = this.now();
    if (note.told.text) this.saveDraft(note);
  }

  pressed(does) {
    if (does === "verder") this.go(this.at + 1);
    else if (does === "terug" && this.at > 0) this.go(this.at - 1);
    else if (does === "terug") this.back();
  }

  go(at) {
    this.at = at;
    for (const [index, screen] of this.screens.entries()) screen.hidden = index !== at;
    const final = at === this.screens.length - 1;
    this.form.querySelector("[data-doet='verder']").hidden = final;
    this.form.querySelector("[data-doet='bewaar']").classList.toggle("knop--tweede", !final);
    this.part("hoeveelste").textContent = filled(this.words.question, { n: at + 1 });
    window.scrollTo(0, 0);
    (at ? this.part("titel") : this.form.elements.text).focus();
  }

  done(event) {
    event.preventDefault();
    const note = this.now();
    if (note.told.text) return this.keep(note);
    this.part("fout").textContent = this.words.empty;
    this.part("fout").hidden = false;
    this.go(0);
  }
}
