// Zooms as in addresses: at zoom 0 the world is 512 pixels wide. OpenLayers uses resolutions in Mercator metres a pixel.

/** The width of the world in Mercator metres. */
export const ACROSS = 2 * Math.PI * 6378137;

export function zoomOf(resolution: number): number {
  return Math.log2(ACROSS / 512 / resolution);
}

export function resolutionOf(zoom: number): number {
  return ACROSS / 512 / 2 ** zoom;
}
