// The large map as WebGL draws it: the same areas, signs and stacks as the drawing of the server, to move through.
import { Map as Drawn, setWorkerUrl } from "maplibre-gl";
import { laidOut, sign } from "./signs.js";
import { LEVELS } from "./stacks.js";
import { sources, styleOf } from "./style.js";

const CLOSEST = 18;
const STEPS_BACK = 1.5; // zooms that one can go farther than the whole of the map
const ASIDE = 90; // pixels of one arrow
const SIGNS = Array.from({ length: LEVELS }, (_, level) => `marks-${level}`);

/** Open the map in a box of the page; `told` hears what is pressed. Rejects when WebGL cannot draw it after all. */
export async function open(root, box, { data, worker, label, told, still, room }) {
  setWorkerUrl(worker);
  await Promise.all([400, 650].map((weight) => document.fonts.load(`${weight} 16px "Source Sans 3"`)));
  const [west, south, east, north] = data.bounds;
  const [letter, size] = sizes(root);
  const colour = (name) => getComputedStyle(root).getPropertyValue(name).trim();
  const map = new Drawn({
    container: box,
    style: styleOf(data, colour, (south + north) / 2, letter),
    bounds: [west, south, east, north],
    fitBoundsOptions: { padding: room },
    maxZoom: CLOSEST,
    attributionControl: false,
    maplibreLogo: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    renderWorldCopies: false,
    fadeDuration: 0,
    trackResize: true,
    locale: { "Map.Title": label },
  });
  map.keyboard.disableRotation();
  map.touchZoomRotate.disableRotation();
  const drawings = laidOut(root, data.signs);
  map.setMissingStyleImageResolver((id) => {
    const made = sign(root, drawings, size, id);
    if (made && !map.hasImage(id)) map.addImage(id, made.data, made.options);
  });
  await new Promise((yes, no) => {
    map.once("load", yes);
    map.once("error", ({ error }) => no(error));
  }).catch((error) => {
    map.remove();
    throw error;
  });
  map.setMinZoom(map.getZoom() - STEPS_BACK);
  const drawing = new LargeMapDrawing(map, data, still, room);
  drawing.listen(told);
  return drawing;
}

/** Return how large a letter and a sign are in the drawing of the server as it lies on the screen. */
function sizes(root) {
  const perUnit = root.querySelector("svg.kaart--groot").getScreenCTM().a;
  const sign = Number(getComputedStyle(root).getPropertyValue("--gk-teken")) || 1;
  return [parseFloat(getComputedStyle(root.querySelector(".namen text")).fontSize) * perUnit, perUnit * sign];
}

/** What is shown of the map, and where it looks. */
class LargeMapDrawing {
  constructor(map, data, still, room) {
    Object.assign(this, { map, data, still, room });
  }

  /** Show other data: other layers, another part of the day, another figure. */
  renew(data) {
    this.data = data;
    for (const [name, content] of Object.entries(sources(data))) this.map.getSource(name).setData(content);
  }

  /** Put the ring around a mark and the line around an area, and bring the mark into view. */
  choose({ key, area }) {
    const inside = this.data.marks.features.find(({ properties }) => key && [properties.key, properties.stack].includes(key));
    const at = inside?.geometry.coordinates;
    const features = at ? [{ type: "Feature", properties: {}, geometry: { type: "Point", coordinates: at } }] : [];
    this.map.getSource("chosen").setData({ type: "FeatureCollection", features });
    for (const layer of ["chosen-rim", "chosen-line"]) this.map.setFilter(layer, ["==", ["get", "code"], area || ""]);
    if (at && !this.map.getBounds().contains(at)) this.go({ center: at });
  }

  go(where) {
    if (this.still) this.map.jumpTo(where);
    else this.map.easeTo({ duration: 150, ...where });
  }

  nearer(steps) {
    this.go({ zoom: this.map.getZoom() + steps });
  }

  whole() {
    const [west, south, east, north] = this.data.bounds;
    this.go(this.map.cameraForBounds([west, south, east, north], { padding: this.room }));
  }

  aside(east, south) {
    this.map.panBy([east * ASIDE, south * ASIDE], { duration: this.still ? 0 : 150 });
  }

  under(point) {
    const room = [[point.x - 4, point.y - 4], [point.x + 4, point.y + 4]]; // a finger is wide
    return (
      this.map.queryRenderedFeatures(room, { layers: SIGNS })[0] ??
      this.map.queryRenderedFeatures(point, { layers: ["areas"] })[0]
    );
  }

  /** Hear presses: a sign before the area below it; a stack of several squares comes nearer first. */
  listen(told) {
    this.map.on("click", ({ point }) => {
      const { properties, geometry } = this.under(point) ?? {};
      if (!properties) return;
      if (properties.code) told.choose({ gebied: properties.code });
      else if (properties.near && this.map.getZoom() < CLOSEST - 0.1) {
        this.go({ center: geometry.coordinates, zoom: this.map.getZoom() + 1 });
      } else told.choose({ kies: properties.pick });
    });
    this.map.on("mousemove", ({ point }) => {
      this.map.getCanvas().style.cursor = this.under(point) ? "pointer" : "";
    });
  }
}
