// Shades of countries by the projects that were found here, in the steps that the server gave for the whole release.
import type { Columns } from "./columns.ts";
import type { Shading } from "./data.ts";
import type { Found } from "./engine.ts";
import { words } from "./words.ts";

/** 1 to 5; 0 where there is nothing. */
function shadeOf(count: number, breaks: readonly number[]): number {
  return breaks.filter((least) => count >= least).length;
}

export function shadingOfFound(columns: Columns, found: Found, breaks: readonly number[]): Shading {
  const countries = new Map<string, [number, string]>();
  columns.values.country.forEach((code, number) => {
    const count = found.countries[number] ?? 0;
    if (count > 0) countries.set(code, [shadeOf(count, breaks), words.projects(count)]);
  });
  return { countries, otherwise: words.noRecord, hatched: true };
}
