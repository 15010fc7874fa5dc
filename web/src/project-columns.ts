// All projects as columns, from /api/v1/explore/columns: the data for filters, table and map.
import { type FACETS, SOURCE_COUNTS } from "./filter-names.ts";
import { type Layer, layerOf } from "./project-layers.ts";

export type Facet = (typeof FACETS)[number];

interface Route {
  project: number;
  schematic: boolean;
  lines: [number, number][][];
}

export interface Columns {
  size: number;
  ids: string[];
  names: string[];
  /** The BCP 47 language of each name; empty if unknown. */
  langs: string[];
  tops: Layer[];
  /** The kinds that sources state for each project, without broader kinds. */
  kinds: string[][];
  years: Int16Array;
  /** The planned date of a project, in words, by the project's position. */
  planned: Record<string, string>;
  /** A project's status, or what its dates show, by its position: a term for the colour, a label, and the date in words. */
  dated: Record<string, readonly [status: string, label: string, when: string]>;
  first: Int16Array;
  last: Int16Array;
  sources: Uint8Array;
  /** The number of sources that don't copy one another. */
  independent: Uint8Array;
  /** The values of each facet. */
  values: Record<Facet, string[]>;
  /** For each project, its values, as positions in `values`. */
  projectValues: Record<Facet, (readonly number[])[]>;
  /** The suppliers and customers of each project, as positions in `organizations`. */
  suppliers: (readonly number[])[];
  customers: (readonly number[])[];
  /** The owners of cables, by the position of the cable. */
  owners: Record<string, readonly number[]>;
  /**
   * Organisations. `seats`: the country code of each seat, or several codes with spaces if sources disagree; empty if no seat
   * is on record, or if the organisation only owns cables.
   */
  organizations: { ids: string[]; names: string[]; langs: string[]; seats: string[] };
  located: Uint8Array;
  /** 1 for each project that is a system with a named supplier. The map counts systems until the reader makes a choice. */
  systems: Uint8Array;
  /** The server defines `softness` and `around` (src/overt/queries/maps/mark_softness_and_circle_radius.py). */
  places: { project: Int32Array; longitude: Float64Array; latitude: Float64Array; label: string[]; precision: string[]; softness: number[]; around: number[] };
  routes: Route[];
}

/** Stands for an unknown year in `years`, `first` and `last`. */
export const NO_YEAR = -1;
/** The number of characters of an id after `ovt-`. */
export const ID_SIGNS = 12;

interface Answer {
  planned?: Record<string, string>;
  dated?: Columns["dated"];
  ids: string;
  names: string[];
  lang: number[];
  top: number[];
  status: number[];
  year: (number | null)[];
  first: (number | null)[];
  last: (number | null)[];
  sources: number[];
  independent: (number | null)[];
  /** The positions of the systems. */
  systems?: number[];
  values: Record<string, string[]>;
  held: Record<string, number[][]>;
  parties: { ids: string[]; names: string[]; langs: string[]; seats: string[]; suppliers: number[][]; customers: number[][]; owners?: Record<string, number[]> };
  places: { project: number[]; x: number[]; y: number[]; label?: number[]; labels?: string[]; precision: number[]; precisions: string[]; softness: number[]; around: number[] };
  routes: [number, number, number[][]][];
  unit: number;
  route_unit: number;
}

function toYears(years: (number | null)[]): Int16Array {
  return Int16Array.from(years, (year) => year ?? NO_YEAR);
}

/** Decodes a line: its first point, then the step from each point to the next. `unit`: the number of steps in a degree. */
export function lineOf(steps: number[], unit: number): [number, number][] {
  const points: [number, number][] = [];
  let [x, y] = [0, 0];
  for (let index = 0; index + 1 < steps.length; index += 2) {
    x += steps[index] ?? 0;
    y += steps[index + 1] ?? 0;
    points.push([x / unit, y / unit]);
  }
  return points;
}

function placesOf({ places, unit }: Answer): Columns["places"] {
  const longitude = Float64Array.from(places.x, (x) => x / unit);
  const latitude = Float64Array.from(places.y, (y) => y / unit);
  const precision = places.precision.map((number) => places.precisions[number] ?? "");
  const softness = places.precision.map((number) => places.softness[number] ?? 0);
  const label = (places.label ?? []).map((number) => places.labels?.[number] ?? "");
  return { project: Int32Array.from(places.project), longitude, latitude, label, precision, softness, around: places.around };
}

/** Decodes a response of the server. */
export function toColumns(response: unknown): Columns {
  const answer = response as Answer;
  const size = answer.names.length;
  const { values, held } = answer;
  const places = placesOf(answer);
  const routes = answer.routes.map(([project, schematic, lines]) => ({ project, schematic: schematic === 1, lines: lines.map((steps) => lineOf(steps, answer.route_unit)) }));
  const located = new Uint8Array(size);
  for (const project of places.project) located[project] = 1;
  for (const { project } of routes) located[project] = 1;
  const systems = new Uint8Array(size);
  for (const project of answer.systems ?? []) systems[project] = 1;
  const langs = values["lang"] ?? [];
  const tops = values["top"] ?? [];
  return {
    size,
    ids: Array.from({ length: size }, (_, index) => `ovt-${answer.ids.slice(index * ID_SIGNS, (index + 1) * ID_SIGNS)}`),
    names: answer.names,
    langs: answer.lang.map((number) => langs[number] ?? ""),
    tops: answer.top.map((number) => layerOf(tops[number])),
    kinds: (held["said"] ?? []).map((numbers) => numbers.map((number) => values["said"]?.[number] ?? "")),
    years: toYears(answer.year),
    planned: answer.planned ?? {},
    dated: answer.dated ?? {},
    first: toYears(answer.first),
    last: toYears(answer.last),
    sources: Uint8Array.from(answer.sources, (count) => Math.min(count, 255)),
    independent: Uint8Array.from(answer.independent, (count) => Math.min(count ?? 0, 255)),
    values: { ...values, sources: [...SOURCE_COUNTS] } as Columns["values"],
    projectValues: { ...held, status: answer.status.map((number) => [number]), sources: answer.independent.map((count) => (count === null ? [] : [Math.max(1, Math.min(count, SOURCE_COUNTS.length)) - 1])) } as unknown as Columns["projectValues"],
    suppliers: answer.parties.suppliers,
    customers: answer.parties.customers,
    owners: answer.parties.owners ?? {},
    organizations: answer.parties,
    located,
    systems,
    places,
    routes,
  };
}

/** Returns the codes of the countries of a project. */
export function countriesOf({ values, projectValues }: Columns, project: number): string[] {
  return (projectValues.country[project] ?? []).map((number) => values.country[number] ?? "");
}

export function statusOf({ values, projectValues }: Columns, project: number): string {
  return values.status[projectValues.status[project]?.[0] ?? -1] ?? "unknown";
}
