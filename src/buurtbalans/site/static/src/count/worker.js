// Counting in the browser: the worker that reads and counts. Rows stay in here; only the first five, for the preview,
// and counts leave it, to the page on this same computer. It asks the server for one thing: the borders.
import { readTable, Refused } from "./bytes.js";
import { guessed, kindOf, valuesOf } from "./columns.js";
import { inventedHomes } from "./example.js";
import { Grid } from "./grid.js";
import { tally } from "./tally.js";

const SHOWN = 5;
const KINDS = 60;
const borders = new Map();
let table = null;

async function mapOf(address) {
  if (!borders.has(address)) {
    const answer = await fetch(address).catch(() => null);
    if (!answer || !answer.ok) throw new Refused("borders");
    const { areas } = await answer.json();
    borders.set(address, { areas, grid: new Grid(areas), places: new Map(areas.map(({ code }, at) => [code, at])) });
  }
  return borders.get(address);
}

async function open({ file }) {
  const fresh = await readTable(new Uint8Array(await file.arrayBuffer()));
  table = fresh;
  const { header, rows, lines } = table;
  return { kind: "opened", header, first: rows.slice(0, SHOWN), lines: lines.slice(0, SHOWN), total: rows.length, roles: guessed(table) };
}

async function example({ borders: address }) {
  return { kind: "example", text: inventedHomes(await mapOf(address)) };
}

function values({ place }) {
  const found = valuesOf(table.rows, place);
  return { kind: "values", place, many: found.length, values: found.length <= KINDS ? found : [] };
}

async function count({ roles, borders: address }) {
  const kind = roles.code >= 0 ? "code" : kindOf(table.rows, roles.x, roles.y);
  if (kind === "turned" || kind === "") throw new Refused(kind || "noplace");
  const map = await mapOf(address);
  const progress = (done, total) => postMessage({ kind: "progress", done, total });
  const found = tally(table, roles, map, kind === "metres", progress);
  return { kind: "counted", areas: map.areas, ...found, total: table.rows.length };
}

const DOES = { open, example, values, count };

addEventListener("message", async ({ data }) => {
  try {
    postMessage({ ...(await DOES[data.kind](data)), turn: data.turn });
  } catch (error) {
    const known = error instanceof Refused;
    postMessage({ kind: "refused", key: known ? error.key : "broken", detail: known ? error.detail : {}, turn: data.turn });
  }
});
