// The large map as the server drew it, to move through: dragged, pinched and by key, as light as moving a picture.
const STEP = 1.5; // times nearer at one press
const CLOSEST = 12;
const ASIDE = 90; // pixels of one arrow
const SLACK = 5; // pixels of a press that is no drag yet
const RING = 23; // around a sign, as the server draws it
const REST = 160; // milliseconds after which it is drawn sharp again

/** The drawing in its box: where it lies and how large it is. */
export class MovingDrawing {
  constructor(box, svg) {
    Object.assign(this, { box, svg, x: 0, y: 0, scale: 1, fingers: new Map(), dragged: false, asked: 0, sharpAt: 1 });
    svg.style.willChange = "transform"; // a picture that only has to be laid elsewhere
    for (const kind of ["pointerdown", "pointermove", "pointerup", "pointercancel"]) {
      box.addEventListener(kind, (event) => this[kind](event));
    }
    box.addEventListener("click", (event) => this.click(event), { capture: true });
    box.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    box.addEventListener("dragstart", (event) => event.preventDefault()); // a link is not carried off
  }

  pointerdown(event) {
    if (event.button || event.target.closest("button")) return;
    this.dragged = false;
    this.fingers.set(event.pointerId, [event.clientX, event.clientY]);
  }

  pointermove(event) {
    const before = this.fingers.get(event.pointerId);
    if (!before) return;
    const now = [event.clientX, event.clientY];
    const others = [...this.fingers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    if (!this.dragged && Math.hypot(now[0] - before[0], now[1] - before[1]) < SLACK) return;
    if (!this.dragged) this.box.setPointerCapture(event.pointerId);
    this.dragged = true;
    this.fingers.set(event.pointerId, now);
    if (others.length) {
      const apart = (at) => Math.hypot(at[0] - others[0][0], at[1] - others[0][1]) || 1;
      this.zoom(apart(now) / apart(before), others[0]);
    } else this.move(now[0] - before[0], now[1] - before[1]);
  }

  pointerup(event) {
    this.fingers.delete(event.pointerId);
  }

  pointercancel(event) {
    this.fingers.delete(event.pointerId);
  }

  /** A drag ends above a link without following it. */
  click(event) {
    if (!this.dragged) return;
    this.dragged = false;
    event.preventDefault();
    event.stopPropagation();
  }

  /** The wheel moves the page, and the map only for who is in it. */
  wheel(event) {
    if (!event.ctrlKey && !this.box.contains(document.activeElement)) return;
    event.preventDefault();
    this.zoom(2 ** (-event.deltaY / 300), [event.clientX, event.clientY]);
  }

  move(east, south) {
    this.x += east;
    this.y += south;
    this.put();
  }

  /** Come nearer around a place of the screen, by default the middle of the box. */
  zoom(times, at) {
    const { left, top, width, height } = this.box.getBoundingClientRect();
    const [x, y] = at ? [at[0] - left, at[1] - top] : [width / 2, height / 2];
    const scale = Math.min(Math.max(this.scale * times, 1 / STEP), CLOSEST);
    this.x = x - ((x - this.x) * scale) / this.scale;
    this.y = y - ((y - this.y) * scale) / this.scale;
    this.scale = scale;
    this.put();
  }

  nearer(steps) {
    this.zoom(STEP ** steps);
  }

  aside(east, south) {
    this.move(-east * ASIDE, -south * ASIDE);
  }

  whole() {
    Object.assign(this, { x: 0, y: 0, scale: 1 });
    this.put();
  }

  /** Put the ring around a sign and the line around an area; `sign` and `area` are links of the drawing, or none. */
  choose(sign, area) {
    for (const old of this.svg.querySelectorAll(".gekozen-speld, .gekozen-rand, .gekozen-lijn")) old.remove();
    const path = area?.querySelector("path");
    for (const line of path ? ["gekozen-rand", "gekozen-lijn"] : []) {
      const drawn = path.cloneNode();
      drawn.setAttribute("class", line);
      area.closest("g[transform]").append(drawn);
    }
    if (!sign) return;
    const ring = document.createElementNS("http://www.w3.org/2000/svg", "circle");
    ring.setAttribute("class", "gekozen-speld");
    ring.setAttribute("r", RING);
    sign.querySelector(".teken-groot").prepend(ring);
    sign.parentNode.append(sign); // above its neighbours
    this.see(sign);
  }

  /** Bring a sign into the middle when it is out of sight. */
  see(element) {
    const [sign, box] = [element.getBoundingClientRect(), this.box.getBoundingClientRect()];
    const inside = sign.left > box.left && sign.right < box.right && sign.top > box.top && sign.bottom < box.bottom;
    if (inside) return;
    this.move(box.left + box.width / 2 - sign.left - sign.width / 2, box.top + box.height / 2 - sign.top - sign.height / 2);
  }

  /** Lay the drawing where it belongs, at most once a frame: as a picture, until it rests. */
  put() {
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.sharp(), REST);
    if (this.asked) return;
    this.asked = requestAnimationFrame(() => {
      this.asked = 0;
      this.svg.style.transform = `translate(${this.x}px, ${this.y}px) scale(${this.scale})`;
    });
  }

  /** Draw it at its new size, with signs and words as large as they were; then it is a picture again. */
  sharp() {
    if (this.sharpAt === this.scale) return;
    this.sharpAt = this.scale;
    this.svg.style.willChange = "auto";
    this.svg.style.setProperty("--krimp", 1 / this.scale);
    requestAnimationFrame(() => requestAnimationFrame(() => (this.svg.style.willChange = "transform")));
  }
}
