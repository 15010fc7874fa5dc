// Finds projects and counts facets in the browser, by the same rules as the server (src/overt/queries/filters.py, facets.py).
import { type Columns, countriesOf, FACETS, type Facet, NO_YEAR, statusOf } from "./columns.ts";

/** The kind that is counted apart: in cable systems, and not in the shading of countries. */
const CABLE = "submarine-cable";

interface Wanted {
  /** Numbers of the values chosen, of the facets in which any is. */
  chosen: [Facet, Set<number>][];
  from: number;
  to: number;
  located: 0 | 1 | undefined;
  /** Projects that the server found for words or a box; all where undefined. */
  allowed: Uint8Array | undefined;
}

export interface Found {
  /** 1 for each project that was found. */
  bits: Uint8Array;
  projects: number;
  cables: number;
  /** How many projects each choice would find, by the number of the value. */
  counts: Record<Facet, Int32Array>;
  /** Projects in each country, by the number of the country. */
  countries: Int32Array;
}

/** The years that a query asks for. */
export function yearsOf(query: URLSearchParams): [number, number] {
  return [Number(query.get("year_from") ?? "") || -Infinity, Number(query.get("year_to") ?? "") || Infinity];
}

/** Whether a query's first year is after its last, which the server refuses. */
export function turned(query: URLSearchParams): boolean {
  const [from, to] = yearsOf(query);
  return from > to;
}

/** What a page's query asks for; undefined where it names a value that no project has, which only the server can tell from a slip. */
export function wantedOf(columns: Columns, query: URLSearchParams, allowed: Uint8Array | undefined): Wanted | undefined {
  const chosen: Wanted["chosen"] = [];
  for (const facet of FACETS) {
    const asked = query.getAll(facet).filter((value) => value !== "");
    if (asked.length === 0) continue;
    const numbers = asked.map((value) => columns.values[facet].indexOf(value));
    if (numbers.includes(-1)) return undefined;
    chosen.push([facet, new Set(numbers)]);
  }
  const [from, to] = yearsOf(query);
  const located = query.get("located");
  return { chosen, from, to, located: located === "yes" ? 1 : located === "no" ? 0 : undefined, allowed };
}

/** Whether countries are shaded without counting cables: where no kind and no layer is chosen, and nobody asks for all. */
export function cablesApart(query: URLSearchParams): boolean {
  return query.get("shade") !== "all" && !query.get("kind") && !query.get("layer");
}

function holds(values: readonly number[] | undefined, chosen: Set<number>): boolean {
  if (values) for (const value of values) if (chosen.has(value)) return true;
  return false;
}

function add(counts: Int32Array, values: readonly number[] | undefined): void {
  if (values) for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
}

/** A project that fails in one facet alone still counts in that one: its values are alternatives. */
export function find(columns: Columns, { chosen, from, to, located, allowed }: Wanted, withoutCables: boolean): Found {
  const { size, held, first, last } = columns;
  const counts = Object.fromEntries(FACETS.map((facet) => [facet, new Int32Array(columns.values[facet].length)])) as Found["counts"];
  const found: Found = { bits: new Uint8Array(size), projects: 0, cables: 0, counts, countries: new Int32Array(columns.values.country.length) };
  const cable = columns.values.kind.indexOf(CABLE);
  const anyYear = from === -Infinity && to === Infinity;
  for (let project = 0; project < size; project++) {
    if (allowed && !allowed[project]) continue;
    if (located !== undefined && columns.located[project] !== located) continue;
    let failed: Facet | undefined;
    let fails = 0;
    for (const [facet, numbers] of chosen) {
      if (holds(held[facet][project], numbers)) continue;
      failed = facet;
      if (++fails > 1) break;
    }
    if (fails > 1) continue;
    const [low, high] = [first[project] ?? NO_YEAR, last[project] ?? NO_YEAR];
    if (!anyYear && (low === NO_YEAR || high < from || low > to)) continue;
    if (failed) {
      add(counts[failed], held[failed][project]);
      continue;
    }
    found.bits[project] = 1;
    found.projects++;
    const isCable = held.kind[project]?.includes(cable) ?? false;
    if (isCable) found.cables++;
    for (const facet of FACETS) add(counts[facet], held[facet][project]);
    if (!isCable || !withoutCables) add(found.countries, held.country[project]);
  }
  return found;
}

type Sort = "unit" | "name" | "year" | "status" | "country" | "sources";
const orders = new WeakMap<Columns, Map<string, Int32Array>>();

/** All projects in an order of the table, made once. Columns stand in the order of names, so a tie is settled by position. */
function orderOf(columns: Columns, sort: Sort, descending: boolean): Int32Array {
  const made = orders.get(columns) ?? new Map<string, Int32Array>();
  orders.set(columns, made);
  const name = `${sort} ${descending}`;
  const known = made.get(name);
  if (known) return known;
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
    const late = Uint8Array.from({ length: columns.size }, (_, project) => (sort === "unit" && columns.held.kind[project]?.includes(cable) ? 1 : 0));
    order.sort((a, b) => {
      if (late[a] !== late[b]) return (late[a] ?? 0) - (late[b] ?? 0);
      const [one, other] = [keys[a] as number | string, keys[b] as number | string];
      if (one === other) return a - b;
      if (one === missing) return 1;
      if (other === missing) return -1;
      return (one < other ? -1 : 1) * sign;
    });
  }
  made.set(name, order);
  return order;
}

/** The projects of the page of the table that a query asks for; the same orders as the server's. */
export function pageOf(columns: Columns, found: Found, query: URLSearchParams): number[] {
  const sort = (query.get("sort") || "unit") as Sort;
  const order = query.get("order") || (["name", "country", "status"].includes(sort) ? "asc" : "desc");
  const size = Number(query.get("size") ?? "") || 25;
  const skipped = ((Number(query.get("page") ?? "") || 1) - 1) * size;
  const listed: number[] = [];
  let seen = 0;
  for (const project of orderOf(columns, sort, order === "desc")) {
    if (!found.bits[project] || seen++ < skipped) continue;
    listed.push(project);
    if (listed.length === size) break;
  }
  return listed;
}
