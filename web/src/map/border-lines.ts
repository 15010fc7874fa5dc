// Borders as lines, without edges along the antimeridian and at the South Pole, and with each edge only once, so that disputed
// borders can be dashed.
import type { MultiPolygon, Polygon, Position } from "geojson";
import type { World } from "../map-data.ts";

function ringsOf(geometry: Polygon | MultiPolygon): Position[][] {
  return geometry.type === "Polygon" ? geometry.coordinates : geometry.coordinates.flat();
}

function isCut([x0, y0]: Position, [x1, y1]: Position): boolean {
  return (Math.abs(x0 ?? 0) === 180 && x0 === x1) || ((y0 ?? 0) <= -89.9 && (y1 ?? 0) <= -89.9);
}

/** Numbers points and remembers edges, so that an edge that two countries share is drawn only once. */
class Edges {
  readonly #points = new Map<number, number>();
  readonly #seen = new Set<number>();

  /** Returns the number of a point. Points that are equal to a thousandth of a degree have the same number. */
  point([longitude = 0, latitude = 0]: Position): number {
    const name = Math.round((longitude + 180) * 1000) * 1e6 + Math.round((latitude + 90) * 1000);
    const number = this.#points.get(name) ?? this.#points.size;
    this.#points.set(name, number);
    return number;
  }

  /** Adds an edge. Returns whether it is new; its direction doesn't matter. */
  add(from: number, to: number): boolean {
    const name = Math.min(from, to) * 2 ** 26 + Math.max(from, to);
    if (this.#seen.has(name)) return false;
    this.#seen.add(name);
    return true;
  }
}

/** Returns the edges of rings as lines, without those on the antimeridian, at the South Pole, or already in `edges`. */
function lines(rings: Position[][], edges: Edges): Position[][] {
  const runs: Position[][] = [];
  for (const ring of rings) {
    let run: Position[] = [];
    const points = ring.map((point) => edges.point(point));
    for (let index = 0; index + 1 < ring.length; index++) {
      const [from, to] = [ring[index] as Position, ring[index + 1] as Position];
      if (isCut(from, to) || !edges.add(points[index] ?? 0, points[index + 1] ?? 0)) {
        run = [];
        continue;
      }
      if (run.length === 0) runs.push((run = [from]));
      run.push(to);
    }
  }
  return runs;
}

/** Number of areas whose borders are computed in one step. */
const AT_ONCE = 50;

/** Yields borders in steps. Disputed areas come first, so that the edges they share with other areas count as disputed. */
export function* borderLines(world: World): Generator<{ disputed: boolean; lines: Position[][] }> {
  const edges = new Edges();
  for (const disputed of [true, false]) {
    const areas = world.features.filter((feature) => feature.properties.disputed === disputed);
    for (let first = 0; first < areas.length; first += AT_ONCE) {
      yield { disputed, lines: areas.slice(first, first + AT_ONCE).flatMap(({ geometry }) => lines(ringsOf(geometry), edges)) };
    }
  }
}
