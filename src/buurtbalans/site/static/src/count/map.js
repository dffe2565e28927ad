// Counting in the browser: the result as a map in five classes, drawn here from the same borders as were counted in.
import { lowest } from "./circles.js";
import { totals } from "./result.js";
import { made, number, say } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 720;
const MARGIN = 8;
const CLASSES = 5;

/** Return the lowest count of each class: too small for anybody else first, then four classes with about as many areas each. */
export function steps(values) {
  const large = values.filter((value) => value >= lowest()).sort((a, b) => a - b);
  const found = [0];
  for (let at = 0; at < CLASSES - 1; at += 1) {
    const next = large.length ? large[Math.floor((at * large.length) / (CLASSES - 1))] : Infinity;
    found.push(at === 0 ? lowest() : Math.max(next, found.at(-1) + 1));
  }
  return found;
}

export function classOf(value, lows) {
  return lows.findLastIndex((low) => value >= low);
}

/** Draw the map of the areas that the result is about. */
export function draw(room, found) {
  const rows = totals(found).filter(({ rings }) => rings.length);
  room.hidden = !rows.length;
  if (!rows.length) return;
  const lows = steps(rows.map(({ total }) => total));
  const { pixels, height } = projected(rows);
  const svg = drawn("svg", { class: "kaart", viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": say("map", { areas: rows.length }) });
  for (const { name, total, rings } of rows) {
    const shape = drawn("path", { class: `tel-vlak reeks-${classOf(total, lows) + 1}`, d: rings.map((ring) => line(ring, pixels)).join("") });
    const title = drawn("title", {});
    title.textContent = `${name}: ${number(total)}`;
    shape.append(title);
    svg.append(shape);
  }
  room.replaceChildren(svg);
}

/** All five classes always stand in the legend, with words and how many areas. */
export function legendOf(list, found) {
  const values = totals(found).filter(({ rings }) => rings.length).map(({ total }) => total);
  const lows = steps(values);
  const items = lows.map((low, at) => {
    const many = values.filter((value) => classOf(value, lows) === at).length;
    return made("li", {}, swatch(at + 1), made("span", { text: span(low, lows[at + 1]) }), made("span", { class: "klein", text: say("areas", { many }) }));
  });
  list.replaceChildren(...items);
}

function span(low, next) {
  if (low === 0) return say("under", { minimum: lowest() });
  return next === undefined ? say("from", { low }) : say("between", { low, high: next - 1 });
}

function swatch(place) {
  const svg = drawn("svg", { class: "tel-staal", viewBox: "0 0 24 16", "aria-hidden": "true" });
  svg.append(drawn("rect", { class: `reeks-${place}`, width: 24, height: 16, rx: 3 }));
  return svg;
}

function drawn(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

/** Flat, true to shape at the scale of a city. */
function projected(rows) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { rings } of rows) {
    for (const ring of rings) {
      for (let at = 0; at < ring.length; at += 2) {
        box[0] = Math.min(box[0], ring[at]);
        box[1] = Math.min(box[1], ring[at + 1]);
        box[2] = Math.max(box[2], ring[at]);
        box[3] = Math.max(box[3], ring[at + 1]);
      }
    }
  }
  const squeeze = Math.cos(((box[1] + box[3]) * Math.PI) / 360);
  const scale = (WIDTH - 2 * MARGIN) / ((box[2] - box[0]) * squeeze);
  const pixels = (x, y) => [Math.round(((x - box[0]) * squeeze * scale + MARGIN) * 2) / 2, Math.round(((box[3] - y) * scale + MARGIN) * 2) / 2];
  return { pixels, height: Math.ceil((box[3] - box[1]) * scale + 2 * MARGIN) };
}

/** A ring as a path; corners that fall on the same half pixel are one. */
function line(ring, pixels) {
  const parts = [];
  let before = "";
  for (let at = 0; at < ring.length; at += 2) {
    const here = pixels(ring[at], ring[at + 1]).join(" ");
    if (here !== before) parts.push(here);
    before = here;
  }
  return `M${parts.join("L")}Z`;
}
