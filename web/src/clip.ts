// Routes near what is in sight. A browser draws every dash of a dashed line, of an ocean's length far outside the picture, too.
import MultiLineString from "ol/geom/MultiLineString.js";
import { clipPolyline } from "lineclip";
import { ACROSS } from "./zoom.ts";

/** The parts of a route that lie in a box of metres, which may reach over the edge of the world. */
export function clipped(route: MultiLineString, [west = 0, south = 0, east = 0, north = 0]: readonly number[]): MultiLineString {
  const world = Math.round((west + east) / 2 / ACROSS) * ACROSS;
  const parts: [number, number][][] = [];
  for (const line of route.getCoordinates() as [number, number][][]) {
    for (const copy of [world - ACROSS, world, world + ACROSS]) {
      if (west - copy <= ACROSS / 2 && east - copy >= -ACROSS / 2) clipPolyline(line, [west - copy, south, east - copy, north], parts);
    }
  }
  return new MultiLineString(parts);
}
