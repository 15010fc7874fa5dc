// Boxes in degrees: west, south, east, north. Longitudes repeat every 360, and the map continues counting beyond 180.
export type Box = [number, number, number, number];

function modulo(degrees: number): number {
  return ((degrees % 360) + 360) % 360;
}

/** Returns whether a longitude is between the west and east of a box, in any copy of the world. */
export function between(longitude: number, west: number, east: number): boolean {
  return east - west >= 360 || modulo(longitude - west) <= east - west;
}

/**
 * Returns a box as the API expects it: rounded to `digits` decimals, within ±180 and ±90, with west greater than east if it
 * crosses the antimeridian.
 */
export function boxOf([west, south, east, north]: Box, digits: number): Box {
  const round = (degrees: number): number => Number(degrees.toFixed(digits));
  const wrapped = (degrees: number): number => round(Math.abs(degrees) <= 180 ? degrees : modulo(degrees + 180) - 180);
  const [left, right] = east - west >= 360 ? [-180, 180] : [wrapped(west), wrapped(east)];
  return [left, round(Math.max(-90, south)), right, round(Math.min(90, north))];
}
