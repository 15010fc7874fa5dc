// What the interface answers (docs: data contract in docs/decisions/0005-front-end.md), checked where it enters.
import type { FeatureCollection, LineString, MultiLineString, MultiPolygon, Point, Polygon } from "geojson";
import { FILTERS, filtersOf, type MapConfig } from "./config.ts";
import { isLayer, type Layer } from "./layers.ts";
import { chinese } from "./words.ts";

export interface Project {
  id: string;
  name: string;
  layer: Layer;
  kinds: string[];
  precision: string;
  countries: string[];
  year: string;
  status: string;
}

export interface CountryCount {
  code: string;
  projects: number;
}

export interface WorldArea {
  code: string;
  name: string;
  disputed: boolean;
  small: boolean;
  x: number;
  y: number;
}

export type World = FeatureCollection<Polygon | MultiPolygon, WorldArea>;
export type Places = FeatureCollection<Point, Project>;
export type Routes = FeatureCollection<LineString | MultiLineString, Project>;

export interface MapData {
  places: Places;
  routes: Routes;
  countries: CountryCount[];
  /** The lowest count of each step of shading, where the server sets them. */
  breaks: number[];
}

function text(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(text).filter((item) => item !== "") : [];
}

/** The properties of a place or route, every field of the type that we count on. */
export function toProject(properties: Record<string, unknown> | null): Project {
  const { id, name, name_zh, layer, kinds, precision, country, year, status } = properties ?? {};
  return {
    id: text(id),
    name: (chinese && text(name_zh)) || text(name) || text(id),
    layer: isLayer(layer) ? layer : "presence",
    kinds: texts(kinds),
    precision: text(precision),
    countries: texts(Array.isArray(country) ? country : [country]),
    year: text(year),
    status: text(status),
  };
}

function toCollection<G extends Point | LineString | MultiLineString>(answer: unknown): FeatureCollection<G, Project> {
  const features = (answer as FeatureCollection<G, Record<string, unknown>> | null)?.features;
  if (!Array.isArray(features)) throw new Error("the answer is no FeatureCollection");
  return {
    type: "FeatureCollection",
    features: features
      .filter(({ geometry }) => geometry !== null)
      .map(({ geometry, properties }) => ({ type: "Feature", geometry, properties: toProject(properties) })),
  };
}

function toBreaks(answer: unknown): number[] {
  const given = (answer as { breaks?: unknown } | null)?.breaks;
  return Array.isArray(given) ? given.map(Number).filter(Number.isFinite) : [];
}

function toCounts(answer: unknown): CountryCount[] {
  const countries = (answer as { countries?: unknown } | null)?.countries;
  if (!Array.isArray(countries)) throw new Error("the answer has no countries");
  return countries.map((entry: Record<string, unknown>) => ({ code: text(entry["code"]), projects: Number(entry["projects"]) || 0 }));
}

async function getJson(url: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(url, { signal, headers: { Accept: "application/json, application/geo+json" } });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.json();
}

/** An address of data with the page's filters; they replace those in it where the reader can change them. */
function withFilters(url: string, query: URLSearchParams): string {
  const full = new URL(url, document.baseURI);
  if (!document.getElementById("filters")) return full.href;
  for (const key of FILTERS) full.searchParams.delete(key);
  for (const [key, value] of filtersOf(query)) full.searchParams.append(key, value);
  return full.href;
}

/** Points, routes and counts for a page's query. Rejects when an answer is missing or is not what it should be. */
export async function fetchMapData(config: MapConfig, query: URLSearchParams, signal: AbortSignal): Promise<MapData> {
  const get = (url: string | undefined, otherwise: unknown): Promise<unknown> => (url ? getJson(withFilters(url, query), signal) : Promise.resolve(otherwise));
  const nothing = { features: [] };
  const [places, routes, countries] = await Promise.all([get(config.places, nothing), get(config.routes, nothing), get(config.countries, { countries: [] })]);
  return {
    places: toCollection<Point>(places),
    routes: toCollection<LineString | MultiLineString>(routes),
    countries: toCounts(countries),
    breaks: toBreaks(countries),
  };
}

export async function fetchWorld(config: MapConfig, signal: AbortSignal): Promise<World> {
  return (await getJson(config.world, signal)) as World;
}
