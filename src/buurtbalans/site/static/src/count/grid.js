// Counting in the browser: the area of a point. A grid tells which areas can be meant; exact arithmetic decides.
// The meaning is that of buurtbalans/figures/counting: a point on a border belongs to the first area, in the order of
// the codes, that touches it. So every point belongs to at most one area, and always to the same one.
import { orient2d } from "robust-predicates";

const CELLS = 250_000;
const UNKNOWN = -2;

export class Grid {
  /** `areas`: in the order of their codes, each with `rings`: flat lists x, y, x, y, … that end where they began. */
  constructor(areas) {
    this.boxes = areas.map(({ rings }) => boxOf(rings));
    const [west, south, east, north] = this.boxes.reduce(
      (all, box) => [...[0, 1].map((i) => Math.min(all[i], box[i])), ...[2, 3].map((i) => Math.max(all[i], box[i]))],
      [Infinity, Infinity, -Infinity, -Infinity],
    );
    const side = Math.sqrt(CELLS);
    this.frame = [west, south, east, north];
    this.columns = Math.max(1, Math.ceil(side));
    this.rows = this.columns;
    this.width = (east - west) / this.columns || 1;
    this.height = (north - south) / this.rows || 1;
    this.border = new Uint8Array(this.columns * this.rows);
    this.plain = new Int32Array(this.columns * this.rows).fill(UNKNOWN);
    this.bands = areas.map(() => new Map());
    this.inBand = Array.from({ length: this.rows }, () => []);
    areas.forEach(({ rings }, area) => this.#add(area, rings));
  }

  /** Return the place of the area that holds a point, or -1. */
  find(x, y) {
    const [west, south, east, north] = this.frame;
    if (!(x >= west && x <= east && y >= south && y <= north)) return -1;
    const row = this.#row(y);
    const cell = row * this.columns + this.#column(x);
    if (this.border[cell]) return this.#exact(x, y, row);
    if (this.plain[cell] === UNKNOWN) this.plain[cell] = this.#exact(x, y, row);
    return this.plain[cell];
  }

  #exact(x, y, row) {
    for (const area of this.inBand[row]) {
      const [west, south, east, north] = this.boxes[area];
      if (x < west || x > east || y < south || y > north) continue;
      if (touches(this.bands[area].get(row) || [], x, y)) return area;
    }
    return -1;
  }

  #row(y) {
    return clamp(Math.floor((y - this.frame[1]) / this.height), this.rows);
  }

  #column(x) {
    return clamp(Math.floor((x - this.frame[0]) / this.width), this.columns);
  }

  #add(area, rings) {
    const mine = this.bands[area];
    for (const ring of rings) {
      for (let at = 0; at + 3 < ring.length; at += 2) {
        const [ax, ay, bx, by] = [ring[at], ring[at + 1], ring[at + 2], ring[at + 3]];
        if (ax === bx && ay === by) continue;
        const first = this.#row(Math.min(ay, by));
        const last = this.#row(Math.max(ay, by));
        for (let row = first; row <= last; row += 1) {
          if (!mine.has(row)) mine.set(row, []);
          mine.get(row).push(ax, ay, bx, by);
          this.#mark(row, ax, ay, bx, by);
        }
      }
    }
    const box = this.boxes[area];
    if (box[0] > box[2]) return;
    for (let row = this.#row(box[1]); row <= this.#row(box[3]); row += 1) this.inBand[row].push(area);
  }

  /** Mark the cells of a row that an edge touches, and one more on each side, so that rounding misses none. */
  #mark(row, ax, ay, bx, by) {
    const low = this.frame[1] + row * this.height;
    const at = (y) => (ay === by ? ax : ax + Math.min(1, Math.max(0, (y - ay) / (by - ay))) * (bx - ax));
    const ends = ay === by ? [ax, bx] : [at(low), at(low + this.height)];
    const first = Math.max(0, this.#column(Math.min(...ends)) - 1);
    const last = Math.min(this.columns - 1, this.#column(Math.max(...ends)) + 1);
    this.border.fill(1, row * this.columns + first, row * this.columns + last + 1);
    for (const beside of [row - 1, row + 1]) {
      if (beside >= 0 && beside < this.rows) this.border.fill(1, beside * this.columns + first, beside * this.columns + last + 1);
    }
  }
}

function clamp(place, most) {
  return Math.min(most - 1, Math.max(0, place));
}

function boxOf(rings) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ring of rings) {
    for (let at = 0; at < ring.length; at += 2) {
      if (ring[at] < box[0]) box[0] = ring[at];
      if (ring[at] > box[2]) box[2] = ring[at];
      if (ring[at + 1] < box[1]) box[1] = ring[at + 1];
      if (ring[at + 1] > box[3]) box[3] = ring[at + 1];
    }
  }
  return box;
}

/** Return whether a point lies inside or on the border of an area, by the edges at its height. */
function touches(edges, x, y) {
  let inside = false;
  for (let at = 0; at < edges.length; at += 4) {
    const [ax, ay, bx, by] = [edges[at], edges[at + 1], edges[at + 2], edges[at + 3]];
    if (y < Math.min(ay, by) || y > Math.max(ay, by)) continue;
    if (x > Math.max(ax, bx)) continue;
    const side = orient2d(ax, ay, bx, by, x, y);
    if (side === 0 && x >= Math.min(ax, bx)) return true;
    if (ay > y === by > y) continue;
    if (by > ay ? side < 0 : side > 0) inside = !inside;
  }
  return inside;
}
