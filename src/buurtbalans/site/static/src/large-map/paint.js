// The large map: draws a part of an SVG on a canvas, so that signs and patterns look the same in both drawings.
function outline(node) {
  const number = (name) => Number(node.getAttribute(name) || 0);
  const path = new Path2D();
  if (node.localName === "path") return new Path2D(node.getAttribute("d"));
  if (node.localName === "circle") path.arc(number("cx"), number("cy"), number("r"), 0, 2 * Math.PI);
  else if (node.localName === "rect") {
    path.roundRect(number("x"), number("y"), number("width"), number("height"), number("rx"));
  } else return null;
  return path;
}

/** Draw a part of an SVG with the colours that the page gives it. */
export function paint(context, node) {
  const style = getComputedStyle(node);
  const { a, b, c, d, e, f } = node.transform?.baseVal.consolidate()?.matrix ?? new DOMMatrix();
  context.save();
  context.transform(a, b, c, d, e, f);
  const path = outline(node);
  if (path && style.fill !== "none") {
    context.fillStyle = style.fill;
    context.fill(path);
  }
  if (path && style.stroke !== "none") {
    context.strokeStyle = style.stroke;
    context.lineWidth = parseFloat(style.strokeWidth);
    context.lineCap = style.strokeLinecap;
    context.lineJoin = style.strokeLinejoin;
    context.setLineDash(style.strokeDasharray === "none" ? [] : style.strokeDasharray.split(",").map(parseFloat));
    context.stroke(path);
  }
  for (const child of node.children) paint(context, child);
  context.restore();
}

/** Return an empty canvas to draw on, with its middle as the place from where is measured. */
export function canvas(side, ratio) {
  const element = document.createElement("canvas");
  element.width = element.height = Math.ceil(side * ratio);
  const context = element.getContext("2d", { willReadFrequently: true });
  context.scale(element.width / side, element.height / side);
  return context;
}

/** Return the pixels that were drawn. */
export function pixels(context) {
  return context.getImageData(0, 0, context.canvas.width, context.canvas.height);
}

/** Return a tile of a pattern; one that is turned repeats after the diagonal of its own tile. */
export function tile(pattern, ratio) {
  const side = Number(pattern.getAttribute("width"));
  const turn = Number(/rotate\((\d+)\)/.exec(pattern.getAttribute("patternTransform") || "")?.[1] || 0);
  const fine = canvas(side, 8);
  for (const child of pattern.children) paint(fine, child);
  const repeated = canvas(turn % 90 ? side * Math.SQRT2 : side, ratio);
  const fill = repeated.createPattern(fine.canvas, "repeat");
  fill.setTransform(new DOMMatrix().rotate(turn).scale(side / fine.canvas.width));
  repeated.fillStyle = fill;
  repeated.fillRect(0, 0, repeated.canvas.width, repeated.canvas.height);
  return pixels(repeated);
}
