// Simplifies shared borders once, so that neighbours still fit, and keeps the shape of small islands.
import type { Position } from "geojson";
import { presimplify, sphericalTriangleArea } from "topojson-simplify";
import type { GeometryCollection, MultiPolygon, Polygon, Topology } from "topojson-specification";

export type World = Topology<{ countries: GeometryCollection<{ name: string }> }>;

/** A point stays if the triangle with its neighbours has at least this area, in steradians (1e-6 is about 40 km²). */
const COARSEST = 5.5e-6;
/** The same for Antarctica, which maps hardly show. */
const ANTARCTICA = 6e-5;
/** The same as a share of the smallest polygon at the point, if that is less. */
const SHARE = 0.05;

function polygonsOf(geometry: World["objects"]["countries"]["geometries"][number]): number[][][] {
  if (geometry.type === "Polygon") return [(geometry as Polygon).arcs];
  if (geometry.type === "MultiPolygon") return (geometry as MultiPolygon).arcs;
  throw new Error(`world.json: a ${geometry.type} among the countries`);
}

/** Returns the approximate area of a ring in steradians. */
export function ringArea(ring: readonly Position[]): number {
  let sum = 0;
  let [x0, y0] = ring[ring.length - 1] as [number, number];
  for (const [x1, y1] of ring as [number, number][]) {
    let across = x1 - x0;
    if (across > 180) across -= 360;
    if (across < -180) across += 360;
    sum += (across * Math.PI * (Math.sin((y0 * Math.PI) / 180) + Math.sin((y1 * Math.PI) / 180))) / 360;
    [x0, y0] = [x1, y1];
  }
  return Math.abs(sum);
}

export function simplified(topology: World): World {
  const weighed = presimplify(topology, sphericalTriangleArea) as World;
  const smallest = weighed.arcs.map(() => Number.POSITIVE_INFINITY);
  const coarsest = weighed.arcs.map(() => COARSEST);
  for (const geometry of weighed.objects.countries.geometries) {
    for (const [outer] of polygonsOf(geometry)) {
      if (!outer) continue;
      const ring = outer.flatMap((index) => (index < 0 ? [...(weighed.arcs[~index] ?? [])].reverse() : (weighed.arcs[index] ?? [])));
      const area = ringArea(ring);
      for (const index of outer) {
        const arc = index < 0 ? ~index : index;
        smallest[arc] = Math.min(smallest[arc] ?? area, area);
        if ((geometry.properties as { name?: string } | undefined)?.name === "Antarctica") coarsest[arc] = ANTARCTICA;
      }
    }
  }
  const arcs = weighed.arcs.map((arc, index) => {
    const first = arc[0];
    const last = arc[arc.length - 1];
    const closed = first?.[0] === last?.[0] && first?.[1] === last?.[1];
    const weights = arc.map((point) => point[2] ?? 0).sort((a, b) => b - a);
    const needed = weights[Math.min(arc.length, closed ? 5 : 3) - 1] ?? 0; // a ring keeps at least three corners
    const least = Math.min(coarsest[index] ?? COARSEST, SHARE * (smallest[index] ?? 0), needed);
    return arc.filter((point) => (point[2] ?? 0) >= least).map((point) => point.slice(0, 2));
  });
  return { ...weighed, arcs };
}
