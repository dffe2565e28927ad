// Counting in the browser: an invented list for who has none of their own, always the same, made on this computer.

/** A generator of numbers from 0 to 1 that gives the same row for the same seed (mulberry32). */
function numbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Return a CSV, as Excel writes it here, of invented homes: most in a buurt, a few outside, two without a place. */
export function inventedHomes({ areas, grid }, seed = 2025, many = 5_000) {
  const next = numbers(seed);
  const drawn = areas.map(({ rings }, at) => (rings.length ? { box: grid.boxes[at], weight: 0.002 + next() ** 3 } : null));
  const total = drawn.reduce((sum, each) => sum + (each ? each.weight : 0), 0);
  const lines = ["woning;soort;lat;lng;opgeleverd"];
  for (let home = 1; home <= many; home += 1) {
    let left = next() * total;
    const { box } = drawn.find((each) => each && (left -= each.weight) <= 0) || drawn.find(Boolean);
    const [x, y] = pointIn(box, grid, next, home % 400 === 0);
    const place = home % 2_000 === 1_234 ? ";" : `${comma(y)};${comma(x)}`;
    const kind = next() < 0.8 ? "sociale huur" : "middenhuur";
    lines.push(`verzonnen-${home};${kind};${place};${1950 + Math.floor(next() * 75)}`);
  }
  return `${lines.join("\r\n")}\r\n`;
}

function pointIn([west, south, east, north], grid, next, astray) {
  for (let tries = 0; tries < 40; tries += 1) {
    const x = west + next() * (east - west) + (astray ? 1 : 0);
    const y = south + next() * (north - south);
    if (astray || grid.find(x, y) >= 0) return [x, y];
  }
  return [(west + east) / 2, (south + north) / 2];
}

function comma(degrees) {
  return degrees.toFixed(6).replace(".", ",");
}
