// Converts between the zoom in a page's address and OpenLayers' resolution in metres per pixel. At zoom 0, the world in Web
// Mercator is 512 pixels wide.

/** The width of the world in Web Mercator, in metres. */
export const ACROSS = 2 * Math.PI * 6378137;

export function zoomOf(resolution: number): number {
  return Math.log2(ACROSS / 512 / resolution);
}

export function resolutionOf(zoom: number): number {
  return ACROSS / 512 / 2 ** zoom;
}

/** Rounds a zoom down to a half step. Marks are clustered for that zoom, so that their distance stays about the same. */
export function clusterLevel(zoom: number): number {
  return Math.floor(zoom * 2) / 2;
}
