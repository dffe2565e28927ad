// The large map: what cuts the data for the screen, in a worker from our own address, as the policy of the site asks.
import MapWorker from "maplibre-gl/dist/maplibre-gl-worker.mjs";

export default MapWorker;
