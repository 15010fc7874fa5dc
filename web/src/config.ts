// What the page tells the script: addresses in data- attributes of <section id="map">, so that no address is written here.
import { FACETS } from "./columns.ts";

export interface MapConfig {
  world: string;
  /** All projects as columns; absent where they are too many to be given at once. */
  columns: string | undefined;
  /** Which projects fit words or a box. */
  found: string | undefined;
  /** Counts and shading of countries. */
  countries: string | undefined;
  /** Marks by tile, with {z}, {x} and {y}, where there are no columns. */
  tiles: string | undefined;
  /** Routes as GeoJSON, where there are no columns. */
  routes: string | undefined;
  countryUrl: string;
  projectUrl: string;
  /** Least number of projects in each shade, without submarine cables and with them. */
  breaks: number[];
  breaksAll: number[];
  /** West, south, east, north in degrees: what to show first. */
  bounds: [number, number, number, number];
  /** Whether the projects are a part of the release's. */
  part: boolean;
}

/** All around the world, as far south and north as people live; the map's shape decides how much more is seen. */
const INHABITED: MapConfig["bounds"] = [-180, -56, 180, 74];

/** The latitude at which Mercator's map ends. */
const NORTHERNMOST = 85;

/** The keys of the page's address that say which projects are meant. */
const FILTERS = [...FACETS, "located", "year_from", "year_to", "q", "bbox"] as const;
/** Those that say what countries are shaded by. */
const SHADES = ["shade", "assessed"] as const;

function numbers(text: string | undefined): number[] {
  return (text ?? "").split(",").filter(Boolean).map(Number).filter(Number.isFinite);
}

/** The box of a page's query, in degrees that go on beyond 180 where it crosses the antimeridian; undefined where it has none. */
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

/** Reads the section's attributes; undefined where it lacks the world's shapes. */
export function readConfig(section: HTMLElement): MapConfig | undefined {
  const { world, columns, found, countries, tiles, routes, countryUrl, projectUrl, breaks, breaksAll, bounds, part } = section.dataset;
  if (!world) return undefined;
  return {
    world,
    columns,
    found,
    countries,
    tiles,
    routes,
    countryUrl: countryUrl ?? "/country/{code}",
    projectUrl: projectUrl ?? "/project/{id}",
    breaks: numbers(breaks),
    breaksAll: numbers(breaksAll),
    bounds: boundsFrom(bounds),
    part: part !== undefined,
  };
}

/** `template` with its `{name}` replaced; the value cannot leave its path segment. */
export function address(template: string, name: "code" | "id", value: string): string {
  return template.replace(`{${name}}`, encodeURIComponent(value));
}

function only(query: URLSearchParams, keys: readonly string[]): URLSearchParams {
  const kept = new URLSearchParams();
  for (const key of keys) for (const value of query.getAll(key)) if (value.trim() !== "") kept.append(key, value.trim());
  return kept;
}

/** Only the filters of a page's query, empty ones left out, in a fixed order. */
export function filtersOf(query: URLSearchParams): URLSearchParams {
  return only(query, FILTERS);
}

/** What decides the shading of countries: filters, and what they are shaded by. */
export function shadingOf(query: URLSearchParams): URLSearchParams {
  return only(query, [...FILTERS, ...SHADES]);
}

/** `url` with parameters added to those that it has. */
export function withQuery(url: string, query: URLSearchParams): string {
  const text = query.toString();
  return text === "" ? url : `${url}${url.includes("?") ? "&" : "?"}${text}`;
}
