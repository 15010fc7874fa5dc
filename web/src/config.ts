// The script's configuration, from the data- attributes of <section id="map">, and the parameters of addresses.
import { FILTERS } from "./filter-names.ts";

export interface MapConfig {
  world: string;
  /** The address of all projects as columns; undefined if there are too many to send at once. */
  columns: string | undefined;
  /** The address of the ids of projects that match words or a box. */
  matches: string | undefined;
  /** The address of the shading of countries. */
  countries: string | undefined;
  /** The address of a tile of marks, with {z}, {x} and {y}, if there are no columns. */
  tiles: string | undefined;
  /** The address of routes as GeoJSON, if there are no columns. */
  routes: string | undefined;
  countryUrl: string;
  projectUrl: string;
  organizationUrl: string;
  /** The lower bound of each shade, in projects, if submarine cables don't count. */
  breaks: number[];
  /** The lower bound of each shade, in projects, if submarine cables count. */
  breaksAll: number[];
  /** The lower bound of each shade in systems. */
  breaksSystems: number[];
  /**
   * Systems with a named supplier, counted by country. They shade the map until the reader chooses a filter or a shading. Empty if
   * there is no such map.
   */
  systems: Map<string, number>;
  /** State programmes by country. `systems` leaves them out, so these countries have stripes while it shades the map. */
  programmes: Map<string, number>;
  /** Ids of the suppliers whose cables have a colour of their own. */
  cableSuppliers: string[];
  /** The first view: west, south, east, north in degrees. */
  bounds: [number, number, number, number];
  /** Whether the page has only a part of the release's projects. */
  part: boolean;
}

/** The inhabited world. The map's aspect ratio decides how much more is visible. */
const INHABITED: MapConfig["bounds"] = [-180, -56, 180, 74];

/** The latitude, north and south, at which a Mercator map ends. */
const NORTHERNMOST = 85;

/** The parameters that choose the shading of countries. */
const SHADES = ["shade", "assessed"] as const;

function numbers(text: string | undefined): number[] {
  return (text ?? "").split(",").filter(Boolean).map(Number).filter(Number.isFinite);
}

/** Parses `KE:4,LA:1`. */
function counts(text: string | undefined): Map<string, number> {
  const pairs = (text ?? "").split(",").filter(Boolean).map((pair) => pair.split(":"));
  return new Map(pairs.map(([code = "", count]) => [code, Number(count) || 0]));
}

/**
 * Returns the box of a query in degrees, cut at the latitudes where a Mercator map ends; undefined without four numbers. If the
 * box crosses the antimeridian, its east is beyond 180.
 */
export function boxFrom(query: URLSearchParams): MapConfig["bounds"] | undefined {
  const sides = numbers(query.get("bbox") ?? undefined);
  if (sides.length !== 4) return undefined;
  const [west = 0, south = 0, east = 0, north = 0] = sides;
  return [west, Math.max(south, -NORTHERNMOST), east < west ? east + 360 : east, Math.min(north, NORTHERNMOST)];
}

function boundsFrom(text: string | undefined): MapConfig["bounds"] {
  const sides = numbers(text);
  return sides.length === 4 ? (sides as MapConfig["bounds"]) : INHABITED;
}

/** Reads the attributes of the section. Undefined if it has no address of the world's shapes. */
export function readConfig(section: HTMLElement): MapConfig | undefined {
  const { world, columns, found, countries, tiles, routes, countryUrl, projectUrl, organizationUrl, breaks, breaksAll, breaksSystems, systems, programmes, cableSuppliers, bounds, part } = section.dataset;
  if (!world) return undefined;
  return {
    world,
    columns,
    matches: found,
    countries,
    tiles,
    routes,
    countryUrl: countryUrl ?? "/country/{code}",
    organizationUrl: organizationUrl ?? "/organization/{id}",
    projectUrl: projectUrl ?? "/project/{id}",
    breaks: numbers(breaks),
    breaksAll: numbers(breaksAll),
    breaksSystems: numbers(breaksSystems),
    systems: counts(systems),
    programmes: counts(programmes),
    cableSuppliers: (cableSuppliers ?? "").split(",").filter(Boolean),
    bounds: boundsFrom(bounds),
    part: part !== undefined,
  };
}

/** Replaces `{name}` in a template by the percent-encoded value. */
export function address(template: string, name: "code" | "id", value: string): string {
  return template.replace(`{${name}}`, encodeURIComponent(value));
}

function only(query: URLSearchParams, keys: readonly string[]): URLSearchParams {
  const selected = new URLSearchParams();
  for (const key of keys) for (const value of query.getAll(key)) if (value.trim() !== "") selected.append(key, value.trim());
  return selected;
}

/** Returns the filters of a query, without empty ones, in a fixed order. */
export function filtersOf(query: URLSearchParams): URLSearchParams {
  return only(query, FILTERS);
}

/** Returns the parameters that determine the shading of countries. */
export function shadingOf(query: URLSearchParams): URLSearchParams {
  return only(query, [...FILTERS, ...SHADES]);
}

/**
 * Returns what shades the countries for a query: systems with a named supplier, matching projects, or what only the server knows.
 * Systems do if the page has any, and the query has no filter and no choice of shading.
 */
export function shaderOf(query: URLSearchParams, { systems }: Pick<MapConfig, "systems">): "systems" | "matches" | "server" {
  const shade = query.get("shade") ?? "";
  if (shade === "all" || shade === "projects") return "matches";
  if (shade !== "" || query.get("assessed")) return "server";
  return systems.size > 0 && filtersOf(query).size === 0 ? "systems" : "matches";
}

/** Adds parameters to an address. */
export function withQuery(url: string, query: URLSearchParams): string {
  const text = query.toString();
  return text === "" ? url : `${url}${url.includes("?") ? "&" : "?"}${text}`;
}
