// Joins clusters whose marks would cover each other.
import type { Cluster } from "./clusters.ts";
import { radiusFor } from "./mark-sizes.ts";

/** Joining moves marks, so new overlaps are possible. This many rounds were enough for all views that were measured. */
const ROUNDS = 4;

/**
 * Joins clusters until no two circles overlap and no circle covers a sign, in at most `ROUNDS` rounds. Two signs may overlap.
 * Returns the remaining clusters. `at`: the position of a cluster in metres. `resolution`: metres per pixel. `settle`: moves a
 * cluster to one of its places after other clusters have joined it.
 */
export function withoutOverlaps(clusters: readonly Cluster[], at: (cluster: Cluster) => [number, number], resolution: number, settle: (cluster: Cluster) => void): Cluster[] {
  let apart = [...clusters];
  for (let round = 0; round < ROUNDS; round++) {
    const before = apart.length;
    apart = joined(apart, at, resolution, settle);
    if (apart.length === before) break;
  }
  return apart;
}

function joined(clusters: readonly Cluster[], at: (cluster: Cluster) => [number, number], resolution: number, settle: (cluster: Cluster) => void): Cluster[] {
  const separate: Cluster[] = [];
  const grown = new Set<Cluster>();
  const cells = new Map<string, Cluster[]>();
  const cell = 2 * radiusFor(Infinity) * resolution;
  for (const cluster of [...clusters].sort((left, right) => right.places.length - left.places.length)) {
    const [x, y] = at(cluster);
    const [column, row] = [Math.floor(x / cell), Math.floor(y / cell)];
    const near = [-1, 0, 1].flatMap((up) => [-1, 0, 1].flatMap((right) => cells.get(`${column + right} ${row + up}`) ?? []));
    const covering = near.find((other) => other.places.length > 1 && isCovered(at(other), other, [x, y], cluster, resolution));
    if (covering) {
      covering.places.push(...cluster.places);
      grown.add(covering);
      continue;
    }
    separate.push(cluster);
    const key = `${column} ${row}`;
    cells.set(key, [...(cells.get(key) ?? []), cluster]);
  }
  for (const cluster of grown) {
    cluster.places.sort((left, right) => left - right);
    settle(cluster);
  }
  return separate.sort((left, right) => (left.places[0] ?? 0) - (right.places[0] ?? 0));
}

function isCovered([x, y]: [number, number], { places }: Cluster, [otherX, otherY]: [number, number], other: Cluster, resolution: number): boolean {
  return Math.hypot(x - otherX, y - otherY) < (radiusFor(places.length) + radiusFor(other.places.length)) * resolution;
}
