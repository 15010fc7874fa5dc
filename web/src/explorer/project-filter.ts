// Filters, counts and sorts projects in the browser, by the server's rules (src/overt/queries/project_filter_masks.py, facets.py).
import { FACETS } from "../filter-names.ts";
import type { Layer } from "../project-layers.ts";
import { type Columns, countriesOf, type Facet, NO_YEAR, statusOf } from "../project-columns.ts";

/** The kind that is counted separately, as cable systems. By default, the shading of countries leaves it out. */
const CABLE = "submarine-cable";

interface Filter {
  /** The positions of the chosen values, for each facet with a chosen value. */
  chosen: [Facet, Set<number>][];
  from: number;
  to: number;
  located: 0 | 1 | undefined;
  /** Projects that match the words and the box of the query; all if undefined. */
  allowed: Uint8Array | undefined;
}

export interface Matches {
  /** 1 for each matching project. */
  bits: Uint8Array;
  /** Whether the query asks only for systems with a named supplier. */
  systems: boolean;
  projects: number;
  cables: number;
  /** The number of projects that each value of a facet would match, by the value's position. */
  counts: Record<Facet, Int32Array>;
  /** The number of matching projects in each country, by the country's position. May leave out cables. */
  countries: Int32Array;
}

/** Returns the first and last year of a query; infinite if it has none. */
export function yearsOf(query: URLSearchParams): [number, number] {
  return [Number(query.get("year_from") ?? "") || -Infinity, Number(query.get("year_to") ?? "") || Infinity];
}

/** Returns whether a query's first year is after its last, which the server refuses. */
export function hasReversedYears(query: URLSearchParams): boolean {
  const [from, to] = yearsOf(query);
  return from > to;
}

/** Parses the query of a page. Undefined if only the server can handle it: a value that no project has, or an as-of date. */
export function filterOf(columns: Columns, query: URLSearchParams, allowed: Uint8Array | undefined): Filter | undefined {
  if (query.get("as_of")) return undefined;
  const chosen: Filter["chosen"] = [];
  for (const facet of FACETS) {
    const values = query.getAll(facet).filter((value) => value !== "");
    if (values.length === 0) continue;
    const numbers = values.map((value) => columns.values[facet].indexOf(value));
    if (numbers.includes(-1)) return undefined;
    chosen.push([facet, new Set(numbers)]);
  }
  const [from, to] = yearsOf(query);
  const located = query.get("located");
  return { chosen, from, to, located: located === "yes" ? 1 : located === "no" ? 0 : undefined, allowed };
}

/** Returns whether the shading of countries leaves out cables. It does unless a kind, a layer or `shade=all` is chosen. */
export function leavesOutCables(query: URLSearchParams): boolean {
  return query.get("shade") !== "all" && !query.get("kind") && !query.get("layer");
}

function includesAny(values: readonly number[] | undefined, chosen: Set<number>): boolean {
  if (values) for (const value of values) if (chosen.has(value)) return true;
  return false;
}

function add(counts: Int32Array, values: readonly number[] | undefined): void {
  if (values) for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
}

/**
 * Returns the matching projects and the facets' counts. A project that matches everything but one facet counts in that
 * facet, because its values are alternatives. `withoutCables`: leave cables out of `countries`.
 */
export function findMatches(columns: Columns, { chosen, from, to, located, allowed }: Filter, withoutCables: boolean): Matches {
  const { size, projectValues, first, last } = columns;
  const counts = Object.fromEntries(FACETS.map((facet) => [facet, new Int32Array(columns.values[facet].length)])) as Matches["counts"];
  const matches: Matches = { bits: new Uint8Array(size), systems: chosen.some(([facet]) => facet === "system"), projects: 0, cables: 0, counts, countries: new Int32Array(columns.values.country.length) };
  const cable = columns.values.kind.indexOf(CABLE);
  const anyYear = from === -Infinity && to === Infinity;
  for (let project = 0; project < size; project++) {
    if (allowed && !allowed[project]) continue;
    if (located !== undefined && columns.located[project] !== located) continue;
    let failed: Facet | undefined;
    let fails = 0;
    for (const [facet, numbers] of chosen) {
      if (includesAny(projectValues[facet][project], numbers)) continue;
      failed = facet;
      if (++fails > 1) break;
    }
    if (fails > 1) continue;
    const [low, high] = [first[project] ?? NO_YEAR, last[project] ?? NO_YEAR];
    if (!anyYear && (low === NO_YEAR || high < from || low > to)) continue;
    if (failed) {
      add(counts[failed], projectValues[failed][project]);
      continue;
    }
    matches.bits[project] = 1;
    matches.projects++;
    const isCable = projectValues.kind[project]?.includes(cable) ?? false;
    if (isCable) matches.cables++;
    for (const facet of FACETS) add(counts[facet], projectValues[facet][project]);
    if (!isCable || !withoutCables) add(matches.countries, projectValues.country[project]);
  }
  return matches;
}

type Sort = "unit" | "name" | "year" | "status" | "country" | "sources";
const FIRST_LAYERS: readonly Layer[] = ["surveillance", "censorship"];
const orders = new WeakMap<Columns, Map<string, Int32Array>>();

/** Returns all projects in one of the table's orders, cached. Ties keep the order of positions, which is that of names. */
function orderOf(columns: Columns, sort: Sort, descending: boolean): Int32Array {
  const cache = orders.get(columns) ?? new Map<string, Int32Array>();
  orders.set(columns, cache);
  const name = `${sort} ${descending}`;
  const cached = cache.get(name);
  if (cached) return cached;
  const order = Int32Array.from({ length: columns.size }, (_, index) => index);
  const sign = descending ? -1 : 1;
  const text = (project: number): string => (sort === "status" ? statusOf(columns, project) : JSON.stringify(countriesOf(columns, project)));
  const absent = sort === "status" ? "unknown" : "[]";
  const key: (project: number) => number | string = sort === "year" || sort === "unit" ? (project) => columns.years[project] ?? NO_YEAR : sort === "sources" ? (project) => columns.independent[project] ?? 0 : text;
  if (sort === "name") {
    if (descending) order.reverse();
  } else {
    const keys = Array.from({ length: columns.size }, (_, project) => key(project));
    const missing = sort === "year" || sort === "unit" ? NO_YEAR : sort === "sources" ? 0 : absent;
    const cable = columns.values.kind.indexOf(CABLE);
    // Like the server: surveillance and censorship, then other projects, then cable systems.
    const group = (project: number): number => (FIRST_LAYERS.includes(columns.tops[project] ?? "unknown") ? 0 : 1) + (columns.projectValues.kind[project]?.includes(cable) ? 1 : 0);
    const groups = Uint8Array.from({ length: columns.size }, (_, project) => (sort === "unit" ? group(project) : 0));
    order.sort((a, b) => {
      if (groups[a] !== groups[b]) return (groups[a] ?? 0) - (groups[b] ?? 0);
      const [left, right] = [keys[a] as number | string, keys[b] as number | string];
      if (left === right) return a - b;
      if (left === missing) return 1;
      if (right === missing) return -1;
      return (left < right ? -1 : 1) * sign;
    });
  }
  cache.set(name, order);
  return order;
}

/** Returns the projects of a query's page of the table, in the server's order. */
export function pageOf(columns: Columns, matches: Matches, query: URLSearchParams): number[] {
  const sort = (query.get("sort") || "unit") as Sort;
  const order = query.get("order") || (["name", "country", "status"].includes(sort) ? "asc" : "desc");
  const size = Number(query.get("size") ?? "") || 25;
  const skipped = ((Number(query.get("page") ?? "") || 1) - 1) * size;
  const listed: number[] = [];
  let seen = 0;
  for (const project of orderOf(columns, sort, order === "desc")) {
    if (!matches.bits[project] || seen++ < skipped) continue;
    listed.push(project);
    if (listed.length === size) break;
  }
  return listed;
}
