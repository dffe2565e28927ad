// The large map: what is pressed counts at once, and the map moves. The page works without this, and when this fails.
import { MovingDrawing } from "./moving.js";

const KEYS = {
  "+": (map) => map.nearer(1), "=": (map) => map.nearer(1), "-": (map) => map.nearer(-1), "0": (map) => map.whole(),
  ArrowLeft: (map) => map.aside(-1, 0), ArrowRight: (map) => map.aside(1, 0),
  ArrowUp: (map) => map.aside(0, -1), ArrowDown: (map) => map.aside(0, 1),
};
const PARTS = [".gk-lagen", ".gk-rechts", ".gk-balk", "#lijst"]; // what a choice changes beside the map
const AIR = 20; // pixels around the neighbourhood
const CHOSEN = ["kies", "gebied"];
const SOFTWARE = /swiftshader|llvmpipe|softpipe|basic render/i; // a processor that plays for a graphics card
const MARK = (key) => `[data-kies="${CSS.escape(key)}"], [data-tekens~="${CSS.escape(key)}"]`;

function sparing() {
  return navigator.connection?.saveData || matchMedia("(prefers-reduced-data: reduce)").matches;
}

/** Whether WebGL would be quicker than the drawing of the server. */
function hasGraphics() {
  const context = document.createElement("canvas").getContext("webgl2");
  if (!context) return false;
  const about = context.getExtension("WEBGL_debug_renderer_info");
  const drawn = context.getParameter(about ? about.UNMASKED_RENDERER_WEBGL : context.RENDERER);
  context.getExtension("WEBGL_lose_context")?.loseContext();
  return !SOFTWARE.test(drawn);
}

/** Return where a link leads now: what it changes of the page as the server wrote it, with what was chosen since. */
function leadsTo(link, written, now) {
  const next = new URL(now);
  for (const name of new Set([...link.searchParams.keys(), ...written.searchParams.keys()])) {
    const said = link.searchParams.get(name);
    if (said === written.searchParams.get(name)) continue;
    if (said === null) next.searchParams.delete(name);
    else next.searchParams.set(name, said);
  }
  next.hash = "";
  return next;
}

function without(address, names) {
  const bare = new URL(address);
  bare.hash = "";
  for (const name of names) bare.searchParams.delete(name);
  return bare;
}

/** Let an address choose what is said, and nothing else of the map. */
function choosing(address, said) {
  for (const name of CHOSEN) {
    if (said[name]) address.searchParams.set(name, said[name]);
    else address.searchParams.delete(name);
  }
}

/** The map of the page: it moves, and what is chosen counts at once. */
class LargeMap extends HTMLElement {
  connectedCallback() {
    if (this.map) return;
    this.written = this.now = without(location.href, []);
    this.map = this.moving = new MovingDrawing(this, this.querySelector("svg.kaart--groot"));
    this.tabIndex = 0;
    this.addEventListener("keydown", (event) => this.key(event));
    document.querySelector("[data-knoppen]").addEventListener("click", ({ target }) => this.press(target.closest("button")));
    document.addEventListener("click", (event) => this.follow(event));
    document.addEventListener("change", ({ target }) => this.choose(target.form));
    document.addEventListener("keydown", (event) => this.escape(event));
    addEventListener("popstate", () => this.show(without(location.href, [])));
    document.querySelector("[data-knoppen]").hidden = false;
    if (!sparing() && hasGraphics()) this.useWebGL().catch((error) => this.stay(error));
  }

  /** Draw with WebGL, in the same place; the drawing of the server stays below until that is done. */
  async useWebGL() {
    const asked = this.now;
    const [{ open }, data] = await Promise.all([import(this.dataset.gl), this.data()]);
    const box = this.appendChild(Object.assign(document.createElement("div"), { className: "gk-gl" }));
    const room = this.fill(box);
    new ResizeObserver(() => this.fill(box)).observe(this.parentElement);
    this.drawn = await open(this, box, {
      data,
      worker: this.dataset.worker,
      label: this.getAttribute("aria-label"),
      still: matchMedia("(prefers-reduced-motion: reduce)").matches,
      room,
      told: { choose: (choice) => this.go({ ...choice }) },
    });
    this.map = this.drawn;
    if (asked !== this.now) await this.renewAll(this.now);
    this.ring();
    this.toggleAttribute("data-webgl", true);
  }

  /** Let a box also fill what lies below the panels, and return how wide that is on each side. */
  fill(box) {
    const [own, whole] = [this.getBoundingClientRect(), this.parentElement.getBoundingClientRect()];
    const beside = getComputedStyle(this).position === "absolute"; // on a phone the panels lie below
    const room = {};
    for (const side of ["left", "right", "top", "bottom"]) {
      const out = beside ? Math.abs(own[side] - whole[side]) : 0;
      box.style[side] = `${-out}px`;
      room[side] = out + AIR;
    }
    return room;
  }

  stay(error) {
    this.dataset.gebleven = error.message;
    this.querySelector(".gk-gl")?.remove();
    this.drawn = null;
    this.map = this.moving;
  }

  async data() {
    const address = new URL(this.dataset.gegevens, location.href);
    address.search = without(this.now, CHOSEN).search;
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${answer.status}`);
    return answer.json();
  }

  key(event) {
    const act = KEYS[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey || event.target.closest(".gk-gl")) return;
    event.preventDefault();
    act(this.map);
  }

  press(button) {
    if (button) KEYS[button.dataset.doe](this.map);
  }

  escape(event) {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    const leave = document.querySelector("[data-zaal-sluit]");
    if (CHOSEN.some((name) => this.now.searchParams.has(name))) this.go({});
    else leave?.click();
  }

  /** A link to this same page counts at once. */
  follow(event) {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const to = new URL(link.href?.baseVal ?? link.href, location.href);
    const own = to.pathname === location.pathname && to.origin === location.origin;
    const jump = to.search === location.search && to.hash && to.hash !== "#gekozen";
    if (!own || jump) return;
    const next = leadsTo(to, this.written, this.now);
    if (next.searchParams.get("zaal") !== this.now.searchParams.get("zaal")) {
      link.href = next; // another page of the same choice
      return;
    }
    event.preventDefault();
    if (!link.matches(".gk-laag, .gk-dag a")) choosing(next, Object.fromEntries(to.searchParams));
    this.go(next, link);
  }

  choose(form) {
    if (!form || new URL(form.action).pathname !== location.pathname) return;
    const to = new URL(form.action);
    to.search = new URLSearchParams(new FormData(form));
    this.go(leadsTo(to, this.written, this.now));
  }

  /** Show another choice under its own address; `from` is what was pressed, where the keyboard comes back to. */
  async go(choice, from) {
    let next = choice;
    if (!(choice instanceof URL)) choosing((next = without(this.now, [])), choice);
    if (CHOSEN.some((name) => next.searchParams.has(name))) this.from = from ?? this.from;
    history.pushState(null, "", next);
    await this.show(next);
    const open = CHOSEN.some((name) => next.searchParams.has(name));
    if (open) document.getElementById("gekozen").focus({ preventScroll: false });
    else if (this.from?.isConnected) this.from.focus();
  }

  /** Show a choice, unless another one is made before the server answers. */
  async show(next) {
    this.now = next;
    try {
      const same = without(this.written, CHOSEN).search === without(next, CHOSEN).search;
      await (same ? this.renewChosen(next) : this.renewAll(next));
      if (next === this.now) this.ring();
    } catch {
      if (next === this.now) location.href = next; // the server knows how
    }
  }

  async fetched(address) {
    this.setAttribute("aria-busy", "true");
    const answer = await fetch(address, { headers: { Accept: "text/html" } }).finally(() => this.removeAttribute("aria-busy"));
    if (!answer.ok || answer.redirected) throw new Error(`${answer.status}`);
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  }

  /** Only what is chosen changed: ask for that alone. */
  async renewChosen(next) {
    const key = next.searchParams.get("kies") || next.searchParams.get("gebied");
    const box = document.getElementById("gekozen");
    this.tip ??= document.querySelector("[data-tip]")?.content;
    if (!key) return box.replaceChildren(this.tip.cloneNode(true));
    const address = without(next, CHOSEN);
    address.pathname += `teken/${next.searchParams.has("kies") ? "" : "gebied-"}${encodeURIComponent(key)}/`;
    const page = await this.fetched(address);
    if (next === this.now) box.replaceChildren(...page.body.childNodes);
  }

  async renewAll(next) {
    const [page, data] = await Promise.all([this.fetched(next), this.drawn && this.data()]);
    if (next !== this.now) return;
    const was = document.activeElement;
    const place = PARTS.find((part) => was.closest?.(part));
    const number = place && reachable(place).indexOf(was);
    for (const part of PARTS) {
      const fresh = page.querySelector(part);
      if (fresh) document.querySelector(part)?.replaceWith(fresh);
    }
    const svg = page.querySelector("svg.kaart--groot");
    this.moving.svg.replaceChildren(...svg.childNodes);
    this.written = next;
    if (data) this.drawn.renew(data);
    if (place) reachable(place)[number]?.focus();
  }

  /** Put the ring around what is chosen, in the drawing and in the list. */
  ring() {
    const key = this.now.searchParams.get("kies") || "";
    const area = this.now.searchParams.get("gebied") || "";
    for (const row of document.querySelectorAll("#lijst [aria-current]")) row.removeAttribute("aria-current");
    if (key) document.querySelector(`#lijst [data-kies="${CSS.escape(key)}"]`)?.setAttribute("aria-current", "true");
    const found = (selector) => this.moving.svg.querySelector(selector);
    this.moving.choose(key ? found(MARK(key)) : null, area ? found(`[data-gebied="${CSS.escape(area)}"]`) : null);
    this.drawn?.choose({ key, area });
  }
}

function reachable(part) {
  return [...document.querySelector(part).querySelectorAll("a, button, input, select")];
}

customElements.define("large-map", LargeMap);
