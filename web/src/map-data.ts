// Data from the server (docs/api.md), or from the files of an edition.
import type { FeatureCollection, LineString, MultiLineString, MultiPolygon, Polygon } from "geojson";
import { between } from "./map/box.ts";
import type { CountryNumber, Numbers } from "./map/country-circle-sizes-and-places.ts";
import { type Columns, countriesOf, ID_SIGNS, lineOf, NO_YEAR, statusOf, toColumns } from "./project-columns.ts";
import { filtersOf, shadingOf, withQuery } from "./address-parameters.ts";
import type { MapConfig } from "./map-config.ts";
import { type Layer, layerOf } from "./project-layers.ts";
import { page } from "./static-edition-interface.ts";
import { type Palette, PALETTES } from "./map/shade-palette-names.ts";

/** An organisation that has a part in a project. */
export interface Party {
  id: string;
  name: string;
  lang: string;
}

/** A project as the map's panel shows it. */
export interface Project {
  id: string;
  name: string;
  layer: Layer;
  kinds: string[];
  precision: string;
  countries: string[];
  year: string;
  /** The planned date in words, if the project is planned. */
  planned?: string | undefined;
  status?: string;
  /** Empty if none is on record. Like `owners` and `customers`, undefined if `toProject` made the project. */
  suppliers?: Party[];
  owners?: Party[];
  customers?: Party[];
}

export interface WorldArea {
  /** ISO 3166-1 alpha-2 or Overt's own code (XK, X-SOMALILAND …); empty for an area without one. */
  code: string;
  name: string;
  disputed: boolean;
  /** Whether the area is too small to see on a world map, and is also drawn as a dot. */
  small: boolean;
  /** The position of its label or dot, in degrees. */
  x: number;
  y: number;
}

export type World = FeatureCollection<Polygon | MultiPolygon, WorldArea>;

export interface Shading {
  palette: Palette;
  /** The shade (0 to 5) and the text of each country. */
  countries: Map<string, [number, string]>;
  /** The text of all other countries. */
  defaultText: string;
  /** Whether land without a shade is hatched. */
  hatched: boolean;
  /** The numbers that a map of the world shows as circles. Their countries have shade 1. Empty for scores and categories. */
  numbers: Numbers;
  /** The places of the circles, in degrees, if the server has sent them. */
  places?: ReadonlyMap<string, [number, number]>;
  /** Whether the circles count systems with a named supplier. */
  countsSystems?: boolean;
}

function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

async function getJson(url: string, signal?: AbortSignal): Promise<unknown> {
  if (page.edition) return page.edition.get(url);
  const response = await fetch(url, { ...(signal ? { signal } : {}), headers: { Accept: "application/json, application/geo+json" } });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.json();
}

/** An area: code, name, whether disputed, whether small, position of the label, and the polygons' rings, encoded for `lineOf`. */
type Outline = [string, string, number, number, number, number, number[][][]];

export async function fetchWorld(config: MapConfig): Promise<World> {
  const { unit, areas } = (await getJson(config.world)) as { unit: number; areas: Outline[] };
  const features = areas.map(([code, name, disputed, small, x, y, polygons]) => ({
    type: "Feature" as const,
    properties: { code, name, disputed: disputed === 1, small: small === 1, x, y },
    geometry: { type: "MultiPolygon" as const, coordinates: polygons.map((rings) => rings.map((steps) => lineOf(steps, unit))) },
  }));
  return { type: "FeatureCollection", features };
}

/** Fetches all projects. Undefined if the page has no address for them. */
export async function fetchColumns(config: MapConfig): Promise<Columns | undefined> {
  return config.columns ? toColumns(await getJson(config.columns)) : undefined;
}

/** Returns which of the projects in `bits` have a place in a box of degrees, or a route whose bounding box overlaps it. */
function inBox({ places, routes }: Columns, bits: Uint8Array, box: string): Uint8Array {
  const [west = -180, south = -90, east = 180, north = 90] = box.split(",").map(Number);
  const across = east >= west ? east - west : east + 360 - west;
  const inside = (longitude: number, latitude: number): boolean => latitude >= south && latitude <= north && between(longitude, west, west + across);
  const selected = new Uint8Array(bits.length);
  places.project.forEach((project, at) => inside(places.longitude[at] ?? 0, places.latitude[at] ?? 0) && (selected[project] = bits[project] ?? 0));
  for (const { project, lines } of routes) {
    const points = lines.flat();
    const [left, right] = [Math.min(...points.map(([x]) => x)), Math.max(...points.map(([x]) => x))];
    const [low, high] = [Math.min(...points.map(([, y]) => y)), Math.max(...points.map(([, y]) => y))];
    const overlaps = between(left, west, west + across) || between(west, left, right);
    if (low <= north && high >= south && overlaps) selected[project] = bits[project] ?? 0;
  }
  return selected;
}

/**
 * Fetches which projects match a query's words and box. Undefined if the query has neither, or if a server's page has no
 * `config.matches`.
 */
export async function fetchAllowed(config: MapConfig, columns: Columns, query: URLSearchParams, signal: AbortSignal): Promise<Uint8Array | undefined> {
  const filters = new URLSearchParams([...filtersOf(query)].filter(([key]) => key === "q" || key === "bbox"));
  if (filters.size === 0) return undefined;
  if (page.edition) {
    const bits = filters.get("q") ? await page.edition.matching(columns, filters.get("q") ?? "") : new Uint8Array(columns.size).fill(1);
    return filters.get("bbox") ? inBox(columns, bits, filters.get("bbox") ?? "") : bits;
  }
  if (!config.matches) return undefined;
  const ids = text(((await getJson(withQuery(config.matches, filters), signal)) as { ids?: unknown } | null)?.ids);
  const positions = new Map(columns.ids.map((id, position) => [id.slice(-ID_SIGNS), position]));
  const allowed = new Uint8Array(columns.size);
  for (let start = 0; start < ids.length; start += ID_SIGNS) {
    const position = positions.get(ids.slice(start, start + ID_SIGNS));
    if (position !== undefined) allowed[position] = 1;
  }
  return allowed;
}

/** Fetches the shading for a query, with the server's texts; no shades if the page has no address or the server returns none. */
export async function fetchShading(config: MapConfig, query: URLSearchParams, signal: AbortSignal): Promise<Shading> {
  const nothing: Shading = { palette: "project", countries: new Map(), numbers: new Map(), defaultText: "", hatched: false };
  if (!config.countries) return nothing;
  const answer = (await getJson(withQuery(config.countries, shadingOf(query)), signal)) as { shading?: { palette?: unknown; countries?: object; numbers?: object; otherwise?: unknown } | null } | null;
  const shading = answer?.shading;
  if (shading === undefined) throw new Error("the answer has no shading");
  if (shading === null) return nothing;
  const countries = new Map<string, [number, string]>(Object.entries(shading.countries ?? {}).map(([code, entry]) => [code, [Number((entry as unknown[])[0]) || 0, text((entry as unknown[])[1])]]));
  const palette = PALETTES.find((name) => name === shading.palette) ?? "count";
  const numbers = new Map(Object.entries(shading.numbers ?? {}).map(([code, number]): [string, CountryNumber] => [code, { number: Number(number) || 0, apart: 0, hollow: false }]));
  return { palette, countries, numbers, defaultText: text(shading.otherwise), hatched: true };
}

/** Fetches the routes of matching projects as GeoJSON; none if the page has no address for them. */
export async function fetchRoutes(config: MapConfig, query: URLSearchParams, signal: AbortSignal): Promise<FeatureCollection<LineString | MultiLineString>> {
  if (!config.routes) return { type: "FeatureCollection", features: [] };
  return (await getJson(withQuery(config.routes, filtersOf(query)), signal)) as FeatureCollection<LineString | MultiLineString>;
}

/** Returns the items of a list, or the space-separated words of a string. */
function list(value: unknown): string[] {
  return Array.isArray(value) ? value.map(text) : text(value).split(" ").filter(Boolean);
}

/** Reads a project from the properties of a tile's feature or of a route. */
export function toProject(properties: Record<string, unknown>): Project {
  const { id, name, layer, kind, precision, country, year } = properties;
  return {
    id: text(id),
    name: text(name) || text(id),
    layer: layerOf(layer),
    kinds: list(kind),
    precision: text(precision),
    countries: list(country),
    year: text(year),
  };
}

/** Returns a project from the columns. `precision`: of one of its places or routes. */
export function projectOf(columns: Columns, project: number, precision: string): Project {
  const year = columns.years[project] ?? NO_YEAR;
  const { ids, names, langs } = columns.organizations;
  const parties = (numbers: readonly number[] | undefined): Party[] => (numbers ?? []).map((number) => ({ id: ids[number] ?? "", name: names[number] ?? "", lang: langs[number] ?? "" }));
  return {
    id: columns.ids[project] ?? "",
    name: columns.names[project] ?? "",
    layer: layerOf(columns.tops[project]),
    kinds: columns.kinds[project] ?? [],
    precision,
    countries: countriesOf(columns, project),
    year: year === NO_YEAR ? "" : String(year),
    planned: columns.planned[String(project)],
    status: statusOf(columns, project),
    suppliers: parties(columns.suppliers[project]),
    owners: parties(columns.owners[String(project)]),
    customers: parties(columns.customers[project]),
  };
}
