// Counting in the browser: the page. It leads a person from a list to counts, and sends only what it shows.
import { fillCircles, setCircles } from "./circles.js";
import { draw, legendOf } from "./map.js";
import { fillPreview, fillRoles, rolesChosen } from "./roles.js";
import { fillReasons, fillTable, finding, remarks } from "./result.js";
import { asCsv } from "./tally.js";
import { say, setWords } from "./words.js";

const page = document.getElementById("tellen");
const part = (name) => page.querySelector(`[data-deel="${name}"]`);
const worker = new Worker(page.dataset.worker, { type: "module" });
const waiting = new Map();
let turn = 0;
let opened = null;
let counted = null;
let chosen = null;
let announced = 0;

setWords(JSON.parse(document.getElementById("tel-woorden").textContent));
setCircles(JSON.parse(document.getElementById("tel-kringen").textContent));
page.hidden = false;
document.querySelector("[data-zonder-js]").hidden = true;

worker.addEventListener("message", ({ data }) => {
  if (data.kind === "progress") return progress(data.done, data.total);
  const answer = waiting.get(data.turn);
  waiting.delete(data.turn);
  if (answer) (data.kind === "refused" ? answer.no : answer.yes)(data);
});
worker.addEventListener("error", () => {
  for (const { no } of waiting.values()) no({ key: "broken", detail: {} });
  waiting.clear();
});

function ask(message) {
  turn += 1;
  const mine = turn;
  return new Promise((yes, no) => {
    waiting.set(mine, { yes, no });
    worker.postMessage({ ...message, turn: mine });
  });
}

/** While a list is read or counted nobody counts the one before it. */
function mayCount(may) {
  page.querySelector("[data-doet='tel']").disabled = !may;
}

function busy(words) {
  mayCount(false);
  part("fout").hidden = true;
  part("bezig").hidden = false;
  part("bezig").querySelector("progress").removeAttribute("value");
  part("zeg").textContent = words;
  part("zeg").classList.remove("alleen-voorlezen");
  announced = 0;
}

function progress(done, total) {
  const bar = part("bezig").querySelector("progress");
  bar.max = total;
  bar.value = done;
  const quarter = Math.floor((4 * done) / total);
  if (quarter > announced && quarter < 4) part("zeg").textContent = say("progress", { done, total });
  announced = Math.max(announced, quarter);
}

/** Say how it ended to who listens; who looks sees it below. */
function settled(words) {
  mayCount(true);
  part("bezig").hidden = true;
  part("zeg").classList.add("alleen-voorlezen");
  part("zeg").textContent = words;
}

function refuse({ key, detail }) {
  settled("");
  part("fout").querySelector("p").textContent = say(`refused_${key}`, detail);
  part("fout").hidden = false;
  part("fout").scrollIntoView({ block: "nearest" });
}

function borders() {
  return page.querySelector("#indeling").selectedOptions[0].dataset.grenzen;
}

async function take(file) {
  busy(say("reading"));
  try {
    const found = await ask({ kind: "open", file });
    opened = { ...found, name: file.name };
    counted = null;
  } catch (refused) {
    return refuse(refused);
  }
  part("bestand").textContent = opened.name;
  part("omvang").textContent = say("size", { rows: opened.total, columns: opened.header.length });
  fillRoles(page, opened);
  fillPreview(part("voorbeeld"), opened, rolesChosen(page));
  const year = /(?:19|20)\d\d/.exec(opened.name);
  page.querySelector("#jaar").value = year ? year[0] : page.querySelector("#indeling").value;
  for (const name of ["kolommen", "gekozen"]) part(name).hidden = false;
  for (const name of ["uitkomst", "sturen"]) part(name).hidden = true;
  settled(say("read", { rows: opened.total }));
  part("kolommen").querySelector("h2").focus();
}

async function showExample() {
  busy(say("making"));
  try {
    const { text } = await ask({ kind: "example", borders: borders() });
    await take(new File([text], say("example_file"), { type: "text/csv" }));
  } catch (refused) {
    refuse(refused);
  }
}

async function chooseKind() {
  const roles = rolesChosen(page);
  const only = page.querySelector("#alleen");
  part("alleen").hidden = roles.kind < 0;
  only.replaceChildren(new Option(say("all_rows"), ""));
  if (roles.kind < 0) return;
  const { values, many } = await ask({ kind: "values", place: roles.kind });
  values.forEach(([value, times], at) => only.add(new Option(`${value || say("empty_cell")} (${times})`, String(at))));
  only.dataset.waarden = JSON.stringify(values.map(([value]) => value));
  part("alleen").querySelector(".hulp").textContent = values.length ? "" : say("many_values", { many });
}

async function countRows() {
  const roles = rolesChosen(page);
  const wrong = lacking(roles);
  if (wrong) return refuse({ key: wrong, detail: {} });
  busy(say("counting"));
  chosen = { ...roles, division: Number(page.querySelector("#indeling").value) };
  try {
    counted = await ask({ kind: "count", roles, borders: borders() });
  } catch (refused) {
    return refuse(refused);
  }
  if (!counted.counted) {
    part("uitkomst").hidden = part("sturen").hidden = true;
    fillReasons(part("redenen-geen"), counted);
    part("redenen-geen").hidden = false;
    return refuse({ key: "nothing", detail: { division: chosen.division } });
  }
  part("redenen-geen").hidden = true;
  show();
  settled(finding(counted));
  part("uitkomst").querySelector("h2").focus();
}

function lacking(roles) {
  if (roles.how === "code" ? roles.code < 0 : roles.x < 0 || roles.y < 0) return "noplace";
  if (roles.how !== "code" && roles.x === roles.y) return "same";
  return roles.date < 0 && !page.querySelector("#jaar").checkValidity() ? "year" : "";
}

function show() {
  for (const name of ["uitkomst", "sturen"]) part(name).hidden = false;
  part("bevinding").textContent = finding(counted);
  fillReasons(part("redenen"), counted);
  part("opgemerkt").textContent = remarks(counted);
  fillCircles(part("kringen"), counted);
  fillTable(part("tabel"), counted);
  draw(part("kaart"), counted);
  legendOf(part("legenda"), counted);
  write();
}

function write() {
  if (!counted || !counted.counted) return;
  const asked = page.querySelector("#jaar").value;
  const csv = asCsv(counted.areas, counted.counts, chosen.division, asked, chosen.code < 0);
  page.querySelector("#aantallen").value = csv;
  part("regels").textContent = say("lines", { lines: csv.trim().split("\n").length - 1 });
}

async function send(event) {
  event.preventDefault();
  const form = event.target;
  if (!form.reportValidity()) return;
  const button = form.querySelector("button");
  button.disabled = true;
  part("fout-sturen").hidden = true;
  const sent = new URLSearchParams(new FormData(form));
  const answer = await fetch(form.action, { method: "POST", body: sent }).catch(() => null);
  if (answer && answer.ok && answer.redirected && answer.url.includes("/concept/")) return location.assign(answer.url);
  button.disabled = false;
  part("fout-sturen").querySelector("p").textContent = await why(answer);
  part("fout-sturen").hidden = false;
}

async function why(answer) {
  if (!answer) return say("send_offline");
  if (answer.redirected || answer.status === 403) return say("send_signed_out");
  const told = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main .fout p");
  return answer.status === 422 && told ? told.textContent : say("send_failed");
}

const list = page.querySelector("#lijst");
list.addEventListener("click", () => {
  list.value = ""; // the same file can be chosen again, after it was mended
});
list.addEventListener("change", () => {
  if (list.files.length) take(list.files[0]);
});
page.querySelector("[data-doet='voorbeeld']")?.addEventListener("click", showExample);
page.querySelector("[data-doet='tel']").addEventListener("click", countRows);
page.querySelector("#stuur").addEventListener("submit", send);
page.querySelector("#jaar").addEventListener("input", write);
page.addEventListener("change", ({ target }) => {
  if (target.id === "soort") chooseKind();
  if (!target.matches("[data-kolom]")) return;
  fillPreview(part("voorbeeld"), opened, rolesChosen(page));
  part("uitkomst").hidden = part("sturen").hidden = true;
});

const room = part("neerzetten");
room.addEventListener("dragover", (event) => {
  event.preventDefault();
  room.classList.add("tel-boven");
});
room.addEventListener("dragleave", () => room.classList.remove("tel-boven"));
room.addEventListener("drop", (event) => {
  event.preventDefault();
  room.classList.remove("tel-boven");
  if (event.dataTransfer.files.length) take(event.dataTransfer.files[0]);
});
