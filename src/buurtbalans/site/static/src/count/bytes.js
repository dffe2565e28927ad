// Counting in the browser: from the bytes of a list to a table of text, or a refusal by its key.
import { unzipSync, zipSync } from "fflate";
import Papa from "papaparse";
import { readSheet } from "read-excel-file/universal";

import { letter } from "./letter.js";

export const MOST_BYTES = 200 * 1024 ** 2;
const MOST_UNPACKED = 600 * 1024 ** 2;
const MOST_COLUMNS = 200;
const SEPARATORS = [";", "\t", ",", "|"];

/** What is wrong with a list: `key` names the sentence, `detail` fills it in. */
export class Refused extends Error {
  constructor(key, detail = {}) {
    super(key);
    this.key = key;
    this.detail = detail;
  }
}

/** Return `{ header, rows, lines }` of a file; every cell is text, `lines` says where a row stood. */
export async function readTable(bytes) {
  if (bytes.length > MOST_BYTES) throw new Refused("large");
  if (!bytes.length) throw new Refused("empty");
  if (starts(bytes, [0xd0, 0xcf, 0x11, 0xe0])) throw new Refused("old");
  const workbook = starts(bytes, [0x50, 0x4b]);
  return shaped(workbook ? await readWorkbook(bytes) : readText(bytes), !workbook);
}

function starts(bytes, signs) {
  return signs.every((sign, place) => bytes[place] === sign);
}

/** Excel writes UTF-8, UTF-16 or, in the Netherlands by default, windows-1252. */
function decoded(bytes) {
  if (starts(bytes, [0xff, 0xfe])) return new TextDecoder("utf-16le").decode(bytes);
  if (starts(bytes, [0xfe, 0xff])) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

function readText(bytes) {
  let text = decoded(bytes);
  if (/[\x00-\x08\x0e-\x1f]/.test(text.slice(0, 100_000))) throw new Refused("other");
  if (/^\s*[{[<]/.test(text)) throw new Refused("other");
  const said = /^"?sep=(.)"?\r?\n/i.exec(text);
  if (said) text = text.slice(said[0].length);
  const found = Papa.parse(text, { delimiter: said ? said[1] : separator(text), skipEmptyLines: false });
  if (found.errors.some((error) => error.type === "Quotes")) throw new Refused("damaged");
  return found.data.map((cells, place) => [place + (said ? 2 : 1), cells]);
}

/** The sign that parts the columns: the one that the first line has most of, outside quotes. */
export function separator(text) {
  const first = text.trimStart().split(/\r?\n|\r/, 1)[0].replace(/"[^"]*"/g, "");
  const times = SEPARATORS.map((sign) => first.split(sign).length);
  return SEPARATORS[times.indexOf(Math.max(...times))];
}

/** The reader unpacks in workers made of loose text, which this site forbids: so it gets the parts unpacked. */
async function readWorkbook(bytes) {
  let cells;
  try {
    let size = 0;
    const wanted = (part) => {
      if (!/\.(xml|rels)$/.test(part.name)) return false;
      size += part.originalSize;
      if (size > MOST_UNPACKED) throw new Refused("large");
      return true;
    };
    const flat = zipSync(unzipSync(bytes, { filter: wanted }), { level: 0 });
    cells = await readSheet(flat.buffer);
  } catch (error) {
    throw error instanceof Refused ? error : new Refused("damaged");
  }
  return cells.map((row, place) => [place + 1, row.map(text)]);
}

function text(cell) {
  if (cell === null || cell === undefined) return "";
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return String(cell);
}

function shaped(all, strict) {
  const filled = all
    .map(([line, cells]) => [line, cells.map((cell) => cell.trim())])
    .filter(([, cells]) => cells.some((cell) => cell));
  if (!filled.length) throw new Refused("empty");
  const [[, top], ...body] = filled;
  if (!body.length) throw new Refused("norows");
  const width = strict ? top.length : Math.max(...[top.length, widest(body)]);
  if (width > MOST_COLUMNS) throw new Refused("columns");
  const uneven = strict ? body.find(([, cells]) => cells.length !== width) : undefined;
  if (uneven) throw new Refused("uneven", { line: uneven[0] });
  const header = Array.from({ length: width }, (_, place) => top[place] || letter(place));
  return {
    header,
    rows: body.map(([, cells]) => (cells.length < width ? [...cells, ...Array(width - cells.length).fill("")] : cells)),
    lines: body.map(([line]) => line),
  };
}

function widest(rows) {
  return rows.reduce((most, [, cells]) => Math.max(most, cells.length), 0);
}
