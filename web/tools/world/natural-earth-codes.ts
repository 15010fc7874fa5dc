// The code of each Natural Earth shape: its ISO 3166-1 code, or Overt's own if ISO has none.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

export interface Area {
  code: string;
  name: string;
}

interface Country {
  cca2: string;
  ccn3: string;
  name: { common: string };
}

export function readPackageJson<T>(path: string): T {
  return JSON.parse(readFileSync(require.resolve(path), "utf8")) as T;
}

const countries = readPackageJson<Country[]>("world-countries/countries.json");
const byNumber = new Map(countries.filter((country) => country.ccn3 !== "").map((country) => [country.ccn3, country]));
const byCode = new Map(countries.map((country) => [country.cca2, country]));

/** Every ISO 3166-1 alpha-2 code, and Kosovo's code. */
export const everyCode: readonly string[] = countries.map((country) => country.cca2).sort();

/** Shapes without an ISO number, by Natural Earth's name. An area with an empty code has no page. */
const WITHOUT_NUMBER: Record<string, Area> = {
  Kosovo: { code: "XK", name: "Kosovo" },
  Somaliland: { code: "X-SOMALILAND", name: "Somaliland" },
  "N. Cyprus": { code: "X-NORTHERN-CYPRUS", name: "Northern Cyprus" },
  "Siachen Glacier": { code: "", name: "Siachen Glacier" },
};

/** Areas that are entirely claimed by a state that doesn't control them, according to Natural Earth. Their outlines are dashed. */
export const DISPUTED: ReadonlySet<string> = new Set(["", "EH", "FK", "GS", "IO", "PS", "TW", "XK", "X-CRIMEA", "X-NORTHERN-CYPRUS", "X-SOMALILAND"]);

type Box = readonly [west: number, south: number, east: number, north: number];

/** Polygons that Natural Earth includes in another country although they have their own code. */
export const PARTS: readonly { of: string; code: string; box: Box }[] = [
  { of: "France", code: "GF", box: [-55, 2, -51, 6] },
  { of: "France", code: "GP", box: [-62, 15.7, -60.9, 16.6] },
  { of: "France", code: "MQ", box: [-61.4, 14.2, -60.6, 15] },
  { of: "France", code: "RE", box: [55, -21.6, 56, -20.7] },
  { of: "France", code: "YT", box: [44.8, -13.2, 45.5, -12.5] },
  { of: "Netherlands", code: "BQ", box: [-69, 12, -62.8, 18] },
  { of: "Norway", code: "SJ", box: [-10, 70.7, 35, 81] },
  { of: "Indian Ocean Ter.", code: "CC", box: [96, -13, 97.5, -11] },
  { of: "Indian Ocean Ter.", code: "CX", box: [105, -11, 106, -10] },
  { of: "Russia", code: "X-CRIMEA", box: [32, 44, 37, 46.3] },
];

/** Territories that are missing from the 1:50 million file and taken from the 1:10 million file. */
export const FINE: readonly { of: string; code: string; box?: Box }[] = [
  { of: "Tuvalu", code: "TV" },
  { of: "Gibraltar", code: "GI" },
  { of: "U.S. Minor Outlying Is.", code: "UM" },
  { of: "New Zealand", code: "TK", box: [-173, -10, -170, -8] },
  { of: "Norway", code: "BV", box: [3, -55, 4, -54] },
];

export function nameOf(code: string): string {
  if (code === "X-CRIMEA") return "Crimea";
  const country = byCode.get(code);
  if (!country) throw new Error(`world.json: no name for ${code}`);
  return country.name.common;
}

/** Returns the area of a Natural Earth shape. Throws if it is neither in ISO nor in our list. */
export function areaOf(number: string | undefined, name: string): Area {
  const area = WITHOUT_NUMBER[name];
  if (area) return area;
  const country = number === undefined ? undefined : byNumber.get(number);
  if (!country) throw new Error(`world.json: no code for ${name} (${number ?? "no number"})`);
  return { code: country.cca2, name: country.name.common };
}

export function inBox([west, south, east, north]: Box, [x, y]: readonly number[]): boolean {
  return x !== undefined && y !== undefined && x >= west && x <= east && y >= south && y <= north;
}
