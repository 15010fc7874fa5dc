// The numbers that the map shows for countries: of matching projects, or of systems with a named supplier.
import type { Columns } from "../project-columns.ts";
import type { MapConfig } from "../map-config.ts";
import type { Shading } from "../map-data.ts";
import type { Matches } from "../explorer/project-filter.ts";
import { words } from "../words.ts";
import type { CountryNumber } from "./country-circle-sizes-and-places.ts";

/**
 * Returns the shading of countries by their numbers of matches. `filtered`: whether the reader has chosen any filter;
 * `withoutCables`: whether the matches by country leave out cables.
 */
export function shadingOfMatches(columns: Columns, matches: Matches, config: MapConfig, filtered: boolean, withoutCables: boolean): Shading {
  const numbers = new Map<string, CountryNumber>();
  const countries = new Map<string, [number, string]>();
  columns.values.country.forEach((code, index) => {
    const number = matches.countries[index] ?? 0;
    if (number === 0) return;
    numbers.set(code, { number, apart: 0, hollow: false });
    countries.set(code, [1, words.projects(number, withoutCables)]);
  });
  return { palette: "project", countries, numbers, defaultText: config.part && !filtered ? words.noneOfPart : words.noneHere(filtered, withoutCables), hatched: true };
}

/** Returns the shading of countries by their numbers of systems with a named supplier, as on the front page's map. */
export function shadingOfSystems({ systems, programmes, unnamed, places }: MapConfig): Shading {
  const codes = new Set([...systems.keys(), ...programmes.keys()]);
  const numbers = new Map([...codes].map((code): [string, CountryNumber] => [code, { number: systems.get(code) ?? 0, apart: programmes.get(code) ?? 0, hollow: unnamed.has(code) }]));
  const countries = new Map([...numbers].map(([code, { number, apart, hollow }]): [string, [number, string]] => [code, [1, words.systems(number, apart, hollow)]]));
  return { palette: "count", countries, numbers, places, defaultText: words.systems(0, 0, false), hatched: false, countsSystems: true };
}
