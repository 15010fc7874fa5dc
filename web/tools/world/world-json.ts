// world.json: the shape of every country and territory, small enough to send.
import type { Feature, MultiPolygon, Polygon, Position } from "geojson";
import polylabel from "polylabel";
import { feature } from "topojson-client";
import { areaOf, DISPUTED, everyCode, FINE, inBox, nameOf, PARTS, readPackageJson } from "./natural-earth-codes.ts";
import type { World as WorldOfMap, WorldArea } from "../../src/map-data.ts";
import { flat, signedArea } from "./spherical-to-planar-polygons.ts";
import { ringArea, simplified, type World } from "./simplification.ts";

/** In steradians (about 3,000 km²). Countries smaller than this are also drawn as a dot. */
const SMALL = 7.5e-5;
/** In steradians (about 1,200 km²). Countries without a polygon of this size, such as Cape Verde, are also drawn as a dot. */
const SCATTERED = 3e-5;
/** In steradians (about 600 km²). Countries whose largest polygon is smaller than this get a third decimal. */
const TINY = 1.5e-5;
/** In steradians (about 490 km²). Polygons smaller than this are left out unless they are a large part of their country. */
const MIN_AREA = 1.2e-5;
/** The maximum size of world.json in bytes. */
const MAX_FILE_LENGTH = 360_000;

interface Shape {
  number?: string;
  name: string;
  polygons: Position[][][];
}

function shapesOf(world: World): Shape[] {
  const { features } = feature(world, world.objects.countries);
  return features.map(({ id, properties, geometry }) => {
    if (geometry.type !== "Polygon" && geometry.type !== "MultiPolygon") throw new Error(`world.json: ${properties.name} is no polygon`);
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    return { ...(id === undefined ? {} : { number: String(id) }), name: properties.name, polygons };
  });
}

function sizeOf(polygon: Position[][]): number {
  return ringArea(polygon[0] ?? []);
}

/** Groups polygons by code. `PARTS` are taken out of the country that includes them, and territories in `FINE` are added. */
function grouped(shapes: Shape[], fine: Shape[]): Map<string, { name: string; polygons: Position[][][] }> {
  const groups = new Map<string, { name: string; polygons: Position[][][] }>();
  const add = (code: string, name: string, polygons: Position[][][]): void => {
    if (polygons.length === 0) throw new Error(`world.json: no polygon for ${code} ${name}`);
    groups.set(code, { name, polygons: [...(groups.get(code)?.polygons ?? []), ...polygons] });
  };
  for (const shape of shapes) {
    let rest = shape.polygons;
    for (const part of PARTS.filter(({ of }) => of === shape.name)) {
      const inside = (polygon: Position[][]): boolean => (polygon[0] ?? []).every((point) => inBox(part.box, point));
      add(part.code, nameOf(part.code), rest.filter(inside));
      rest = rest.filter((polygon) => !inside(polygon));
    }
    if (rest.length === 0) continue;
    const area = areaOf(shape.number, shape.name);
    add(area.code, area.name, rest);
  }
  for (const { of, code, box } of FINE) {
    const polygons = fine.find(({ name }) => name === of)?.polygons ?? [];
    add(code, nameOf(code), box ? polygons.filter(([ring]) => inBox(box, ring?.[0] ?? [])) : polygons);
  }
  return groups;
}

function toFeature(code: string, name: string, polygons: Position[][][]): Feature<Polygon | MultiPolygon, WorldArea> {
  const sizes = polygons.map(sizeOf);
  const largest = Math.max(...sizes);
  const large = polygons.filter((_, index) => (sizes[index] ?? 0) >= Math.min(MIN_AREA, largest / 20));
  const coordinates = flat({ type: "MultiPolygon", coordinates: large }, largest < TINY ? 3 : 2);
  const [main] = [...coordinates].sort((a, b) => signedArea(b[0] ?? []) - signedArea(a[0] ?? []));
  if (!main) throw new Error(`world.json: ${name} vanished`);
  const [x, y] = polylabel(main, 0.05);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const properties = { code, name, disputed: DISPUTED.has(code), small: total < SMALL || largest < SCATTERED, x: Number(x.toFixed(2)), y: Number(y.toFixed(2)) };
  const geometry: Polygon | MultiPolygon = coordinates.length === 1 ? { type: "Polygon", coordinates: main } : { type: "MultiPolygon", coordinates };
  return { type: "Feature", properties, geometry };
}

/** Returns the text of world.json. Throws if a country is missing, a code is unknown or the file is too large. */
export function worldJson(): string {
  const coarse = shapesOf(simplified(readPackageJson<World>("world-atlas/countries-50m.json")));
  const fine = shapesOf(readPackageJson<World>("world-atlas/countries-10m.json"));
  const groups = grouped(coarse, fine);
  const missing = everyCode.filter((code) => !groups.has(code));
  if (missing.length > 0) throw new Error(`world.json: no shape for ${missing.join(", ")}`);
  const features = [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, { name, polygons }]) => toFeature(code, name, polygons));
  const collection: WorldOfMap = { type: "FeatureCollection", features };
  const text = JSON.stringify(collection);
  if (text.length > MAX_FILE_LENGTH) throw new Error(`world.json: ${text.length} bytes, more than ${MAX_FILE_LENGTH}`);
  return text;
}
