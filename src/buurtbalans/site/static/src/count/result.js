// Counting in the browser: what came out, as a sentence, a table with bars, and why some rows do not count.
import { everybodySees, lowest, tooSmall, whoSees } from "./circles.js";
import { municipalitiesHit, yearsOf } from "./tally.js";
import { made, number, say } from "./words.js";

const REASONS = ["outside", "nowhere", "code", "nocode", "noyear"];
const NAMED = 5;

/** Return the areas that the result is about, with their total over all years, most first. */
export function totals({ areas, counts }) {
  const hit = municipalitiesHit(areas, counts);
  return areas
    .map((area, at) => ({ ...area, at, total: [...counts[at].values()].reduce((sum, each) => sum + each, 0) }))
    .filter(({ code }) => hit.has(code.slice(2, 6)))
    .sort((a, b) => b.total - a.total || (a.code < b.code ? -1 : 1));
}

/** The finding in one sentence. */
export function finding(found) {
  const hit = totals(found).filter(({ total }) => total).length;
  return say("finding", { counted: found.counted, total: found.total, areas: hit });
}

/** Say over which years the list goes. */
export function remarks(found) {
  const years = yearsOf(found.counts);
  return years.length > 1 ? say("years", { first: years[0], last: years.at(-1) }) : "";
}

/** Say which rows do not count, and why; the numbers of the first rows stay on this screen. */
export function fillReasons(list, found) {
  const items = REASONS.filter((why) => found[why].length).map((why) => {
    const lines = found[why].slice(0, NAMED).join(", ");
    const more = found[why].length > NAMED ? " …" : "";
    return made("li", { class: "rij" },
      made("b", { text: number(found[why].length) }),
      made("span", { text: `${say(`why_${why}`)} ${say("at_rows", { lines })}${more}` }),
    );
  });
  if (found.filtered) {
    items.push(made("li", { class: "rij" }, made("b", { text: number(found.filtered) }), made("span", { text: say("why_filtered") })));
  }
  if (!items.length) items.push(made("li", { text: say("all_count") }));
  list.replaceChildren(...items);
}

/** Fill the table: name, code, count with its bar, and a word where others will not see it. */
export function fillTable(table, found) {
  const rows = totals(found);
  const years = yearsOf(found.counts);
  const most = Math.max(...rows.map(({ total }) => total), 1);
  table.replaceChildren(
    made("caption", { class: "alleen-voorlezen", text: say("table") }),
    made("thead", {}, made("tr", {},
      made("th", { scope: "col", text: say("area") }),
      made("th", { scope: "col", class: "getal", text: say("count") }),
      made("th", { scope: "col", text: say("others") }),
    )),
    made("tbody", {}, ...rows.map((row) => line(row, most, years, found))),
  );
}

function line({ code, name, total, rings, at }, most, years, found) {
  const mine = years.map((year) => found.counts[at].get(year) || 0);
  const small = mine.some((value) => tooSmall(value, lowest()));
  const bar = made("progress", { max: most, value: total, class: "tel-balk", "aria-hidden": "true", tabindex: "-1" });
  const unknown = !rings.length && !total;
  return made("tr", { "data-code": code },
    made("th", { scope: "row" }, made("span", { text: name || code }), made("span", { class: "klein tel-code", text: code })),
    made("td", { class: "getal" }, made("span", { class: small ? "tel-klein-getal" : "", text: unknown ? "–" : number(total) }), bar),
    made("td", { class: "klein", text: unknown ? say("no_border") : everybodySees(mine) ? "" : whoSees(mine) }),
  );
}
