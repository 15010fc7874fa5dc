// Converts spherical polygons to flat ones in degrees: cut at the antimeridian, rounded, and wound as RFC 7946 requires.
import { geoEquirectangular } from "d3-geo";
import { geoProject } from "d3-geo-projection";
import type { MultiPolygon, Polygon, Position } from "geojson";

const plain = geoEquirectangular().scale(180 / Math.PI).translate([0, 0]).reflectY(true).precision(0);

/** Returns the area in square degrees, positive for an anticlockwise ring. */
export function signedArea(ring: readonly Position[]): number {
  let sum = 0;
  for (let index = 0; index + 1 < ring.length; index++) {
    const [x0, y0] = ring[index] as [number, number];
    const [x1, y1] = ring[index + 1] as [number, number];
    sum += x0 * y1 - x1 * y0;
  }
  return sum / 2;
}

function rounded(ring: readonly Position[], digits: number): Position[] {
  const points: Position[] = [];
  for (const [x, y] of ring as [number, number][]) {
    const point = [Number(x.toFixed(digits)) + 0, Number(y.toFixed(digits)) + 0];
    const last = points[points.length - 1];
    if (last?.[0] !== point[0] || last?.[1] !== point[1]) points.push(point);
  }
  return points;
}

function wound(ring: Position[], anticlockwise: boolean): Position[] {
  return signedArea(ring) > 0 === anticlockwise ? ring : [...ring].reverse();
}

/** Returns the polygons of a shape with `digits` decimals, without rings that vanish by rounding. */
export function flat(geometry: Polygon | MultiPolygon, digits: number): Position[][][] {
  const cut = geoProject(geometry, plain);
  if (!cut) return [];
  const polygons = cut.type === "Polygon" ? [cut.coordinates] : cut.coordinates;
  const flattened: Position[][][] = [];
  for (const polygon of polygons) {
    const rings = polygon.map((ring) => rounded(ring, digits)).filter((ring) => ring.length >= 4 && signedArea(ring) !== 0);
    if (polygon[0] && rings[0] && rounded(polygon[0], digits).length >= 4) flattened.push(rings.map((ring, index) => wound(ring, index === 0)));
  }
  return flattened;
}
