// Types for packages without their own.
declare module "lineclip" {
  /** Adds the parts of a line within a box (west, south, east, north) to `result`. */
  export function clipPolyline(points: [number, number][], box: [number, number, number, number], result?: [number, number][][]): [number, number][][];
}
