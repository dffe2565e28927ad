// Counting in the browser: what the columns are, as proposed and as the person chose; with the first rows to look at.
import { letter } from "./letter.js";
import { made, say } from "./words.js";

const SELECTS = ["code", "x", "y", "soort", "datum"];

/** Fill the choices with the columns of a list, and take what was found. */
export function fillRoles(page, { header, roles }) {
  const found = { code: roles.code, x: roles.x, y: roles.y, soort: -1, datum: roles.date };
  for (const id of SELECTS) {
    const select = page.querySelector(`#${id}`);
    select.replaceChildren(new Option(say(id === "soort" || id === "datum" ? "unused" : "choose"), "-1"));
    header.forEach((name, place) => select.add(new Option(`${letter(place)} · ${name}`, String(place))));
    select.value = String(found[id]);
  }
  page.querySelector(`#hoe-${roles.code >= 0 ? "code" : "punt"}`).checked = true;
  page.querySelector('[data-deel="alleen"]').hidden = true;
  page.querySelector('[data-deel="herkend"]').textContent = recognised(roles);
}

function recognised({ code, x }) {
  if (code >= 0) return say("found_code");
  return say(x >= 0 ? "found_point" : "found_none");
}

/** Return what is chosen: a place per role, or -1; without the columns of the way that was not chosen. */
export function rolesChosen(page) {
  const at = (id) => Number(page.querySelector(`#${id}`).value);
  const how = page.querySelector("#hoe-code").checked ? "code" : "point";
  const only = page.querySelector("#alleen");
  const kind = at("soort");
  for (const [name, mine] of [["code", "code"], ["punt", "point"]]) {
    page.querySelector(`[data-deel="${name}"]`).hidden = how !== mine;
  }
  page.querySelector('[data-deel="jaar"]').hidden = at("datum") >= 0;
  return {
    how,
    code: how === "code" ? at("code") : -1,
    x: how === "code" ? -1 : at("x"),
    y: how === "code" ? -1 : at("y"),
    kind,
    only: kind >= 0 && only.value !== "" ? JSON.parse(only.dataset.waarden)[Number(only.value)] : null,
    date: at("datum"),
  };
}

/** Show the first rows, with above each column what it is used for. */
export function fillPreview(table, { header, first, lines, total }, roles) {
  const used = { [roles.code]: "role_code", [roles.x]: "role_x", [roles.y]: "role_y", [roles.kind]: "role_kind", [roles.date]: "role_date" };
  const heads = header.map((name, place) =>
    made("th", { scope: "col", class: used[place] ? "tel-gebruikt" : "" },
      made("span", { class: "tel-letter", text: `${letter(place)} · ${name}` }),
      made("b", { text: say(used[place] || "role_none") }),
    ),
  );
  const rows = first.map((cells, at) =>
    made("tr", {}, made("th", { scope: "row", text: String(lines[at]) }), ...cells.map((text) => made("td", { text }))),
  );
  table.replaceChildren(
    made("caption", { class: "alleen-voorlezen", text: say("preview", { rows: first.length, total }) }),
    made("thead", {}, made("tr", {}, made("th", { scope: "col", text: say("row") }), ...heads)),
    made("tbody", {}, ...rows),
  );
}
