// A map under a pin that stands still: one shifts the map. Only the middle of the square of about 100 metres in which
// the pin stands is written in the form; where somebody stands exactly never leaves the page.
import { blurred, square } from "./blurred.js";

const WIDEST = 3000; // metres in view
const CLOSEST = 250;
const FIRST = 600;
const TAP = 6; // pixels that a finger may shift while it taps
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

class MapPin extends HTMLElement {
  connectedCallback() {
    this.room = this.querySelector(".speld-vlak");
    this.svg = this.room.querySelector("svg");
    this.drawn = this.svg.viewBox.baseVal;
    this.size = { width: this.drawn.width, height: this.drawn.height };
    this.data = this.room.querySelector(".speld-kaart").dataset;
    this.places = [...this.svg.querySelectorAll("[data-naam]")];
    this.shade = this.svg.querySelector(".speld-vierkant");
    this.said = this.querySelector("output");
    this.fields = [...this.querySelectorAll("input[type='hidden']")];
    this.written = this.querySelector(".speld-geschreven input");
    this.fingers = new Map();
    this.begin();
    this.listen();
    new ResizeObserver(() => this.show()).observe(this.room);
  }

  number(name) {
    return Number(this.data[name]);
  }

  begin() {
    for (const field of this.fields) field.disabled = false;
    this.written.disabled = true;
    const metres = Math.min(FIRST, this.size.width / this.number("perMetre"));
    this.wide = metres * this.number("perMetre");
    const [longitude, latitude] = this.fields.map((field) => field.value);
    this.at = longitude && latitude ? this.pixels(+longitude, +latitude) : [this.number("middleX"), this.number("middleY")];
    if (longitude && latitude) this.write();
    else this.show();
  }

  listen() {
    this.room.addEventListener("pointerdown", (event) => this.touch(event));
    this.room.addEventListener("pointermove", (event) => this.shift(event));
    for (const end of ["pointerup", "pointercancel"]) this.room.addEventListener(end, (event) => this.let(event));
    this.room.addEventListener("keydown", (event) => this.key(event));
    const actions = { closer: () => this.zoom(0.5), wider: () => this.zoom(2), here: () => this.here(), none: () => this.clear(), take: () => this.take() };
    for (const [name, act] of Object.entries(actions)) {
      this.querySelector(`[data-${name}]`)?.addEventListener("click", act);
    }
  }

  degrees([x, y]) {
    return [this.number("west") + x * this.number("eastPerPixel"), this.number("north") - y * this.number("southPerPixel")];
  }

  pixels(longitude, latitude) {
    return [(longitude - this.number("west")) / this.number("eastPerPixel"), (this.number("north") - latitude) / this.number("southPerPixel")];
  }

  get scale() {
    return this.wide / (this.room.clientWidth || 1);
  }

  touch(event) {
    if (event.button) return;
    this.room.setPointerCapture(event.pointerId);
    this.fingers.set(event.pointerId, [event.clientX, event.clientY]);
    this.moved = this.fingers.size > 1 ? TAP : 0;
  }

  shift(event) {
    const before = this.fingers.get(event.pointerId);
    if (!before) return;
    const apart = this.apart();
    this.fingers.set(event.pointerId, [event.clientX, event.clientY]);
    const [dx, dy] = [event.clientX - before[0], event.clientY - before[1]];
    this.moved += Math.hypot(dx, dy);
    if (this.fingers.size === 1) this.go(this.at[0] - dx * this.scale, this.at[1] - dy * this.scale, false);
    else if (apart && this.apart()) this.zoom(apart / this.apart());
  }

  apart() {
    const [one, two] = [...this.fingers.values()];
    return two ? Math.hypot(one[0] - two[0], one[1] - two[1]) : 0;
  }

  let(event) {
    if (!this.fingers.delete(event.pointerId) || this.fingers.size) return;
    if (event.type === "pointerup" && this.moved < TAP) {
      const box = this.room.getBoundingClientRect();
      const from = [event.clientX - box.left - box.width / 2, event.clientY - box.top - box.height / 2];
      this.go(this.at[0] + from[0] * this.scale, this.at[1] + from[1] * this.scale);
    } else this.write();
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in STEPS) {
      const [east, south] = STEPS[event.key];
      const step = 100 * this.number("perMetre");
      this.go(this.at[0] + east * step, this.at[1] + south * step);
    } else if (event.key === "+" || event.key === "=") this.zoom(0.5);
    else if (event.key === "-") this.zoom(2);
    else if (event.key === "Enter" || event.key === " ") this.write();
    else return;
    event.preventDefault();
  }

  zoom(times) {
    const metre = this.number("perMetre");
    this.wide = Math.min(Math.max(this.wide * times, CLOSEST * metre), WIDEST * metre, this.size.width);
    this.show();
  }

  go(x, y, write = true) {
    this.at = [Math.min(Math.max(x, 0), this.size.width), Math.min(Math.max(y, 0), this.size.height)];
    if (write) this.write();
    else this.show();
  }

  // Only on a press; the exact place stays in this function.
  here() {
    if (!navigator.geolocation) return this.tell(this.dataset.refused);
    this.tell(this.dataset.busy);
    const found = ({ coords }) => {
      const [x, y] = this.pixels(...blurred(coords.longitude, coords.latitude));
      if (x < 0 || y < 0 || x > this.size.width || y > this.size.height) return this.tell(this.dataset.outside);
      this.go(x, y);
    };
    navigator.geolocation.getCurrentPosition(found, () => this.tell(this.dataset.refused), { enableHighAccuracy: true, timeout: 15000 });
  }

  // Where the pin stands already is the place; the button goes, so the map gets the focus.
  take() {
    this.write();
    this.room.focus({ preventScroll: true });
  }

  clear() {
    for (const field of this.fields) field.value = "";
    this.chosen = false;
    this.tell(this.dataset.first);
    this.show();
  }

  write() {
    this.chosen = true;
    const kept = blurred(...this.degrees(this.at));
    this.fields.forEach((field, axis) => {
      field.value = kept[axis];
    });
    this.show();
    this.tell((this.name(...this.pixels(...kept)) ? this.dataset.named : this.dataset.unnamed).replace("{name}", this.name(...this.pixels(...kept))));
    this.dispatchEvent(new Event("change", { bubbles: true }));
  }

  tell(words) {
    if (this.said.textContent !== words) this.said.textContent = words;
  }

  name(x, y) {
    const unit = this.number("unit");
    return this.places.find((place) => place.isPointInFill({ x: x * unit, y: y * unit }))?.dataset.naam ?? "";
  }

  show() {
    const high = this.wide * (this.room.clientHeight / (this.room.clientWidth || 1));
    const [x, y] = this.at;
    this.svg.setAttribute("viewBox", `${x - this.wide / 2} ${y - high / 2} ${this.wide} ${high}`);
    this.svg.style.setProperty("--schaal", this.scale);
    this.toggleAttribute("data-chosen", Boolean(this.chosen));
    const [west, south, east, north] = square(...this.degrees(this.at));
    const [left, top] = this.pixels(west, north);
    const [right, low] = this.pixels(east, south);
    for (const [name, value] of Object.entries({ x: left, y: top, width: right - left, height: low - top })) {
      this.shade.setAttribute(name, value);
    }
  }
}

customElements.define("map-pin", MapPin);
