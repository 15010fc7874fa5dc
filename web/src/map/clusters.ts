// Clusters: marks for the places of matching projects in view at a zoom, with near places as one mark.
import { between, type Box } from "./box.ts";
import type { Columns } from "../columns.ts";
import { type Project, projectOf } from "../data.ts";
import { type Layer, layerOf } from "../layers.ts";

/** Places within this many pixels become one mark. */
const REACH = 26;
/** The last zoom with clusters. */
export const CLUSTERS_TO = 9;
const WORLD = 512;

/** A mark of one place, or of several near ones. */
export interface Mark {
  longitude: number;
  latitude: number;
  count: number;
  layer: Layer;
  softness: number;
  around: number;
  projects: () => Project[];
  /** Returns the box around its places. */
  spread: () => Box;
}

interface Cluster {
  longitude: number;
  latitude: number;
  /** The indexes of its places. */
  places: number[];
}

interface View {
  zoom: number;
  /** In degrees; the whole world if undefined. */
  bounds: Box | undefined;
}

/** Clusters greedily in the order of the places, so that equal places always give equal clusters. */
function clustersOf({ places, tops }: Columns, bits: Uint8Array, { zoom, bounds }: View): Cluster[] {
  const level = Math.floor(zoom);
  const reach = level > CLUSTERS_TO ? 0 : REACH / (WORLD * 2 ** level);
  const clusters: Cluster[] = [];
  const starts: [number, number][] = [];
  const cells = new Map<number, number[]>();
  const across = reach > 0 ? Math.ceil(1 / reach) + 2 : 0;
  for (let place = 0; place < places.project.length; place++) {
    const project = places.project[place] ?? -1;
    if (!bits[project] || tops[project] === "cables") continue; // Landing points are drawn separately: they are many and would hide the rest.
    const [longitude, latitude] = [places.longitude[place] ?? 0, places.latitude[place] ?? 0];
    if (bounds && (latitude < bounds[1] || latitude > bounds[3] || !between(longitude, bounds[0], bounds[2]))) continue;
    if (reach === 0) {
      clusters.push({ longitude, latitude, places: [place] });
      continue;
    }
    const [x, y] = [places.x[place] ?? 0, places.y[place] ?? 0];
    const [column, row] = [Math.floor(x / reach), Math.floor(y / reach)];
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
    clusters.push({ longitude, latitude, places: [place] });
  }
  return clusters;
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

/** Returns the marks for the places of matching projects. */
export function marksOf(columns: Columns, bits: Uint8Array, view: View): Mark[] {
  const { project, precision, softness, around } = columns.places;
  return clustersOf(columns, bits, view).map(({ longitude, latitude, places }) => {
    const [place = 0] = places;
    return {
      longitude,
      latitude,
      count: places.length,
      layer: layerOf(columns.tops[project[place] ?? 0]),
      softness: softness[place] ?? 0,
      around: around[place] ?? 0,
      projects: () => places.map((index) => projectOf(columns, project[index] ?? 0, precision[index] ?? "")),
      spread: () => boxAround(columns, places),
    };
  });
}
