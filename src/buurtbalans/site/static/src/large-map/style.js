// The large map: its layers from below to above, in the colours and letters of the page.
import { LEVELS, stacked, zoomOf } from "./stacks.js";

const LETTERS = ["Semibold", '"Source Sans 3"']; // the first is no letter: from it the weight is read
const EMPTY = { type: "FeatureCollection", features: [] };

/** Return what changes with a choice, by the name of its source. */
export function sources(data) {
  const levels = Array.from({ length: LEVELS }, (_, level) => stacked(data.marks.features, level));
  return {
    areas: data.areas,
    names: named(data),
    shapes: data.shapes,
    marks: { type: "FeatureCollection", features: levels.flat() },
  };
}

/** Return a style of MapLibre for the data of the large map; no tile, letter or picture comes from elsewhere. */
export function styleOf(data, colour, latitude, letter) {
  const source = (content) => ({ type: "geojson", data: content, tolerance: 0.2 });
  const made = { chosen: source(EMPTY) };
  for (const [name, content] of Object.entries(sources(data))) made[name] = source(content);
  for (const [name, geometry] of Object.entries(data.ground ?? {})) if (geometry) made[name] = source(geometry);
  return {
    version: 8,
    sources: made,
    transition: { duration: 0 },
    layers: [
      { id: "land", type: "background", paint: { "background-color": colour("--vlak") } },
      ...areas(colour),
      ...ground(made, colour),
      ...works(colour),
      ...chosenArea(colour),
      names(colour, letter), // below the marks: what lies above is placed first, and names give way to it
      ...levels(latitude),
      { id: "ring", type: "symbol", source: "chosen", layout: { "icon-image": "gekozen", ...ON_TOP } },
    ],
  };
}

const ON_TOP = { "icon-allow-overlap": true };
const CLASSES = Object.entries({ k: "oordeel", s: "reeks" }).flatMap(([letter, scale]) =>
  [1, 2, 3, 4, 5].map((step) => [`${letter}${step}`, `--${scale}-${step}`]),
);
const FILL = ["get", "fill"];
const FAINT = ["case", ["get", "here"], 1, 0.38]; // what lies around the neighbourhood

function areas(colour) {
  const fill = ["match", FILL, ...CLASSES.flatMap(([name, token]) => [name, colour(token)]), "", colour("--land"), colour("--wit")];
  const absent = ["!", ["in", FILL, ["literal", ["", ...CLASSES.map(([name]) => name)]]]];
  const source = "areas";
  return [
    { id: "areas", type: "fill", source, paint: { "fill-color": fill, "fill-antialias": false, "fill-opacity": FAINT } },
    {
      id: "absent", type: "fill", source, filter: absent,
      paint: { "fill-pattern": ["concat", "afwezig-", FILL], "fill-opacity": FAINT },
    },
    { id: "borders", type: "line", source, paint: { "line-color": colour("--wit"), "line-width": 1.5 } },
  ];
}

function ground(sources, colour) {
  const layers = [];
  const surface = (id, token, opacity = 1) => {
    if (sources[id]) layers.push({ id, type: "fill", source: id, paint: { "fill-color": colour(token), "fill-opacity": opacity } });
  };
  surface("blocks", "--wit", 0.55);
  surface("parks", "--groen");
  surface("water", "--water");
  const track = (id, paint) => layers.push({ id, type: "line", source: "rail", paint: { "line-color": colour("--lijn-2"), ...paint } });
  if (sources.rail) {
    track("rail", { "line-width": 1.5 });
    track("sleepers", { "line-width": 7, "line-dasharray": [0.2, 1.6] });
  }
  const line = (id, source, token, width) => {
    if (!sources[source]) return;
    const paint = { "line-color": colour(token), "line-width": ["interpolate", ["exponential", 2], ["zoom"], 13, width / 4, 15, width] };
    layers.push({ id, type: "line", source, paint });
  };
  line("streets", "own_blocks", "--wit", 4);
  surface("square", "--groen");
  line("edge-rim", "outline", "--wit", 8);
  line("edge", "outline", "--inkt", 3.5);
  return layers;
}

function works(colour) {
  const source = "shapes";
  const line = { "line-color": colour("--inkt"), "line-width": 1.5, "line-dasharray": [4, 3] };
  const work = ["==", ["get", "kind"], "werk"];
  const surface = ["all", work, ["==", ["geometry-type"], "Polygon"]];
  const felt = ["match", ["get", "kind"], "blij", colour("--soort-kracht"), "bang", colour("--soort-zorg"), colour("--soort-vraag")];
  return [
    { id: "felt", type: "fill", source, filter: ["!", work], paint: { "fill-pattern": ["concat", "veld-", ["get", "kind"]] } },
    { id: "felt-rim", type: "line", source, filter: ["!", work], paint: { "line-color": colour("--wit"), "line-width": 6 } },
    { id: "felt-edge", type: "line", source, filter: ["!", work], paint: { "line-color": felt, "line-width": 3 } },
    { id: "works", type: "fill", source, filter: surface, paint: { "fill-pattern": "werk-vlak" } },
    { id: "works-line", type: "line", source, filter: ["all", work, ["!", surface]], paint: { "line-color": colour("--soort-werk"), "line-width": 8 } },
    { id: "works-edge", type: "line", source, filter: work, paint: line },
  ];
}

function chosenArea(colour) {
  const filter = ["==", ["get", "code"], ""];
  const line = (id, color, width) => ({
    id, type: "line", source: "areas", filter, paint: { "line-color": colour(color), "line-width": width },
  });
  return [line("chosen-rim", "--wit", 9), line("chosen-line", "--inkt", 3)];
}

/** One layer for each level of stacks, each between two zooms. */
function levels(latitude) {
  return Array.from({ length: LEVELS }, (_, level) => ({
    id: `marks-${level}`,
    type: "symbol",
    source: "marks",
    filter: ["==", ["get", "level"], level],
    ...(level < LEVELS - 1 && { minzoom: zoomOf(level, latitude) }),
    ...(level > 0 && { maxzoom: zoomOf(level - 1, latitude) }),
    layout: { "icon-image": ["get", "sign"], "symbol-sort-key": ["get", "count"], ...ON_TOP },
  }));
}

function names(colour, letter) {
  return {
    id: "names",
    type: "symbol",
    source: "names",
    layout: {
      "text-field": ["get", "name"],
      "text-font": LETTERS,
      "text-size": letter,
      "text-variable-anchor": ["center", "bottom", "top", "left", "right"],
      "text-radial-offset": 1.6,
      "symbol-sort-key": ["case", ["get", "here"], 0, 1],
    },
    paint: { "text-color": colour("--inkt"), "text-halo-color": colour("--wit"), "text-halo-width": 1.6 },
  };
}

/** Return the names on the map with their places, as the server chose them. */
function named({ names = [] }) {
  const features = names.map(({ name, at, here }) => ({
    type: "Feature", properties: { name, here }, geometry: { type: "Point", coordinates: at },
  }));
  return { type: "FeatureCollection", features };
}
