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

/** Returns the zoom for which marks are clustered: the last half step, so that the distance between marks stays about the same. */
export function clusterLevel(zoom: number): number {
  return Math.floor(zoom * 2) / 2;
}
