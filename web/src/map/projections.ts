// The two planes of the map: Equal Earth for the world, because shaded countries need equal areas, and Mercator when zoomed in,
// because it keeps north up and the shapes of towns, and has no edge at the 180th meridian.
import { addCoordinateTransforms, addProjection } from "ol/proj.js";
import Projection from "ol/proj/Projection.js";
import type { Box } from "./box.ts";
import { ACROSS, resolutionOf } from "./zoom-and-resolution.ts";

export interface Plane {
  /** The code in OpenLayers. */
  code: string;
  /** Whether the world repeats to the east and west. */
  wraps: boolean;
  /** Half of the width and height, in metres. */
  limit: readonly [number, number];
  /** Projects a point from degrees to metres. */
  project: (longitude: number, latitude: number) => [number, number];
  /** Converts a point from metres back to degrees. */
  unproject: (x: number, y: number) => [number, number];
  /** The smallest area of an island that is drawn, in square degrees at the equator. */
  smallest: number;
  /** Returns how many metres on the plane correspond to one metre on the ground. */
  stretch: (latitude: number) => number;
}

const RADIUS = ACROSS / (2 * Math.PI);
const DEGREE = Math.PI / 180;
/** The latitude at which the map ends, because Mercator extends to infinity. */
const NORTHERNMOST = 85.0511;

function latitudeTo(latitude: number): number {
  return Math.min(NORTHERNMOST, Math.max(-NORTHERNMOST, latitude));
}

export const MERCATOR: Plane = {
  code: "EPSG:3857",
  wraps: true,
  limit: [ACROSS / 2, ACROSS / 2],
  smallest: 0,
  project: (longitude, latitude) => [longitude * DEGREE * RADIUS, RADIUS * Math.log(Math.tan(Math.PI / 4 + (latitudeTo(latitude) * DEGREE) / 2))],
  unproject: (x, y) => [x / RADIUS / DEGREE, (2 * Math.atan(Math.exp(y / RADIUS)) - Math.PI / 2) / DEGREE],
  stretch: (latitude) => 1 / Math.cos(latitudeTo(latitude) * DEGREE),
};

// Coefficients of Equal Earth (Šavrič, Patterson and Jenny 2019), as on the server (src/overt/maps/projection.py).
const [A1, A2, A3, A4] = [1.340264, -0.081106, 0.000893, 0.003796];
const M = Math.sqrt(3) / 2;

function northOf(theta: number): number {
  const square = theta * theta;
  return theta * (A1 + A2 * square + square ** 3 * (A3 + A4 * square));
}

function slopeOf(theta: number): number {
  const square = theta * theta;
  return A1 + 3 * A2 * square + square ** 3 * (7 * A3 + 9 * A4 * square);
}

export const EQUAL_EARTH: Plane = {
  code: "EPSG:8857",
  wraps: false,
  limit: [(RADIUS * Math.PI) / (M * A1), RADIUS * northOf(Math.asin(M))],
  smallest: 0.03, // less than two pixels across where the other plane begins
  project: (longitude, latitude) => {
    const theta = Math.asin(M * Math.sin(latitude * DEGREE));
    return [(RADIUS * longitude * DEGREE * Math.cos(theta)) / (M * slopeOf(theta)), RADIUS * northOf(theta)];
  },
  unproject: (x, y) => {
    const target = y / RADIUS;
    let theta = target / A1;
    for (let step = 0; step < 8; step++) theta -= (northOf(theta) - target) / slopeOf(theta);
    const latitude = Math.asin(Math.min(1, Math.max(-1, Math.sin(theta) / M))) / DEGREE;
    return [((x / RADIUS) * M * slopeOf(theta)) / Math.cos(theta) / DEGREE, latitude];
  },
  stretch: () => 1,
};

/** Metres on the ground per pixel below which the map switches to Mercator's plane, and up to which it stays there. */
const [CLOSE, FAR] = [resolutionOf(4), resolutionOf(3.3)];

/** Returns the plane for a number of metres on the ground per pixel. Near the switch, the current plane stays. */
export function planeFor(ground: number, present: Plane = EQUAL_EARTH): Plane {
  return ground <= (present === MERCATOR ? FAR : CLOSE) ? MERCATOR : EQUAL_EARTH;
}

/** Returns the box in metres around a box in degrees, whose sides may be curved on the plane. */
export function extentOf([west, south, east, north]: Box, plane: Plane): [number, number, number, number] {
  const latitudes = [south, north, ...[0].filter((equator) => south < equator && equator < north)];
  const points = latitudes.flatMap((latitude) => [plane.project(west, latitude), plane.project(east, latitude)]);
  const [across, up] = [points.map(([x]) => x), points.map(([, y]) => y)];
  return [Math.min(...across), Math.min(...up), Math.max(...across), Math.max(...up)];
}

/** Returns the box in degrees around a box in metres, without the part beyond the edge of the world. */
export function degreesOf([left = 0, low = 0, right = 0, high = 0]: readonly number[], plane: Plane): Box {
  const [width, height] = plane.limit;
  const rows = [low, high, ...[0].filter((equator) => low < equator && equator < high)].map((y) => Math.min(height, Math.max(-height, y)));
  const sides = plane.wraps ? [left, right] : [left, right].map((x) => Math.min(width, Math.max(-width, x)));
  const points = rows.flatMap((y) => sides.map((x) => plane.unproject(x, y)));
  const longitudes = points.map(([x]) => (plane.wraps ? x : Math.min(180, Math.max(-180, x))));
  const latitudes = points.map(([, y]) => y);
  return [Math.min(...longitudes), Math.min(...latitudes), Math.max(...longitudes), Math.max(...latitudes)];
}

/** Registers Equal Earth with OpenLayers. */
export function addPlanes(): void {
  const [x, y] = EQUAL_EARTH.limit;
  const projection = new Projection({ code: EQUAL_EARTH.code, units: "m", extent: [-x, -y, x, y], global: false });
  addProjection(projection);
  addCoordinateTransforms("EPSG:4326", projection, ([longitude = 0, latitude = 0]) => EQUAL_EARTH.project(longitude, latitude), ([east = 0, north = 0]) => EQUAL_EARTH.unproject(east, north));
}
