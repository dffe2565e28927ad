// The page of field notes on a phone: what was noted lies here until it is sent, with a network or without.
import { last, remember } from "./last.js";
import { Questions } from "./questions.js";
import { isReady, sendAll, whoSigns } from "./send.js";
import { eraseOld, Store } from "./store.js";
import { filled, fillCircles, listed } from "./shown.js";

const AGAIN = 5000; // so often the page asks whether the site answers again, while somebody looks at it

const others = "BroadcastChannel" in window ? new BroadcastChannel("veldnotities") : null;

class FieldNotes extends HTMLElement {
  async connectedCallback() {
    document.querySelector("[data-zonder-js]")?.remove();
    this.hidden = false;
    this.words = JSON.parse(document.getElementById("noot-woorden").textContent);
    this.keepShell();
    if (!window.isSecureContext || !window.indexedDB || !navigator.locks) return this.show("kan-niet");
    await this.begin().catch((error) => {
      this.show("kan-niet");
      throw error;
    });
  }

  async begin() {
    const given = document.getElementById("noot-ronde");
    const fresh = given && JSON.parse(given.textContent);
    this.answered = Boolean(fresh) && navigator.onLine; // the page that was kept comes when the site does not answer
    this.person = fresh ? fresh.person : last();
    if (fresh) remember(fresh.person);
    this.watch();
    await eraseOld();
    if (!this.person) return this.show("niemand");
    this.store = await Store.open(this.person, location.pathname);
    const before = await this.store.round();
    if (!fresh && !before) return this.show("niemand");
    const map = document.getElementById("noot-kaart")?.innerHTML;
    this.round = fresh ? { ...fresh, map, chosen: before?.chosen } : before;
    if (fresh) await this.store.keepRound(this.round);
    this.questions = new Questions(this.part("schrijf"), this.words, {
      keep: (note) => this.keep(note),
      draft: (note) => this.draft(note),
      back: () => this.list(),
    });
    this.listen();
    await this.list();
    this.dataset.ready = "";
  }

  // A phone that cannot keep the page still keeps notes as long as the page is open.
  keepShell() {
    if (!navigator.serviceWorker) return;
    navigator.serviceWorker.register(this.dataset.worker, { scope: location.pathname }).catch(() => null);
  }

  part(name) {
    return this.querySelector(`[data-deel="${name}"]`);
  }

  show(name) {
    for (const screen of this.querySelectorAll(":scope > section, :scope > form")) screen.hidden = screen.dataset.deel !== name;
    this.toggleAttribute("data-writing", name === "schrijf");
  }

  // Somebody else, or nobody any more, also on a page that Back brings: nothing of this person stays on the screen.
  watch() {
    const check = () => {
      if (last() !== this.person) location.reload();
    };
    window.addEventListener("storage", check);
    window.addEventListener("pageshow", (event) => event.persisted && check());
  }

  listen() {
    others?.addEventListener("message", () => this.draw());
    window.addEventListener("offline", () => this.net(false));
    window.addEventListener("online", () => this.back());
    document.addEventListener("visibilitychange", () => this.back());
    setInterval(() => this.back(), AGAIN);
    this.part("lijst").addEventListener("click", (event) => this.pressed(event.target.closest("[data-doet]")));
    fillCircles(this.part("kringen"), this.round, (circle) => {
      this.round.chosen = circle;
      this.store.keepRound(this.round);
      this.circle();
    });
    this.circle();
  }

  get chosen() {
    return this.round.circles.find((circle) => circle.id === this.round.chosen) ?? this.round.circles[0];
  }

  circle() {
    this.part("kring").textContent = this.chosen.words;
    this.part("kringen").querySelector(`[value="${this.chosen.id}"]`).checked = true;
  }

  // A phone with a network may still get no answer, so the site is asked. What waits then goes by itself.
  async back() {
    if (this.answered || this.sending || document.hidden || !navigator.onLine) return;
    const { why } = await whoSigns(this.dataset.who, this.person);
    if (why === "no_answer" || why === "broken" || this.answered) return;
    this.net(true);
    await this.send();
  }

  net(answered) {
    this.answered = answered;
    this.part("net").textContent = this.words[answered ? "online" : "offline"];
  }

  async pressed(button) {
    const does = button?.dataset.doet;
    const note = this.notes.find((one) => one.id === button?.closest("[data-noot]")?.dataset.noot);
    if (does === "nieuw") this.ask({ id: crypto.randomUUID(), at: Date.now(), told: {} });
    else if (does === "verstuur") await this.send();
    else if (does === "pas-aan") this.ask(note);
    else if (does === "weg") await this.drop(note);
    else if (does === "ongedaan") await this.bringBack();
  }

  ask(note) {
    this.part("zeg").replaceChildren();
    this.show("schrijf");
    this.questions.ask(note, { map: this.round.map, looks: this.round.alone && !this.chosen.home });
  }

  async list() {
    this.show("lijst");
    this.part("waar").textContent = `${this.round.name}. `;
    this.net(this.answered);
    await this.draw();
  }

  async draw() {
    this.notes = await this.store.notes();
    const ready = this.notes.filter(isReady).length;
    this.part("aantal").textContent = filled(this.words.on_phone, { n: this.notes.length });
    const button = this.querySelector("[data-doet='verstuur']");
    button.hidden = ready === 0;
    button.textContent = filled(ready === 1 ? this.words.send_one : this.words.send_many, { n: ready });
    this.part("leeg").hidden = this.notes.length > 0;
    this.drawRows(this.part("noten"));
  }

  // A row that shows its note already stays where it is: a click on it is not lost.
  drawRows(list) {
    const before = new Map([...list.children].map((row) => [row.dataset.noot, row]));
    const rows = this.notes.map((note) => listed(this, note, before.get(note.id)));
    for (const row of before.values()) if (!rows.includes(row)) row.remove();
    for (const [index, row] of rows.entries()) {
      if (list.children[index] !== row) list.insertBefore(row, list.children[index] ?? null);
    }
  }

  async changed() {
    await this.draw();
    others?.postMessage("");
  }

  // One write after the other, as they were asked for.
  write(note) {
    this.written = (this.written ?? Promise.resolve()).then(() => this.store.write(note));
    return this.written;
  }

  // A draft is what is being written: it lies here at every letter, and is not sent.
  draft(note) {
    return this.write({ ...note, draft: true });
  }

  async keep(note) {
    const { draft: _draft, refused: _refused, retry: _retry, ...ready } = note;
    await this.write(ready);
    navigator.storage?.persist?.();
    await this.list();
    this.say("weg", this.words.kept)?.querySelector("button").remove();
    others?.postMessage("");
    this.querySelector("[data-doet='nieuw']").focus();
  }

  // Somebody looked at what may be a person and says it is nobody: the note can be sent again, with those ticks.
  async looked(id, ticks) {
    const note = this.notes.find((one) => one.id === id);
    const ticked = ticks.filter((tick) => tick.checked).map((tick) => tick.value);
    const others = (note.looked ?? []).filter((words) => !ticks.some((tick) => tick.value === words));
    await this.write({ ...note, looked: [...others, ...ticked], retry: ticked.length > 0 });
    await this.changed();
  }

  async drop(note) {
    this.dropped = note;
    await this.store.drop(note);
    await this.changed();
    this.say("weg", this.words.removed).querySelector("button").focus();
  }

  async bringBack() {
    await this.write(this.dropped);
    this.part("zeg").replaceChildren();
    await this.changed();
    this.querySelector("[data-doet='nieuw']").focus();
  }

  say(template, words) {
    const box = this.querySelector(`template[data-deel="${template}"]`).content.cloneNode(true);
    box.querySelector("p").textContent = words;
    this.part("zeg").replaceChildren(box);
    return this.part("zeg");
  }

  async send() {
    if (this.sending) return;
    this.sending = true;
    const button = this.querySelector("[data-doet='verstuur']");
    button.disabled = true;
    const progress = (n, all) => {
      button.textContent = filled(this.words.sending, { n, all });
    };
    const { store, person, chosen } = this;
    const done = await sendAll({ store, person, who: this.dataset.who, circle: chosen.id, progress });
    this.sending = false;
    button.disabled = false;
    await this.changed();
    if (done.why === "no_answer" || done.why === "broken") this.net(false);
    this.told(done, chosen);
  }

  // What was sent and where it waits; what stays, and why.
  told({ sent, waits, why }, circle) {
    const { words } = this;
    const stay = this.notes.filter((note) => note.refused && !note.retry).length;
    this.part("zeg").replaceChildren();
    if (sent) {
      const box = this.querySelector("template[data-deel='klaar']").content.cloneNode(true);
      box.querySelector("b").textContent = filled(sent === 1 ? words.sent_one : words.sent_many, { n: sent });
      box.querySelector("span").textContent = waits ? words.waits : circle.home ? words.home : words.shared;
      box.querySelector("[data-deel='te-bekijken']").hidden = !waits;
      this.part("zeg").append(box);
    }
    const wrong = [why && words[why], stay && filled(stay === 1 ? words.stay_one : words.stay_many, { n: stay })];
    for (const said of wrong.filter(Boolean)) {
      const box = this.querySelector("template[data-deel='mis']").content.cloneNode(true);
      box.querySelector("p").textContent = said;
      if (why === "signed_out" || why === "other") box.querySelector("p").append(" ", this.signIn());
      this.part("zeg").append(box);
      why = null;
    }
    if (sent && !this.notes.length) {
      this.round.chosen = undefined; // the next walk begins with the own organisation again
      this.store.keepRound(this.round);
      this.circle();
    }
  }

  signIn() {
    const link = document.createElement("a");
    link.href = `${this.dataset.login}?next=${encodeURIComponent(location.pathname)}`;
    link.textContent = this.words.sign_in;
    return link;
  }
}

customElements.define("field-notes", FieldNotes);
