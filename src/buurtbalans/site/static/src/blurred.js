// The squares of about 100 metres to which every place of what people tell is kept: as places/rules.py has them.
const SQUARE = [0.00146, 0.0009]; // degrees east and north

const sides = (at, side) => Math.floor(at / side);

/** The middle of the square in which a place lies, in degrees: all that is ever written or sent of it. */
export function blurred(longitude, latitude) {
  return [longitude, latitude].map((at, axis) => Number(((sides(at, SQUARE[axis]) + 0.5) * SQUARE[axis]).toFixed(5)));
}

/** The borders of that square: west, south, east, north. */
export function square(longitude, latitude) {
  const [west, south] = [longitude, latitude].map((at, axis) => sides(at, SQUARE[axis]) * SQUARE[axis]);
  return [west, south, west + SQUARE[0], south + SQUARE[1]];
}
