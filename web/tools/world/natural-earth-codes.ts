// The code of each Natural Earth shape: its ISO 3166-1 code, or Overt's own if ISO has none.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
// `make docs` writes this file from Overt's vocabulary of areas, so that the map names countries as the pages do.
import listed from "./areas.json" with { type: "json" };

const require = createRequire(import.meta.url);

export interface Area {
  code: string;
  name: string;
}

interface ListedArea extends Area {
  /** The number of ISO 3166-1, which Natural Earth gives its shapes. */
  number?: string;
}

export function readPackageJson<T>(path: string): T {
  return JSON.parse(readFileSync(require.resolve(path), "utf8")) as T;
}

const areas: readonly ListedArea[] = listed;
const byNumber = new Map(areas.filter(({ number }) => number !== undefined).map((area) => [area.number, area]));
const byCode = new Map(areas.map((area) => [area.code, area]));

/** Every ISO 3166-1 alpha-2 code, and Overt's own codes of the areas on the map that ISO lacks. */
export const everyCode: readonly string[] = areas.map(({ code }) => code);

/** Codes of shapes without an ISO number, by Natural Earth's name. */
const WITHOUT_NUMBER: Record<string, string> = { Kosovo: "XK", Somaliland: "X-SOMALILAND", "N. Cyprus": "X-NORTHERN-CYPRUS" };
/** The only shape without a code. It has no page. */
const WITHOUT_CODE = "Siachen Glacier";

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
  const area = byCode.get(code);
  if (!area) throw new Error(`world.json: no name for ${code}`);
  return area.name;
}

/** Returns the area of a Natural Earth shape. Throws if it is neither in ISO nor one of the shapes above. */
export function areaOf(number: string | undefined, name: string): Area {
  if (name === WITHOUT_CODE) return { code: "", name };
  const area = byCode.get(WITHOUT_NUMBER[name] ?? "") ?? byNumber.get(number);
  if (!area) throw new Error(`world.json: no code for ${name} (${number ?? "no number"})`);
  return area;
}

export function inBox([west, south, east, north]: Box, [x, y]: readonly number[]): boolean {
  return x !== undefined && y !== undefined && x >= west && x <= east && y >= south && y <= north;
}
