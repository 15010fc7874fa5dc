// Clusters: marks for matching projects in view at a zoom. Projects with places close together share a mark, and each counts
// once.
import type { Box } from "./box.ts";
import type { Columns } from "../project-columns.ts";
import { type Project, projectOf } from "../map-data.ts";
import { type Layer, layerOf } from "../project-layers.ts";
import { withoutOverlaps } from "./cluster-overlaps.ts";
import type { Plane } from "./projections.ts";
import { ACROSS, clusterLevel, resolutionOf } from "./zoom-and-resolution.ts";

/** Places within this many pixels become one mark. It is small, so that a mark stands for few countries. */
const REACH = 22;
/** The last zoom with clusters. */
export const CLUSTERS_TO = 9;

/** Precisions at which a place has the name of a town or site. */
const EXACT_ENOUGH = new Set(["exact", "locality"]);

/** A mark for one project, or for several that have places close together. */
export interface Mark {
  longitude: number;
  latitude: number;
  /** The number of projects. */
  count: number;
  layer: Layer;
  /** How imprecisely the place of a single project is known, from 0 (exact) to 3 (a province or less). */
  softness: number;
  /** The radius of the circle in which the place may lie, in pixels at zoom 0; 0 if there is none. */
  around: number;
  /** The name of the mark's town or site; empty if it is unknown, or if the mark's places have different names. */
  label: string;
  projects: () => Project[];
  /** Returns the box around its places. */
  spread: () => Box;
}

export interface Cluster {
  longitude: number;
  latitude: number;
  /** The indexes of its places. */
  places: number[];
  /** The index of the place where the cluster's mark is. */
  at: number;
}

/** The position, in degrees, of the label of a country too small to be seen on a map of the world. */
export interface Speck {
  longitude: number;
  latitude: number;
}

/** The positions of all places on a plane, in metres. */
export interface Positions {
  x: Float64Array;
  y: Float64Array;
  wraps: boolean;
  /** For each place, the country in which it lies, if that is too small to be seen on a map of the world. */
  specks: readonly (Speck | undefined)[];
}

interface View {
  zoom: number;
  /** In metres; the whole world if undefined. */
  extent: readonly number[] | undefined;
}

/** Returns the positions of all places. `specks`: countries too small to be seen on a map of the world, by code. */
export function positionsOf(columns: Columns, plane: Plane, specks: ReadonlyMap<string, Speck> = new Map()): Positions {
  const { longitude, latitude } = columns.places;
  const [x, y] = [new Float64Array(longitude.length), new Float64Array(longitude.length)];
  for (let place = 0; place < x.length; place++) [x[place], y[place]] = plane.project(longitude[place] ?? 0, latitude[place] ?? 0);
  return { x, y, wraps: plane.wraps, specks: Array.from(x, (_, place) => speckOf(columns, specks, place)) };
}

/** Returns whether `x` is between `west` and `east`, all in metres, in any copy of the world if it `wraps`. */
function isBetween(x: number, west: number, east: number, wraps: boolean): boolean {
  return wraps ? east - west >= ACROSS || (((x - west) % ACROSS) + ACROSS) % ACROSS <= east - west : x >= west && x <= east;
}

/** Clusters greedily in the order of places, so that equal places always give equal clusters. */
function clustersOf({ places, tops }: Columns, positions: Positions, bits: Uint8Array, { zoom, extent }: View): Cluster[] {
  const level = clusterLevel(zoom);
  const reach = level > CLUSTERS_TO ? 0 : REACH * resolutionOf(level);
  const clusters: Cluster[] = [];
  const starts: [number, number][] = [];
  const cells = new Map<number, number[]>();
  const across = reach > 0 ? Math.ceil(ACROSS / reach) + 2 : 0;
  for (let place = 0; place < places.project.length; place++) {
    const project = places.project[place] ?? -1;
    if (!bits[project] || tops[project] === "cables") continue; // Landing points are drawn separately: there are many, and they would hide everything else.
    const [longitude, latitude] = [places.longitude[place] ?? 0, places.latitude[place] ?? 0];
    const [x, y] = [positions.x[place] ?? 0, positions.y[place] ?? 0];
    if (extent) {
      const [left = 0, low = 0, right = 0, high = 0] = extent;
      if (y < low || y > high || !isBetween(x, left, right, positions.wraps)) continue;
    }
    if (reach === 0) {
      clusters.push({ longitude, latitude, places: [place], at: place });
      continue;
    }
    const [column, row] = [Math.floor((x + ACROSS / 2) / reach), Math.floor((ACROSS / 2 - y) / reach)];
    const index = nearest(x, y, column, row, across, cells, starts, reach);
    if (index !== undefined) {
      clusters[index]?.places.push(place);
      continue;
    }
    const cell = row * across + column;
    const inCell = cells.get(cell);
    if (inCell) inCell.push(clusters.length);
    else cells.set(cell, [clusters.length]);
    starts.push([x, y]);
    clusters.push({ longitude, latitude, places: [place], at: place });
  }
  const settle = (cluster: Cluster): void => {
    const place = cluster.places.length > 1 ? nearestToMedian(cluster.places, positions) : undefined;
    if (place !== undefined) [cluster.longitude, cluster.latitude, cluster.at] = [places.longitude[place] ?? 0, places.latitude[place] ?? 0, place];
  };
  clusters.forEach(settle);
  const at = ({ at: place }: Cluster): [number, number] => [positions.x[place] ?? 0, positions.y[place] ?? 0];
  return reach === 0 ? clusters : withoutOverlaps(clusters, at, resolutionOf(level), settle);
}

/** Returns the median, which a few distant values hardly change. Sorts `values` in place. */
function medianOf(values: number[]): number {
  return values.sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
}

/**
 * Returns the place nearest to the median of places, so that a mark lies on one of them and not in the sea between them. Places on
 * islands that can't be seen are only considered if there are no others.
 */
function nearestToMedian(places: readonly number[], { x, y, specks }: Positions): number | undefined {
  const [middleX, middleY] = [x, y].map((axis) => medianOf(places.map((place) => axis[place] ?? 0))) as [number, number];
  let best: number | undefined;
  let least = Infinity;
  const visible = places.filter((place) => !specks[place]);
  for (const place of visible.length > 0 ? visible : places) {
    const distance = ((x[place] ?? 0) - middleX) ** 2 + ((y[place] ?? 0) - middleY) ** 2;
    if (distance < least) [best, least] = [place, distance];
  }
  return best;
}

function nearest(x: number, y: number, column: number, row: number, across: number, cells: Map<number, number[]>, starts: [number, number][], reach: number): number | undefined {
  let best: number | undefined;
  let least = reach * reach;
  for (let up = row - 1; up <= row + 1; up++) {
    for (let left = column - 1; left <= column + 1; left++) {
      for (const cluster of cells.get(up * across + left) ?? []) {
        const [mx, my] = starts[cluster] as [number, number];
        const distance = (mx - x) ** 2 + (my - y) ** 2;
        if (distance < least) [best, least] = [cluster, distance];
      }
    }
  }
  return best;
}

function boxAround(columns: Columns, places: readonly number[]): Box {
  const { longitude, latitude } = columns.places;
  const [east, north] = [places.map((place) => longitude[place] ?? 0), places.map((place) => latitude[place] ?? 0)];
  return [Math.min(...east), Math.min(...north), Math.max(...east), Math.max(...north)];
}

/** The maximum distance, in degrees on each axis, between a place in a small country and the country's label. */
const AROUND_LABEL = 3;

/** Returns the small country in which a project's place lies; undefined if the place lies elsewhere. */
function speckOf({ places, projectValues, values }: Columns, specks: ReadonlyMap<string, Speck>, place: number): Speck | undefined {
  const [longitude, latitude] = [places.longitude[place] ?? 0, places.latitude[place] ?? 0];
  const countries = (projectValues.country[places.project[place] ?? 0] ?? []).map((number) => specks.get(values.country[number] ?? ""));
  return countries.find((speck) => speck && Math.abs(speck.longitude - longitude) < AROUND_LABEL && Math.abs(speck.latitude - latitude) < AROUND_LABEL);
}

/** Returns the marks for the places of matching projects in view, except cables. */
export function marksOf(columns: Columns, positions: Positions, bits: Uint8Array, view: View): Mark[] {
  const { project, precision, softness, around, label } = columns.places;
  return clustersOf(columns, positions, bits, view).map(({ longitude, latitude, places }) => {
    const [place = 0] = places;
    return {
      longitude,
      latitude,
      count: new Set(places.map((index) => project[index])).size,
      layer: layerOf(columns.tops[project[place] ?? 0]),
      softness: softness[place] ?? 0,
      around: around[place] ?? 0,
      label: places.every((index) => label[index] === label[place]) && EXACT_ENOUGH.has(precision[place] ?? "") ? (label[place] ?? "") : "",
      projects: () => places.map((index) => projectOf(columns, project[index] ?? 0, precision[index] ?? "")),
      spread: () => boxAround(columns, places),
    };
  });
}
