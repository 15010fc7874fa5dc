// Near places as one mark: what is drawn at a zoom, for the places that were found and are in sight.
import { between, type Box } from "./box.ts";
import type { Columns } from "./columns.ts";
import { type Project, projectOf } from "./data.ts";
import { type Layer, layerOf } from "./layers.ts";

/** Pixels within which places are one mark. */
const REACH = 26;
/** The last zoom at which near places are drawn as one. */
export const CLUSTERS_TO = 9;
const WORLD = 512;

/** A sign of one place, or a number of several. */
export interface Mark {
  longitude: number;
  latitude: number;
  count: number;
  layer: Layer;
  softness: number;
  around: number;
  projects: () => Project[];
  /** What its places lie in. */
  spread: () => Box;
}

interface Near {
  longitude: number;
  latitude: number;
  /** Numbers of the places that it stands for. */
  places: number[];
}

interface Sight {
  zoom: number;
  /** In degrees; everything where undefined. */
  bounds: Box | undefined;
}

/** Greedy and in the order of the places, so that the same places always give the same marks. */
function near({ places, tops }: Columns, bits: Uint8Array, { zoom, bounds }: Sight): Near[] {
  const level = Math.floor(zoom);
  const reach = level > CLUSTERS_TO ? 0 : REACH / (WORLD * 2 ** level);
  const marks: Near[] = [];
  const starts: [number, number][] = [];
  const cells = new Map<number, number[]>();
  const across = reach > 0 ? Math.ceil(1 / reach) + 2 : 0;
  for (let place = 0; place < places.project.length; place++) {
    const project = places.project[place] ?? -1;
    if (!bits[project] || tops[project] === "cables") continue; // where cables land is drawn apart: they are many and would hide the rest
    const [longitude, latitude] = [places.longitude[place] ?? 0, places.latitude[place] ?? 0];
    if (bounds && (latitude < bounds[1] || latitude > bounds[3] || !between(longitude, bounds[0], bounds[2]))) continue;
    if (reach === 0) {
      marks.push({ longitude, latitude, places: [place] });
      continue;
    }
    const [x, y] = [places.x[place] ?? 0, places.y[place] ?? 0];
    const [column, row] = [Math.floor(x / reach), Math.floor(y / reach)];
    const one = nearest(x, y, column, row, across, cells, starts, reach);
    if (one !== undefined) {
      marks[one]?.places.push(place);
      continue;
    }
    const cell = row * across + column;
    const held = cells.get(cell);
    if (held) held.push(marks.length);
    else cells.set(cell, [marks.length]);
    starts.push([x, y]);
    marks.push({ longitude, latitude, places: [place] });
  }
  return marks;
}

function nearest(x: number, y: number, column: number, row: number, across: number, cells: Map<number, number[]>, starts: [number, number][], reach: number): number | undefined {
  let best: number | undefined;
  let least = reach * reach;
  for (let up = row - 1; up <= row + 1; up++) {
    for (let left = column - 1; left <= column + 1; left++) {
      for (const mark of cells.get(up * across + left) ?? []) {
        const [mx, my] = starts[mark] as [number, number];
        const distance = (mx - x) ** 2 + (my - y) ** 2;
        if (distance < least) [best, least] = [mark, distance];
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

/** The marks of the places that were found. */
export function marksOf(columns: Columns, bits: Uint8Array, sight: Sight): Mark[] {
  const { project, precision, softness, around } = columns.places;
  return near(columns, bits, sight).map(({ longitude, latitude, places }) => {
    const [place = 0] = places;
    return {
      longitude,
      latitude,
      count: places.length,
      layer: layerOf(columns.tops[project[place] ?? 0]),
      softness: softness[place] ?? 0,
      around: around[place] ?? 0,
      projects: () => places.map((one) => projectOf(columns, project[one] ?? 0, precision[one] ?? "")),
      spread: () => boxAround(columns, places),
    };
  });
}
