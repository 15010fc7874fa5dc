// Shades of countries by the projects that were found here, in the steps that the server gave for the whole release.
import type { Columns } from "./columns.ts";
import type { MapConfig } from "./config.ts";
import type { Shading } from "./data.ts";
import type { Found } from "./engine.ts";
import { words } from "./words.ts";

/** 1 to 5; 0 where there is nothing. */
function shadeOf(count: number, breaks: readonly number[]): number {
  return breaks.filter((least) => count >= least).length;
}

/** `filtered`: whether anything is left out by what the reader chose; `apart`: whether submarine cables are. */
export function shadingOfFound(columns: Columns, found: Found, config: MapConfig, filtered: boolean, apart: boolean): Shading {
  const breaks = apart ? config.breaks : config.breaksAll;
  const countries = new Map<string, [number, string]>();
  columns.values.country.forEach((code, number) => {
    const count = found.countries[number] ?? 0;
    if (count > 0) countries.set(code, [shadeOf(count, breaks), words.projects(count, apart)]);
  });
  return { countries, otherwise: config.part && !filtered ? words.noneOfPart : words.noneHere(filtered, apart), hatched: true };
}
