// The layers of the map, from bottom to top. Layers whose features take long to make receive them later, one after another.
import VectorLayer from "ol/layer/Vector.js";
import VectorSource from "ol/source/Vector.js";
import type { Styles } from "./map-styles.ts";
import type { Scenery } from "./vector-sources-by-plane.ts";
import { resolutionOf } from "./zoom-resolution.ts";

export type Layers = Record<keyof Styles, VectorLayer>;

/** Pixels around the view in which shapes and lines are rendered in advance. */
export const BUFFER = 600;
/** The part of a scenery that each layer shows. */
const PARTS = { countries: "countries", borders: "borders", dots: "labels", routes: "routes", landings: "landings", ports: "ports", names: "labels" } as const;
/** From this zoom on, towns and sites have names. */
const TOWNS_FROM = 5;
/** From this zoom on, the places where cables land have names. */
const PORTS_FROM = 3.6;

function layer(source: VectorSource | undefined, options = {}): VectorLayer {
  return new VectorLayer({ ...(source ? { source } : {}), visible: source === undefined, renderBuffer: BUFFER, ...options });
}

/**
 * Creates the layers. Those with a source here start hidden, so that nothing is drawn before the countries. The others are visible
 * and get their source later.
 */
export function createLayers(sources: Record<"routes" | "landings" | "ports" | "chosen" | "circles" | "marks", VectorSource>): Layers {
  return {
    countries: layer(undefined),
    borders: layer(undefined),
    dots: layer(undefined, { minResolution: resolutionOf(5) }),
    routes: layer(sources.routes),
    landings: layer(sources.landings),
    chosen: layer(sources.chosen),
    names: layer(undefined, { maxResolution: resolutionOf(2.6), declutter: true, renderBuffer: 100 }),
    ports: layer(sources.ports, { maxResolution: resolutionOf(PORTS_FROM), declutter: true, renderBuffer: 100 }),
    towns: layer(sources.marks, { maxResolution: resolutionOf(TOWNS_FROM), declutter: true, renderBuffer: 100 }),
    // On a separate canvas, because names are drawn last on theirs.
    circles: layer(sources.circles, { className: "map-marks", renderBuffer: 200, updateWhileAnimating: true, updateWhileInteracting: true }),
    marks: layer(sources.marks, { className: "map-marks", renderBuffer: 100, updateWhileAnimating: true, updateWhileInteracting: true }),
  };
}

/** Shows another scenery in the layers of `PARTS` that already have a source. The others receive theirs later. */
export function changeScenery(layers: Layers, scenery: Scenery): void {
  for (const name of Object.keys(PARTS) as (keyof typeof PARTS)[]) {
    if (layers[name].getSource()) layers[name].setSource(scenery[PARTS[name]]);
  }
}
