// Zooms as in addresses: at zoom 0, the world is 512 pixels wide on Mercator's plane. OpenLayers uses resolutions in metres per
// pixel.

/** The width of the world in metres on Mercator's plane. */
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
