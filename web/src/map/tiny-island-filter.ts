// Leaves out islands too small to be seen. They are a third of all outlines, and slow down maps of the world.
import type { Position } from "geojson";
import type { World } from "../map-data.ts";

/** Returns the area of a ring, in square degrees at the equator. */
function areaOf(ring: Position[]): number {
  let sum = 0;
  for (let index = 0; index + 1 < ring.length; index++) {
    const [[x0 = 0, y0 = 0] = [], [x1 = 0, y1 = 0] = []] = [ring[index], ring[index + 1]];
    sum += (x0 * y1 - x1 * y0) * Math.cos(((y0 + y1) * Math.PI) / 360);
  }
  return Math.abs(sum) / 2;
}

/** Returns the area of a country's largest polygon, in square degrees at the equator. */
export function largestArea({ geometry }: World["features"][number]): number {
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  return Math.max(...polygons.map(([outer = []]) => areaOf(outer)));
}

/** Returns the world without islands smaller than `smallest` (square degrees at the equator), except each country's largest. */
export function withoutSpecks(world: World, smallest: number): World {
  const features = world.features.map((feature) => {
    const polygons = feature.geometry.type === "Polygon" ? [feature.geometry.coordinates] : feature.geometry.coordinates;
    const areas = polygons.map(([outer = []]) => areaOf(outer));
    const least = Math.min(smallest, ...areas.filter((area) => area === Math.max(...areas)));
    return { ...feature, geometry: { type: "MultiPolygon" as const, coordinates: polygons.filter((_, index) => (areas[index] ?? 0) >= least) } };
  });
  return { ...world, features };
}
