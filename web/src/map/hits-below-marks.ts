// Finds what is at a position of the map below the marks: landing points, routes and countries.
import type Feature from "ol/Feature.js";
import type SimpleGeometry from "ol/geom/SimpleGeometry.js";
import type { Columns } from "../project-columns.ts";
import { type Project, projectOf, toProject } from "../map-data.ts";
import type { RouteProperties } from "./map-features.ts";
import { eastOf } from "./marks-and-hit-test.ts";
import type { Plane } from "./projections.ts";
import type { Scenery } from "./scenery-below-marks.ts";
import { ACROSS, zoomOf } from "./zoom-and-resolution.ts";

type At = readonly number[];

/** What the map currently shows. */
export interface DrawnMap {
  plane: Plane;
  scenery: Scenery;
  resolution: number;
  columns: Columns | undefined;
  /** 1 for each matching project. */
  bits: Uint8Array;
}

/** Returns the box within `reach` pixels of a position and, near the edge of a repeating world, a box at the other edge. */
function around({ plane, resolution }: DrawnMap, [x = 0, y = 0]: At, reach: number): [number, number, number, number][] {
  const [east, far] = [within(plane, x), reach * resolution];
  const places = plane.wraps && Math.abs(east) + far > ACROSS / 2 ? [east, east - Math.sign(east) * ACROSS] : [east];
  return places.map((at) => [at - far, y - far, at + far, y + far]);
}

/** Returns `x` as it is in the middle copy of the world; unchanged if the world doesn't repeat. */
function within(plane: Plane, x: number): number {
  return plane.wraps ? eastOf(x, 0) : x;
}

/** Returns the matching cables with a landing point at a position. */
export function landingsAt({ plane, scenery: { positions }, resolution, columns, bits }: DrawnMap, at: At, reach: number): Project[] {
  if (!columns || !positions) return [];
  const { places, tops } = columns;
  const [x, y] = [within(plane, at[0] ?? 0), at[1] ?? 0];
  const far = (reach + 3) * resolution;
  const landings: Project[] = [];
  places.project.forEach((project, place) => {
    if (!bits[project] || tops[project] !== "cables") return;
    const across = Math.abs((positions.x[place] ?? 0) - x);
    const shorter = plane.wraps ? Math.min(across, ACROSS - across) : across;
    if (Math.hypot(shorter, (positions.y[place] ?? 0) - y) <= far) landings.push(projectOf(columns, project, places.precision[place] ?? ""));
  });
  return landings;
}

export function routesAt(state: DrawnMap, at: At, reach: number): { project: Project; feature: Feature }[] {
  const { scenery, columns, bits } = state;
  const near = around(state, at, reach).flatMap((box) => scenery.routes.getFeaturesInExtent(box).filter((feature) => feature.getGeometry()?.intersectsExtent(box)));
  return [...new Set(near)].flatMap((feature) => {
    const { project, schematic, properties } = feature.getProperties() as unknown as RouteProperties;
    if (project === undefined || !columns) return [{ project: toProject(properties ?? {}), feature }];
    return bits[project] ? [{ project: projectOf(columns, project, schematic ? "schematic" : "exact"), feature }] : [];
  });
}

/**
 * Returns the first of these countries at a position: the country with the code `circled`, whose circle is there; a small
 * country whose dot is there; the country that lies there. Undefined if there is no country, or if it has no code.
 */
export function countryAt(state: DrawnMap, at: At, circled: string | undefined): { code: string; feature: Feature } | undefined {
  const { plane, scenery, resolution } = state;
  const small = zoomOf(resolution) < 5 ? around(state, at, 6).flatMap((box) => scenery.labels.getFeaturesInExtent(box)).find((feature) => feature.get("small")) : undefined;
  const [x, y] = [within(plane, at[0] ?? 0), at[1] ?? 0];
  const byCircle = circled === undefined ? undefined : scenery.countries.getFeatures().find((feature) => feature.get("code") === circled);
  const country = byCircle ?? small ?? scenery.countries.getFeaturesInExtent([x, y, x, y]).find((feature) => (feature.getGeometry() as SimpleGeometry).intersectsCoordinate([x, y]));
  const code = country?.get("code") as string | undefined;
  return country && code ? { code, feature: country } : undefined;
}
