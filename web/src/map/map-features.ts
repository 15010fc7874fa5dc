// OpenLayers features below the marks: countries, borders, labels, routes, and landing points with their names.
import type { FeatureCollection, LineString as Line, MultiLineString as MultiLines } from "geojson";
import Feature from "ol/Feature.js";
import LineString from "ol/geom/LineString.js";
import MultiLineString from "ol/geom/MultiLineString.js";
import MultiPoint from "ol/geom/MultiPoint.js";
import MultiPolygon from "ol/geom/MultiPolygon.js";
import Point from "ol/geom/Point.js";
import VectorSource from "ol/source/Vector.js";
import { borderLines } from "./border-lines.ts";
import type { Columns } from "../project-columns.ts";
import type { World } from "../map-data.ts";
import { type CableGroup, cableGroup } from "./cable-supplier-groups.ts";
import type { Speck } from "./clusters.ts";
import type { Plane } from "./projections.ts";
import { areaName } from "../area-names.ts";
import { largestArea } from "./tiny-island-filter.ts";

type Degrees = readonly (readonly number[])[];

type Project = Plane["project"];

function flat(line: Degrees, project: Project): number[][] {
  return line.map(([longitude = 0, latitude = 0]) => project(longitude, latitude));
}

/** Returns the countries, each with its code. */
export function countriesOf(world: World, { project }: Plane): VectorSource {
  const features = world.features.map(({ properties: { code }, geometry }) => {
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    return new Feature({ geometry: new MultiPolygon(polygons.map((rings) => rings.map((ring) => flat(ring, project)))), code });
  });
  return new VectorSource({ features });
}

/** Fills a source with borders in steps, one feature per line, because a browser draws many short paths faster than a long one. */
export function* addBorders(source: VectorSource, world: World, { project }: Plane): Generator<void> {
  for (const { disputed, lines } of borderLines(world)) {
    source.addFeatures(lines.map((line) => new Feature({ geometry: new LineString(flat(line, project)), disputed })));
    yield;
  }
}

/** Returns the positions of labels, and of the dots for small countries. Large countries come first: of two labels that overlap, the map draws the first. */
export function labelsOf(world: World, { project }: Plane): VectorSource {
  const sorted = world.features.map((country) => ({ area: largestArea(country), ...country })).sort((a, b) => b.area - a.area);
  const features = sorted.map(({ properties: { code, name, small, x, y } }) => new Feature({ geometry: new Point(project(x, y)), code, small, label: areaName(code, name) }));
  return new VectorSource({ features });
}

/** Returns the countries too small to be seen on a map of the world, by code. */
export function specksOf(world: World): Map<string, Speck> {
  const small = world.features.filter(({ properties }) => properties.small && properties.code !== "");
  return new Map(small.map(({ properties: { code, x, y } }) => [code, { longitude: x, latitude: y }]));
}

export interface RouteProperties {
  project?: number;
  schematic: boolean;
  layer: unknown;
  /** The group of suppliers of a cable. */
  group?: CableGroup | undefined;
  /** The properties of the GeoJSON feature, if there are no columns. */
  properties?: Record<string, unknown>;
}

function route(lines: Degrees[], properties: RouteProperties, plane: Plane): Feature {
  return new Feature({ geometry: new MultiLineString(lines.map((line) => flat(line, plane.project))), ...properties });
}

/** Returns the routes. `named`: ids of the suppliers whose cables have a colour of their own. */
export function routesOf({ routes, tops, suppliers, organizations }: Columns, plane: Plane, named: readonly string[]): Feature[] {
  const groupOf = (project: number): CableGroup => cableGroup((suppliers[project] ?? []).map((supplier) => organizations.ids[supplier] ?? ""), named);
  return routes.map(({ project, schematic, lines }) => route(lines, { project, schematic, layer: tops[project], group: tops[project] === "cables" ? groupOf(project) : undefined }, plane));
}

/** Returns routes from GeoJSON. */
export function routesFrom({ features }: FeatureCollection<Line | MultiLines>, plane: Plane, named: readonly string[]): Feature[] {
  return features.map(({ geometry: { type, coordinates }, properties }) => {
    const lines = type === "LineString" ? [coordinates as Degrees] : (coordinates as Degrees[]);
    const [layer, suppliers] = [properties?.["layer"] as unknown, properties?.["supplier"] as unknown];
    const group = layer === "cables" ? cableGroup(Array.isArray(suppliers) ? suppliers.map(String) : [], named) : undefined;
    return route(lines, { schematic: properties?.["precision"] === "schematic", layer, group, properties: properties ?? {} }, plane);
  });
}

/** Returns landing points, with one feature per cable. */
export function landingsOf({ places, tops }: Columns, plane: Plane): Feature[] {
  const points = new Map<number, number[][]>();
  places.project.forEach((project, place) => {
    if (tops[project] !== "cables") return;
    const at = plane.project(places.longitude[place] ?? 0, places.latitude[place] ?? 0);
    const cable = points.get(project);
    if (cable) cable.push(at);
    else points.set(project, [at]);
  });
  return [...points].map(([project, all]) => new Feature({ geometry: new MultiPoint(all), project }));
}

/** Returns the names of the places where cables land, one per place, each with the indexes of its cables in the columns. */
export function portsOf({ places, tops }: Columns, plane: Plane): Feature[] {
  const ports = new Map<string, { x: number; y: number; label: string; projects: number[] }>();
  places.project.forEach((project, place) => {
    const label = (places.label[place] ?? "").split(",")[0]?.trim() ?? "";
    if (tops[project] !== "cables" || label === "") return;
    const [x, y] = [places.longitude[place] ?? 0, places.latitude[place] ?? 0];
    const key = `${label} ${x.toFixed(1)} ${y.toFixed(1)}`;
    const port = ports.get(key);
    if (port) port.projects.push(project);
    else ports.set(key, { x, y, label, projects: [project] });
  });
  return [...ports.values()].map(({ x, y, label, projects }) => new Feature({ geometry: new Point(plane.project(x, y)), label, projects }));
}
