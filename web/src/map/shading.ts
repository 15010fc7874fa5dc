// Shades of countries by matching projects, or by systems with a named supplier, in the server's steps for the complete release.
import type { Columns } from "../project-columns.ts";
import type { MapConfig } from "../map-config.ts";
import type { Shading } from "../map-data.ts";
import type { Matches } from "../explorer/project-filter.ts";
import { words } from "../words.ts";

/** The maximum number of countries with a name on a map of the world. */
const LEADING = 3;

/** Returns the shade of a count: 1 to 5, or 0 for none. */
function shadeOf(count: number, breaks: readonly number[]): number {
  return breaks.filter((least) => count >= least).length;
}

/**
 * Returns the shading by matches. `filtered`: whether the reader has chosen any filter. `withoutCables`: whether the matches by
 * country leave out cables.
 */
export function shadingOfMatches(columns: Columns, matches: Matches, config: MapConfig, filtered: boolean, withoutCables: boolean): Shading {
  const breaks = withoutCables ? config.breaks : config.breaksAll;
  const countries = new Map<string, [number, string]>();
  columns.values.country.forEach((code, number) => {
    const count = matches.countries[number] ?? 0;
    if (count > 0) countries.set(code, [shadeOf(count, breaks), words.projects(count, withoutCables)]);
  });
  return { palette: "project", countries, defaultText: config.part && !filtered ? words.noneOfPart : words.noneHere(filtered, withoutCables), hatched: true };
}

/** Returns the countries with the most systems, at most `LEADING` of them. If more would have the same number as the last, none of these is included. */
function leadingOf(systems: ReadonlyMap<string, number>): Map<string, number> {
  const ranked = [...systems].sort(([, a], [, b]) => b - a);
  const beyond = ranked[LEADING]?.[1] ?? 0;
  return new Map(ranked.slice(0, LEADING).filter(([, count]) => count > beyond));
}

/** Returns the shading by systems with a named supplier, which is that of the front page's map. */
export function shadingOfSystems({ systems, programmes, unnamed, breaksSystems }: MapConfig): Shading {
  const codes = new Set([...systems.keys(), ...programmes.keys()]);
  const textOf = (code: string): string => words.systems(systems.get(code) ?? 0, programmes.get(code) ?? 0, unnamed.has(code));
  const countries = new Map([...codes].map((code): [string, [number, string]] => [code, [shadeOf(systems.get(code) ?? 0, breaksSystems), textOf(code)]]));
  return { palette: "count", countries, defaultText: words.systems(0, 0, false), hatched: false, hollow: unnamed, outlined: new Set(programmes.keys()), leading: leadingOf(systems), countsSystems: true };
}
