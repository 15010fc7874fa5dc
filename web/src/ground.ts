// What lies under the marks, as OpenLayers takes it: countries, their borders and names, routes of cables and where they land.
import type { FeatureCollection, LineString, MultiLineString as MultiLines } from "geojson";
import Feature from "ol/Feature.js";
import MultiLineString from "ol/geom/MultiLineString.js";
import MultiPoint from "ol/geom/MultiPoint.js";
import MultiPolygon from "ol/geom/MultiPolygon.js";
import Point from "ol/geom/Point.js";
import { fromLonLat } from "ol/proj.js";
import VectorSource from "ol/source/Vector.js";
import { bordersOf } from "./borders.ts";
import type { Columns } from "./columns.ts";
import type { World } from "./data.ts";
import { areaName } from "./words.ts";

type Degrees = readonly (readonly number[])[];

function flat(line: Degrees): number[][] {
  return line.map(([longitude = 0, latitude = 0]) => fromLonLat([longitude, latitude]));
}

/** Countries; each feature's id is its code, empty ones have none. */
export function countriesOf(world: World): VectorSource {
  const features = world.features.map(({ properties: { code }, geometry }) => {
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    return new Feature({ geometry: new MultiPolygon(polygons.map((rings) => rings.map(flat))), code });
  });
  return new VectorSource({ features });
}

export function bordersSource(world: World): VectorSource {
  const features = bordersOf(world).features.map(({ properties: { disputed }, geometry }) => new Feature({ geometry: new MultiLineString(geometry.coordinates.map(flat)), disputed }));
  return new VectorSource({ features });
}

/** Where names stand, and dots of countries too small to be seen. */
export function labelsOf(world: World): VectorSource {
  const features = world.features.map(({ properties: { code, name, small, x, y } }) => new Feature({ geometry: new Point(fromLonLat([x, y])), code, small, label: areaName(code, name) }));
  return new VectorSource({ features });
}

export interface RouteSaid {
  project?: number;
  schematic: boolean;
  layer: unknown;
  /** What a route says of its project, where there are no columns. */
  said?: Record<string, unknown>;
}

function route(lines: Degrees[], said: RouteSaid): Feature {
  return new Feature({ geometry: new MultiLineString(lines.map(flat)), ...said });
}

export function routesOf({ routes, tops }: Columns): Feature[] {
  return routes.map(({ project, schematic, lines }) => route(lines, { project, schematic, layer: tops[project] }));
}

/** The same out of GeoJSON. */
export function routesFrom({ features }: FeatureCollection<LineString | MultiLines>): Feature[] {
  return features.map(({ geometry: { type, coordinates }, properties }) =>
    route(type === "LineString" ? [coordinates as Degrees] : (coordinates as Degrees[]), { schematic: properties?.["precision"] === "schematic", layer: properties?.["layer"], said: properties ?? {} }),
  );
}

/** Where cables land: a feature a cable. */
export function landingsOf({ places, tops }: Columns): Feature[] {
  const points = new Map<number, number[][]>();
  places.project.forEach((project, place) => {
    if (tops[project] !== "cables") return;
    const at = fromLonLat([places.longitude[place] ?? 0, places.latitude[place] ?? 0]);
    const held = points.get(project);
    if (held) held.push(at);
    else points.set(project, [at]);
  });
  return [...points].map(([project, all]) => new Feature({ geometry: new MultiPoint(all), project }));
}
