// The large map: signs of marks and stacks as pictures, drawn from the same SVG as those of the server.
import { canvas, paint, pixels, tile } from "./paint.js";

const SIDE = 56; // of the drawing of the server: a sign with its ring
const RATIO = Math.min(2, Math.max(1, Math.ceil(window.devicePixelRatio)));

/** Draw what the map asks for: `teken:zorg`, `stapel:zorg:3`, a pattern, the ring of what is chosen. */
export function sign(root, drawings, size, name) {
  const [what, kind, count] = name.split(":");
  if (what.startsWith("afwezig-")) return picture(absence(root, document.getElementById(what)));
  if (what.startsWith("veld-")) return picture(tile(document.getElementById(`grote-kaart-${what}`), RATIO));
  if (what === "werk-vlak") return picture(hatch(root));
  const context = canvas(SIDE * size, RATIO);
  context.translate((SIDE * size) / 2, (SIDE * size) / 2);
  context.scale(size, size);
  const drawn = drawings.get(kind || what);
  if (!drawn) return null;
  if (what === "stapel") {
    for (const aside of [5, 2.5, 0]) at(context, aside, () => paint(context, drawn.firstElementChild));
    number(context, count, getComputedStyle(drawn.querySelector(".lijntjes")).color);
  } else paint(context, drawn);
  return picture(pixels(context));
}

/** Lay the drawings of the server in the page, out of sight, so that they have its colours; by the name of their kind. */
export function laidOut(root, signs) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "kaart kaart--groot gk-bron");
  svg.setAttribute("aria-hidden", "true");
  root.append(svg);
  return new Map(Object.entries(signs).map(([kind, drawing]) => {
    const group = document.createElementNS("http://www.w3.org/2000/svg", "g");
    group.setAttribute("class", "speld");
    group.innerHTML = drawing;
    return [kind, svg.appendChild(group)];
  }));
}

function picture(data) {
  return data && { data, options: { pixelRatio: RATIO } };
}

function at(context, aside, draw) {
  context.save();
  context.translate(aside, -aside);
  draw();
  context.restore();
}

function number(context, count, colour) {
  context.font = `650 ${count.length > 2 ? 11 : 15}px "Source Sans 3"`;
  context.fillStyle = colour;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(count, 0, 1);
}

/** A pattern of the page; what cannot occur has none, only a short dash now and then. */
function absence(root, pattern) {
  if (pattern) return tile(pattern, RATIO);
  const context = canvas(28, RATIO);
  context.fillStyle = getComputedStyle(root).getPropertyValue("--wit");
  context.fillRect(0, 0, 28, 28);
  context.fillStyle = getComputedStyle(root).getPropertyValue("--lijn-2");
  context.fillRect(10, 13, 8, 1.3);
  return pixels(context);
}

function hatch(root) {
  const side = 12;
  const context = canvas(side, RATIO);
  context.fillStyle = getComputedStyle(root).getPropertyValue("--soort-werk");
  context.fillRect(0, 0, side, side);
  context.strokeStyle = getComputedStyle(root).getPropertyValue("--inkt");
  for (const start of [-side, 0, side]) {
    context.moveTo(start, side);
    context.lineTo(start + side, 0);
  }
  context.stroke();
  return pixels(context);
}
