// Routes clipped to the view. Otherwise a browser draws every dash of a line across an ocean, even far outside the view.
import MultiLineString from "ol/geom/MultiLineString.js";
import { clipPolyline } from "lineclip";
import { ACROSS } from "./zoom-and-resolution.ts";

/** Returns the parts of a route in a box, in metres in Web Mercator. The box may cross the edge of the world. */
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
