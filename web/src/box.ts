// Boxes of degrees around a world whose longitudes come back after 360. West, south, east, north; the map counts on beyond 180.
export type Box = [number, number, number, number];

function modulo(degrees: number): number {
  return ((degrees % 360) + 360) % 360;
}

/** Whether a longitude is between two sides, wherever the map counts them from. */
export function between(longitude: number, west: number, east: number): boolean {
  return east - west >= 360 || modulo(longitude - west) <= east - west;
}

/** A box as the interface takes it: within −180 to 180, west beyond east where it crosses the antimeridian. */
export function boxOf([west, south, east, north]: Box, digits: number): Box {
  const round = (degrees: number): number => Number(degrees.toFixed(digits));
  const wrapped = (degrees: number): number => round(Math.abs(degrees) <= 180 ? degrees : modulo(degrees + 180) - 180);
  const [left, right] = east - west >= 360 ? [-180, 180] : [wrapped(west), wrapped(east)];
  return [left, round(Math.max(-90, south)), right, round(Math.min(90, north))];
}
