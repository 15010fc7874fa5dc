// Borders as lines: without the cut at the antimeridian, and each edge once, so that disputed ones can be dashed.
import type { FeatureCollection, MultiLineString, MultiPolygon, Polygon, Position } from "geojson";
import type { World } from "../data.ts";

export type Borders = FeatureCollection<MultiLineString, { disputed: boolean }>;

function ringsOf(geometry: Polygon | MultiPolygon): Position[][] {
  return geometry.type === "Polygon" ? geometry.coordinates : geometry.coordinates.flat();
}

function isCut([x0, y0]: Position, [x1, y1]: Position): boolean {
  return (Math.abs(x0 ?? 0) === 180 && x0 === x1) || ((y0 ?? 0) <= -89.9 && (y1 ?? 0) <= -89.9);
}

function edgeName(a: Position, b: Position): string {
  const [first, second] = (a[0] ?? 0) < (b[0] ?? 0) || (a[0] === b[0] && (a[1] ?? 0) < (b[1] ?? 0)) ? [a, b] : [b, a];
  return `${first[0]},${first[1]},${second[0]},${second[1]}`;
}

/** Returns the runs of edges of rings that are not in `seen`, and adds them to it. */
function lines(rings: Position[][], seen: Set<string>): Position[][] {
  const runs: Position[][] = [];
  for (const ring of rings) {
    let run: Position[] = [];
    for (let index = 0; index + 1 < ring.length; index++) {
      const [from, to] = [ring[index] as Position, ring[index + 1] as Position];
      const name = edgeName(from, to);
      if (isCut(from, to) || seen.has(name)) {
        run = [];
        continue;
      }
      seen.add(name);
      if (run.length === 0) runs.push((run = [from]));
      run.push(to);
    }
  }
  return runs;
}

export function bordersOf(world: World): Borders {
  const seen = new Set<string>();
  const collect = (disputed: boolean): Position[][] =>
    world.features.filter((feature) => feature.properties.disputed === disputed).flatMap(({ geometry }) => lines(ringsOf(geometry), seen));
  return {
    type: "FeatureCollection",
    features: [true, false].map((disputed) => ({ type: "Feature", properties: { disputed }, geometry: { type: "MultiLineString", coordinates: collect(disputed) } })),
  };
}
