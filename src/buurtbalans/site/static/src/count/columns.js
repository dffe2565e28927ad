// Counting in the browser: which columns hold the place, the kind and the date; a proposal that the person corrects.
import { codeIn, numberIn, yearIn } from "./place.js";

const SAMPLE = 500;
const PAIRS = [
  ["lng", "lat"], ["lon", "lat"], ["long", "lat"], ["longitude", "latitude"], ["lengtegraad", "breedtegraad"],
  ["rdx", "rdy"], ["xrd", "yrd"], ["xcoordinaat", "ycoordinaat"], ["xcoord", "ycoord"], ["x", "y"],
];
const DEGREES = { x: [3, 7.5], y: [50.5, 54] };
const METRES = { x: [-10_000, 300_000], y: [289_000, 640_000] };
const CODES = /buurt|bu.?code|gwb|^bu$/;
const DATES = /^(?:peil|meet|tel|verslag|registratie)?(?:jaar|jaartal|year|periode|period)$|datum|date|ingang/;
const ANOTHER_DATE = /bouw|geboort|oplever|opgelever|sloop|renovatie|overl[ei]|birth|built|update/; // of a home or a person

/** Return `{ code, x, y, date }`: the place of each column, or -1. */
export function guessed({ header, rows }) {
  const sample = rows.slice(0, SAMPLE);
  const plain = header.map((name) => name.toLowerCase().replace(/[^a-z0-9]/g, ""));
  const cells = header.map((_, place) => sample.map((row) => row[place]).filter((cell) => cell));
  const [x, y] = pair(plain, cells);
  return { code: codeColumn(plain, cells), x, y, date: dateColumn(plain, cells) };
}

function codeColumn(plain, cells) {
  const fits = (place) => share(cells[place], (cell) => codeIn(cell) !== "") > 0.5;
  const letters = cells.findIndex((all) => share(all, (cell) => /^bu\d{8}$/i.test(cell)) > 0.5);
  return letters >= 0 ? letters : plain.findIndex((name, place) => CODES.test(name) && fits(place));
}

function dateColumn(plain, cells) {
  const fits = (name) => DATES.test(name) && !ANOTHER_DATE.test(name);
  return plain.findIndex((name, place) => fits(name) && share(cells[place], (cell) => yearIn(cell) > 0) > 0.5);
}

function pair(plain, cells) {
  const numeric = cells.map((all) => share(all, (cell) => !Number.isNaN(numberIn(cell))) > 0.9);
  for (const [east, north] of PAIRS) {
    const x = plain.findIndex((name, place) => name.endsWith(east) && numeric[place]);
    const y = x < 0 ? -1 : plain.indexOf(plain[x].slice(0, -east.length) + north);
    if (y >= 0 && numeric[y]) return [x, y];
  }
  for (const kind of [DEGREES, METRES]) {
    const x = cells.findIndex((all, place) => numeric[place] && within(all, kind.x));
    const y = cells.findIndex((all, place) => place !== x && numeric[place] && within(all, kind.y));
    if (x >= 0 && y >= 0) return [x, y];
  }
  return [-1, -1];
}

/** Tell what two columns of coordinates are: "degrees", "metres", "turned" round, or "". */
export function kindOf(rows, x, y) {
  const sample = rows.slice(0, SAMPLE);
  const xs = sample.map((row) => row[x]).filter((cell) => cell);
  const ys = sample.map((row) => row[y]).filter((cell) => cell);
  for (const [name, kind] of [["degrees", DEGREES], ["metres", METRES]]) {
    if (within(xs, kind.x) && within(ys, kind.y)) return name;
    if (within(xs, kind.y) && within(ys, kind.x)) return "turned";
  }
  return "";
}

/** The middle of the numbers tells what they are; the rest may be mistakes. */
function within(cells, [low, high]) {
  const sorted = cells.map(numberIn).filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  if (!sorted.length) return false;
  const at = (part) => sorted[Math.floor(part * (sorted.length - 1))];
  return at(0.1) >= low && at(0.9) <= high;
}

function share(cells, fits) {
  return cells.length ? cells.filter(fits).length / cells.length : 0;
}

/** Return the values of a column, the most frequent first, with how often they stand there. */
export function valuesOf(rows, place) {
  const times = new Map();
  for (const row of rows) times.set(row[place], (times.get(row[place]) || 0) + 1);
  return [...times].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}
