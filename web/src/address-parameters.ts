// Addresses and their parameters: filters, box and shading.
import { type MapConfig, numbers } from "./map-config.ts";
import { FILTERS } from "./filter-names.ts";

/** The latitude at which a Mercator map ends in the north and, negated, in the south. */
const NORTHERNMOST = 85;

/** The parameters that choose the shading of countries. */
const SHADES = ["shade", "assessed"] as const;

/**
 * Returns the box of a query in degrees, cut at the latitudes where a Mercator map ends; undefined without four numbers. If the
 * box crosses the antimeridian, 360 is added to its eastern side.
 */
export function boxFrom(query: URLSearchParams): MapConfig["bounds"] | undefined {
  const sides = numbers(query.get("bbox") ?? undefined);
  if (sides.length !== 4) return undefined;
  const [west = 0, south = 0, east = 0, north = 0] = sides;
  return [west, Math.max(south, -NORTHERNMOST), east < west ? east + 360 : east, Math.min(north, NORTHERNMOST)];
}

/** Replaces `{name}` in a template with the percent-encoded value. */
export function address(template: string, name: "code" | "id", value: string): string {
  return template.replace(`{${name}}`, encodeURIComponent(value));
}

/** Returns the values that a query has for `keys`, trimmed and without empty ones. */
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
 * Returns what the shades of countries count for a query: systems with a named supplier, matching projects, or something that
 * only the server can count. Systems count if the page has any and the query has neither a filter nor a choice of shading.
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
