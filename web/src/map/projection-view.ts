// The OpenLayers view of a plane.
import View from "ol/View.js";
import type { Plane } from "./projections.ts";
import { resolutionOf } from "./zoom-and-resolution.ts";

/** Returns a view. `width`: pixels of the map; `ground`: metres on the ground per pixel, infinite for the entire world. */
export function viewOn({ code, wraps, limit, project, stretch }: Plane, width: number, [longitude, latitude]: [number, number], ground: number): View {
  const [across, up] = limit;
  // The entire world fits the width of the narrowest screen. Only the centre is constrained, because a map may be taller than the
  // world.
  const maxResolution = Math.max(resolutionOf(0), (2 * across) / Math.max(1, width));
  const extent = wraps ? [-Infinity, -up, Infinity, up] : [-across, -up, across, up];
  const bounds = { projection: code, multiWorld: true, constrainOnlyCenter: true, extent, minResolution: resolutionOf(14), maxResolution };
  return new View({ enableRotation: false, center: project(longitude, latitude), resolution: Math.min(maxResolution, ground * stretch(latitude)), ...bounds });
}
