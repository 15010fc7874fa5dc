// The sizes of marks in pixels, for drawing them, for finding them under the pointer, and for keeping them apart.

/** The width and height of a sign. */
export const SIZE = 18;
const LARGEST = 16;

/** Returns the radius of a mark: of a sign, or of a circle, which grows with the number of its projects. */
export function radiusFor(count: number): number {
  return count === 1 ? SIZE / 2 : Math.min(LARGEST, 6 + 0.85 * Math.sqrt(count));
}
