// Counting in the browser: what a cell says about a place or a year. The Dutch grid (RD) becomes degrees with the
// same sums as buurtbalans/figures/area/rd.py, so that browser and command give every point the same area.
const LATITUDE = [
  [0, 1, 3235.65389], [2, 0, -32.58297], [0, 2, -0.2475], [2, 1, -0.84978], [0, 3, -0.0655], [2, 2, -0.01709],
  [1, 0, -0.00738], [4, 0, 0.0053], [2, 3, -0.00039], [4, 1, 0.00033], [1, 1, -0.00012],
];
const LONGITUDE = [
  [1, 0, 5260.52916], [1, 1, 105.94684], [1, 2, 2.45656], [3, 0, -0.81885], [1, 3, 0.05594], [3, 1, -0.05607],
  [0, 1, 0.01199], [3, 2, -0.00256], [1, 4, 0.00128], [0, 2, 0.00022], [2, 0, -0.00022], [5, 0, 0.00026],
];

/** Turn RD metres into [longitude, latitude]. */
export function toDegrees(x, y) {
  const dx = (x - 155_000) * 1e-5;
  const dy = (y - 463_000) * 1e-5;
  const sum = (parts) => parts.reduce((total, [p, q, k]) => total + k * dx ** p * dy ** q, 0) / 3600;
  return [5.38720621 + sum(LONGITUDE), 52.1551744 + sum(LATITUDE)];
}

/** Return the number in a cell, with a comma or a point before its decimals, or NaN. */
export function numberIn(cell) {
  let text = cell.trim();
  if (text.includes(",") && text.includes(".")) {
    text = text.lastIndexOf(",") > text.lastIndexOf(".") ? text.replaceAll(".", "") : text.replaceAll(",", "");
  }
  text = text.replace(",", ".");
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : NaN;
}

/** Return the code of a buurt in a cell, completed where Excel took its letters or its first zero, or "". */
export function codeIn(cell) {
  const text = cell.trim().toUpperCase();
  if (/^BU\d{8}$/.test(text)) return text;
  return /^\d{7,8}$/.test(text) ? `BU${text.padStart(8, "0")}` : "";
}

/** Return the year in a cell with a year or a date, or 0. */
export function yearIn(cell) {
  const text = cell.trim();
  const found =
    /^((?:19|20)\d\d)(?:JJ00)?$/.exec(text) ||
    /^((?:19|20)\d\d)[-/.]?\d{1,2}(?:[-/.]?\d{1,2}(?:[T ].*)?)?$/.exec(text) ||
    /^\d{1,2}[-/. ]\d{1,2}[-/. ]((?:19|20)\d\d)(?: .*)?$/.exec(text);
  return found ? Number(found[1]) : 0;
}
