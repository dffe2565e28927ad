// The large map: marks of one square of about 100 metres are one stack, and farther away those of more squares.
export const SQUARE = [0.00146, 0.0009]; // degrees east and north, as the server blurs
export const LEVELS = 7; // at each level a square is twice as wide as at the one before
const APART = 44; // pixels that two stacks are apart at least
const METRES = 100; // about one square
const ROUND = 40_075_017; // metres around the equator
const TILE = 512; // pixels of the whole world at zoom 0

/** Return from which zoom a level is fine enough to be read at a latitude. */
export function zoomOf(level, latitude) {
  const metresPerPixel = (ROUND * Math.cos((latitude * Math.PI) / 180)) / TILE;
  return Math.log2((APART * metresPerPixel) / METRES) - level;
}

function cellOf({ geometry, properties }, level) {
  if (properties.whole) return properties.stack; // it stands for an area, not for this place
  const [east, north] = geometry.coordinates.map((degree, side) => Math.floor(degree / SQUARE[side] / 2 ** level));
  return `${properties.layer} ${properties.together} ${east} ${north}`;
}

/** Return the stacks of one level as features: their sign, and what an address calls them; `near` asks to come nearer. */
export function stacked(marks, level) {
  const cells = new Map();
  for (const mark of marks) {
    const cell = cellOf(mark, level);
    if (!cells.has(cell)) cells.set(cell, []);
    cells.get(cell).push(mark);
  }
  return [...cells.values()].map((inside) => stack(inside, level));
}

function stack(inside, level) {
  const [{ properties: first, geometry }] = inside;
  const same = (name) => inside.every(({ properties }) => properties[name] === first[name]);
  const several = inside.length > 1;
  const kind = same("kind") ? first.kind : first.together;
  const place = [0, 1].map((side) => inside.reduce((sum, mark) => sum + mark.geometry.coordinates[side], 0) / inside.length);
  return {
    type: "Feature",
    geometry: several ? { type: "Point", coordinates: place } : geometry,
    properties: {
      level,
      sign: several ? `stapel:${kind}:${inside.length}` : `teken:${kind}`,
      count: inside.length,
      pick: several ? first.stack : first.key,
      near: !same("stack"),
    },
  };
}
