// Counting in the browser: rows to counts per buurt and year, with why a row does not count.
import { codeIn, numberIn, toDegrees, yearIn } from "./place.js";

/** Number of areas and, for each, rows per year: `counts[area]` is a Map of year to count. Year 0 is "the year asked". */
export function tally(table, roles, { areas, grid, places }, metres, progress = () => {}) {
  const counts = areas.map(() => new Map());
  const out = { outside: [], nowhere: [], code: [], nocode: [], noyear: [], filtered: 0, counted: 0 };
  const step = Math.max(1_000, Math.ceil(table.rows.length / 50));
  table.rows.forEach((row, at) => {
    if (at % step === 0) progress(at, table.rows.length);
    if (roles.kind >= 0 && roles.only !== null && row[roles.kind] !== roles.only) {
      out.filtered += 1;
      return;
    }
    const year = roles.date >= 0 ? yearIn(row[roles.date]) : 0;
    const [area, why] = roles.code >= 0 ? byCode(row[roles.code], places) : byPoint(row[roles.x], row[roles.y], grid, metres);
    if (area < 0) out[why].push(table.lines[at]);
    else if (roles.date >= 0 && !year) out.noyear.push(table.lines[at]);
    else {
      counts[area].set(year, (counts[area].get(year) || 0) + 1);
      out.counted += 1;
    }
  });
  progress(table.rows.length, table.rows.length);
  return { counts, ...out };
}

function byCode(cell, places) {
  if (!cell) return [-1, "nocode"];
  const area = places.get(codeIn(cell));
  return area === undefined ? [-1, "code"] : [area, ""];
}

function byPoint(east, north, grid, metres) {
  let [x, y] = [numberIn(east), numberIn(north)];
  if (Number.isNaN(x) || Number.isNaN(y)) return [-1, "nowhere"];
  if (metres) [x, y] = toDegrees(x, y);
  const area = grid.find(x, y);
  return [area, area < 0 ? "outside" : ""];
}

/** The years that were found, or the one that was asked where the list has no dates. */
export function yearsOf(counts) {
  return [...new Set(counts.flatMap((years) => [...years.keys()]))].sort((a, b) => a - b);
}

/** The municipalities in which at least one row lies: their buurten without a row have a real zero. */
export function municipalitiesHit(areas, counts) {
  return new Set(areas.filter((_, at) => counts[at].size).map(({ code }) => code.slice(2, 6)));
}

/** The text that is sent: codes and numbers, nothing else. */
export function asCsv(areas, counts, division, asked, byPoint) {
  const hit = municipalitiesHit(areas, counts);
  const lines = ["area,division,period,count"];
  const missing = [];
  for (const year of yearsOf(counts)) {
    areas.forEach(({ code, rings }, at) => {
      if (!hit.has(code.slice(2, 6))) return;
      const known = !byPoint || rings.length;
      (known ? lines : missing).push(`${code},${division},${year || asked},${known ? counts[at].get(year) || 0 : ""}`);
    });
  }
  if (!missing.length) return `${lines.join("\n")}\n`;
  const reasons = [...lines.slice(1).map((line) => `${line},`), ...missing.map((line) => `${line},not_measured`)];
  return `${lines[0]},absence\n${reasons.join("\n")}\n`;
}
