// The layers of the map, from bottom to top. Layers whose features take long to make receive them later, one after another.
import VectorLayer from "ol/layer/Vector.js";
import VectorSource from "ol/source/Vector.js";
import type { Shading } from "../map-data.ts";
import type { Styles } from "./map-styles.ts";
import type { Scenery } from "./scenery-below-marks.ts";
import { resolutionOf } from "./zoom-and-resolution.ts";

export type Layers = Record<keyof Styles, VectorLayer>;

/** Pixels around the view in which shapes and lines are rendered in advance. */
export const BUFFER = 600;
/** The part of a scenery that each layer shows. */
const PARTS = { countries: "countries", borders: "borders", dots: "labels", routes: "routes", landings: "landings", ports: "ports", names: "labels" } as const;
/** The layers that are shown and hidden together. */
const GROUPS = { circles: ["circles"], routes: ["routes", "landings", "ports"], marks: ["marks", "towns"] } as const;
/**
 * Below this zoom, countries' numbers, if there are any, are drawn as circles. Marks of places are then hidden, because they count
 * something else.
 */
const MARKS_FROM = 2.2;
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
    // On a canvas of their own: OpenLayers draws decluttered names last on a canvas, so on a shared one they would cover these.
    circles: layer(sources.circles, { className: "map-marks", renderBuffer: 200, updateWhileAnimating: true, updateWhileInteracting: true }),
    marks: layer(sources.marks, { className: "map-marks", renderBuffer: 100, updateWhileAnimating: true, updateWhileInteracting: true }),
  };
}

export type VisibleGroups = Record<keyof typeof GROUPS, boolean>;

/**
 * Returns which groups of layers are visible at a zoom: either circles of countries or marks of places. Routes are also
 * visible, unless the circles count systems.
 */
export function visibleGroups({ numbers, countsSystems }: Pick<Shading, "numbers" | "countsSystems">, zoom: number): VisibleGroups {
  const circles = numbers.size > 0 && zoom < MARKS_FROM;
  return { circles, routes: !(circles && countsSystems === true), marks: !circles };
}

/** Shows the layers of the visible groups, and hides those of the other groups. */
export function showGroups(layers: Layers, visible: VisibleGroups): void {
  for (const group of Object.keys(GROUPS) as (keyof typeof GROUPS)[]) {
    for (const name of GROUPS[group]) layers[name].setVisible(visible[group]);
  }
}

/** Shows another scenery in the layers of `PARTS` that already have a source. The others receive theirs later. */
export function changeScenery(layers: Layers, scenery: Scenery): void {
  for (const name of Object.keys(PARTS) as (keyof typeof PARTS)[]) {
    if (layers[name].getSource()) layers[name].setSource(scenery[PARTS[name]]);
  }
}
