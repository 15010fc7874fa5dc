// Zooms as addresses have them: at zoom 0 the world is 512 pixels wide. OpenLayers counts in metres of Mercator's map a pixel.

/** Metres across the world. */
export const ACROSS = 2 * Math.PI * 6378137;

export function zoomOf(resolution: number): number {
  return Math.log2(ACROSS / 512 / resolution);
}

export function resolutionOf(zoom: number): number {
  return ACROSS / 512 / 2 ** zoom;
}
