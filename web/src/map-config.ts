// The script's configuration, from the data- attributes of <section id="map">.

/** The name beside a circle. Positions are in pixels to the right of the circle's middle and below it. */
export interface CircleName {
  code: string;
  lines: string[];
  /** The middle of the name. */
  x: number;
  y: number;
  /** The ends of the line from the circle to the name, x and y of each; empty if the name is directly beside the circle. */
  line: number[];
}

export interface MapConfig {
  world: string;
  /** The address of all projects as columns; undefined if there are too many to send at once. */
  columns: string | undefined;
  /** The address of the ids of projects that match words or a box; undefined if there are no columns. */
  matches: string | undefined;
  /** The address of the shading of countries. */
  countries: string | undefined;
  /** The address of a tile of marks, with {z}, {x} and {y}, if there are no columns. */
  tiles: string | undefined;
  /** The address of routes as GeoJSON, if there are no columns. */
  routes: string | undefined;
  /** The addresses of pages, with `{code}` or `{id}` for the code or id. */
  countryUrl: string;
  projectUrl: string;
  organizationUrl: string;
  /**
   * Systems with a named supplier, counted by country. The map shows them as circles until the reader chooses a filter or a
   * shading. Empty if there is no such map.
   */
  systems: Map<string, number>;
  /** State programmes by country. `systems` leaves them out. */
  programmes: Map<string, number>;
  /** Countries in which no system has a named customer or operator. */
  unnamed: Set<string>;
  /** The places of the systems' circles, in degrees. */
  places: Map<string, [number, number]>;
  /** The names beside these circles. */
  names: CircleName[];
  /** Ids of the suppliers whose cables have a colour of their own. */
  cableSuppliers: string[];
  /** The first view: west, south, east, north in degrees. */
  bounds: [number, number, number, number];
  /** Whether the page has only a part of the release's projects. */
  part: boolean;
}

/** The inhabited world. The map's aspect ratio decides how much more is visible. */
const INHABITED: MapConfig["bounds"] = [-180, -56, 180, 74];

/** Parses `1,2,3`. */
export function numbers(text: string | undefined): number[] {
  return (text ?? "").split(",").filter(Boolean).map(Number).filter(Number.isFinite);
}

/** Parses `KE:4,LA:1`. */
function counts(text: string | undefined): Map<string, number> {
  const pairs = (text ?? "").split(",").filter(Boolean).map((pair) => pair.split(":"));
  return new Map(pairs.map(([code = "", count]) => [code, Number(count) || 0]));
}

/** Parses `AE:54.1:23.9,…`. */
function placesFrom(text: string | undefined): Map<string, [number, number]> {
  const rows = (text ?? "").split(",").filter(Boolean).map((row) => row.split(":"));
  return new Map(rows.map(([code = "", longitude, latitude]) => [code, [Number(longitude) || 0, Number(latitude) || 0]]));
}

function namesFrom(text: string | undefined): CircleName[] {
  return (JSON.parse(text ?? "[]") as [string, string[], number, number, ...number[]][]).map(([code, lines, x, y, ...line]) => ({ code, lines, x, y, line }));
}

function boundsFrom(text: string | undefined): MapConfig["bounds"] {
  const sides = numbers(text);
  return sides.length === 4 ? (sides as MapConfig["bounds"]) : INHABITED;
}

/** Reads the attributes of the section. Undefined if it has no address of the world's shapes. */
export function readConfig(section: HTMLElement): MapConfig | undefined {
  const { world, columns, found, countries, tiles, routes, countryUrl, projectUrl, organizationUrl, systems, programmes, unnamed, places, names, cableSuppliers, bounds, part } = section.dataset;
  if (!world) return undefined;
  return {
    world,
    columns,
    matches: found,
    countries,
    tiles,
    routes,
    countryUrl: countryUrl ?? "/country/{code}",
    organizationUrl: organizationUrl ?? "/organization/{id}",
    projectUrl: projectUrl ?? "/project/{id}",
    systems: counts(systems),
    programmes: counts(programmes),
    unnamed: new Set((unnamed ?? "").split(",").filter(Boolean)),
    places: placesFrom(places),
    names: namesFrom(names),
    cableSuppliers: (cableSuppliers ?? "").split(",").filter(Boolean),
    bounds: boundsFrom(bounds),
    part: part !== undefined,
  };
}
