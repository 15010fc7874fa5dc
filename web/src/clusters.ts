// Near places as one mark: what is drawn at a zoom, for the places that were found and are in sight.
import { between, type Box } from "./box.ts";
import type { Columns } from "./columns.ts";
import { softness } from "./layers.ts";

/** Pixels within which places are one mark. */
const REACH = 26;
/** The last zoom at which near places are drawn as one. */
export const CLUSTERS_TO = 9;
const WORLD = 512;
/** Kilometres of one pixel at the equator at zoom 0. */
const KILOMETRES = 40_075 / WORLD;
/** How far around its point a place may be, in kilometres, where no source says it. */
const AROUND: Record<string, number> = { locality: 5, admin2: 30, admin1: 90 };

export interface Mark {
  longitude: number;
  latitude: number;
  /** Numbers of the places that it stands for. */
  places: number[];
}

export interface Sight {
  zoom: number;
  /** In degrees; everything where undefined. */
  bounds: Box | undefined;
}

/** Greedy and in the order of the places, so that the same places always give the same marks. */
export function marksOf({ places, tops }: Columns, bits: Uint8Array, { zoom, bounds }: Sight): Mark[] {
  const level = Math.floor(zoom);
  const reach = level > CLUSTERS_TO ? 0 : REACH / (WORLD * 2 ** level);
  const marks: Mark[] = [];
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
    const near = nearest(x, y, column, row, across, cells, starts, reach);
    if (near !== undefined) {
      marks[near]?.places.push(place);
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

/** Pixels at zoom 0 of the circle in which a place may be; 0 for the site itself. */
function circle(columns: Columns, place: number): number {
  const said = columns.places.radius[place] ?? 0;
  const kilometres = said > 0 ? said : (AROUND[columns.places.precision[place] ?? ""] ?? 0);
  return kilometres / KILOMETRES / Math.max(0.1, Math.cos(((columns.places.latitude[place] ?? 0) * Math.PI) / 180));
}

/** Marks as MapLibre takes them: `mark` is the position in the list, `made` says which list, `count` how many places where there are several. */
export function featuresOf(columns: Columns, marks: readonly Mark[], made: number): GeoJSON.FeatureCollection<GeoJSON.Point> {
  const features = marks.map(({ longitude, latitude, places }, mark) => {
    const [place = 0] = places;
    const project = columns.places.project[place] ?? 0;
    const precision = columns.places.precision[place] ?? "";
    const single = { mark, made, layer: columns.tops[project], softness: softness(precision), around: circle(columns, place) };
    return {
      type: "Feature" as const,
      geometry: { type: "Point" as const, coordinates: [longitude, latitude] },
      properties: places.length === 1 ? single : { mark, made, count: places.length },
    };
  });
  return { type: "FeatureCollection", features };
}
