// How field notes stand on the page: a note in the list, who may see them, and words with their numbers filled in.
import { THIRTY_DAYS } from "./last.js";

const DAY = 24 * 3600 * 1000;
const WARNED = 7; // days before it goes

/** Words with what stands between braces filled in. */
export const filled = (words, values) => words.replace(/{(\w+)}/g, (_all, name) => values[name]);

const labels = (page, name) => page.querySelector(`label[for="noot_${name}"]`)?.textContent.trim() ?? "";

function label(page, field, value) {
  const choice = page.querySelector(`form input[name="${field}"][value="${value}"]`);
  return choice ? labels(page, choice.id.replace("noot_", "")) : "";
}

function moment(at, language) {
  const given = { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" };
  if (language === "en") return new Intl.DateTimeFormat("en-GB", given).format(at);
  return new Intl.DateTimeFormat("nl-NL", given).format(at).replace(":", ".");
}

function about(page, note) {
  const { words } = page;
  const days = Math.ceil((note.at + THIRTY_DAYS - Date.now()) / DAY);
  return [
    note.draft && words.draft,
    label(page, "tone", note.told.tone),
    note.told.place || (note.told.longitude && words.on_map),
    moment(note.at, page.dataset.language),
    days <= WARNED && filled(days === 1 ? words.day_left : words.days_left, { n: days }),
  ].filter(Boolean);
}

const ticks = (place) => place.querySelectorAll("[name='bekeken-text']");

/** Show the ticks of a note as the person left them. */
export function tickLooked(place, { looked = [] }) {
  for (const tick of ticks(place)) tick.checked = looked.includes(tick.value);
}

// What the site said of it. Its marked text is the site's own page part, made safe there; its tick says that one looked.
function reason(box, { errors, words, url, link }, looked) {
  box.hidden = false;
  if (errors) {
    box.innerHTML = Object.values(errors).join("");
    for (const tick of ticks(box)) tick.addEventListener("change", () => looked([...ticks(box)]));
    return;
  }
  const way = document.createElement("a");
  way.href = url;
  way.textContent = link;
  box.append(words, " ", way);
}

/** A note as it stands in the list: the row that shows it already, so that nothing moves under a finger, or a new one. */
export function listed(page, note, before) {
  const drawn = JSON.stringify([note.told, note.refused, about(page, note)]);
  const item = before?.drawn === drawn ? before : drawNote(page, note);
  item.drawn = drawn;
  tickLooked(item, note);
  return item;
}

function drawNote(page, note) {
  const item = page.querySelector("template[data-deel='noot']").content.cloneNode(true).firstElementChild;
  const part = (name) => item.querySelector(`[data-deel="${name}"]`);
  item.dataset.noot = note.id;
  const tone = page.querySelector(`form [name="tone"][value="${note.told.tone}"]`);
  const sign = tone?.parentElement.querySelector("svg, .soort");
  if (sign) part("teken").append(sign.cloneNode(true));
  part("tekst").textContent = note.told.text;
  part("over").textContent = about(page, note).join(" · ");
  for (const which of item.querySelectorAll("[data-deel='welke']")) which.textContent = `: ${(note.told.text ?? "").slice(0, 40)}`;
  if (note.refused) reason(part("reden"), note.refused, (all) => page.looked(note.id, all));
  part("tekst").hidden = item.querySelector(".aanwijzingen-tekst") !== null; // it stands there, with its marks
  return item;
}

/** The circles that one may choose from, the own organisation first. */
export function fillCircles(place, round, choose) {
  const made = round.circles.map(({ id, words }) => {
    const choice = document.createElement("label");
    choice.className = "keuze";
    const button = Object.assign(document.createElement("input"), { type: "radio", name: "kring", value: id });
    button.addEventListener("change", () => choose(id));
    const said = document.createElement("span");
    said.textContent = words;
    choice.append(button, said);
    return choice;
  });
  place.replaceChildren(...made);
}
