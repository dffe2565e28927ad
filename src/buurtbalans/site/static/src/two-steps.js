// One question per screen: the two parts of a form one after the other. Without this file they stand under each other.
class TwoSteps extends HTMLElement {
  connectedCallback() {
    this.steps = [...this.querySelectorAll(":scope > [data-stap]")];
    for (const [number, step] of this.steps.entries()) {
      const bar = document.createElement("p");
      bar.className = "stap-balk klein";
      if (number) bar.append(this.button("back", () => this.go(number - 1), "knop knop--link"));
      bar.append(step.dataset.stap);
      step.prepend(bar);
      if (number < this.steps.length - 1) step.append(this.button("next", () => this.next(number), "knop knop--breed"));
    }
    const wrong = this.steps.findIndex((step) => step.querySelector(".errorlist, [aria-invalid='true']"));
    this.sum();
    this.show(Math.max(wrong, 0));
  }

  button(name, act, style) {
    const made = document.createElement("button");
    Object.assign(made, { type: "button", className: style, textContent: this.dataset[name] });
    made.addEventListener("click", act);
    return made;
  }

  next(number) {
    const step = this.steps[number];
    const place = step.querySelector("input[name='longitude']:enabled");
    const wrong = (place && !place.value && "place") || (!step.querySelector("input[name='mood']:checked") && "mood");
    const told = step.querySelector("[data-fout]");
    told.hidden = !wrong;
    told.textContent = wrong ? this.dataset[wrong] : "";
    if (!wrong) return this.go(number + 1);
    const field = step.querySelector(wrong === "place" ? "map-pin" : ".gevoel-keuzes");
    field.before(told);
    told.scrollIntoView({ block: "start" });
    field.querySelector(".speld-vlak, input").focus({ preventScroll: true });
  }

  go(number) {
    this.sum();
    this.show(number);
    const step = this.steps[number];
    step.tabIndex = -1;
    step.focus({ preventScroll: true });
    this.scrollIntoView({ block: "start" });
  }

  show(number) {
    for (const [at, step] of this.steps.entries()) step.hidden = at !== number;
  }

  // What was chosen on the first screen, in words on the second.
  sum() {
    const words = ["mood", "day_part"].map((name) => this.querySelector(`input[name='${name}']:checked`)?.closest("label").textContent.trim());
    const [mood, part] = words;
    const bold = document.createElement("b");
    bold.textContent = mood ?? "";
    this.querySelector("[data-samen]").replaceChildren(bold, ` · ${part} · `, this.querySelector("map-pin output")?.textContent ?? "");
  }
}

customElements.define("two-steps", TwoSteps);
