// Circles for the numbers of countries: their radii and places, by the same rule as on the server (src/overt/maps/count_circle_sizes_and_positions.py).
import type { World } from "../map-data.ts";
import { EQUAL_EARTH } from "./projections.ts";

/** What is counted in a country. */
export interface CountryNumber {
  number: number;
  /** State programmes, which `number` leaves out. The area of a dashed ring around the circle shows how many. */
  apart: number;
  /** Whether nothing counted there has a named customer or operator. */
  hollow: boolean;
}

/** A circle: its place in degrees, and its radii in pixels of a map that is `PIXELS` wide. */
export interface CountCircle extends CountryNumber {
  code: string;
  place: [number, number];
  radius: number;
  /** The radius of the ring; equal to `radius` if there is none. */
  outer: number;
}

/** The width of a map, in pixels, for which radii are given. */
export const PIXELS = 820;
/** The radius, in pixels, of the largest circle of a map, with its ring. */
const LARGEST = 18;
/** The maximum radius, in pixels, of a circle for 1, so that a map of small numbers has no large circles. */
const LARGEST_OF_ONE = 5;
/** The minimum radius, in pixels, of a circle with its number inside. */
const WITH_NUMBER = 7.5;
/** The number of rounds in which circles are moved apart, and the maximum distance, in pixels, that a circle may be moved. */
const [STEPS, FARTHEST] = [60, 8];
/** Metres per pixel of a map of the world that is `PIXELS` wide. */
const METRES = (2 * EQUAL_EARTH.limit[0]) / PIXELS;

export type Numbers = ReadonlyMap<string, CountryNumber>;

/** Returns the radius, in pixels, of a circle for 1. */
export function unitRadius(numbers: Numbers): number {
  const largest = Math.max(1, ...[...numbers.values()].map(({ number, apart }) => number + apart));
  return Math.min(LARGEST_OF_ONE, LARGEST / Math.sqrt(largest));
}

/** Returns whether there is room for a number inside its circle. */
export function fitsInside({ number, radius }: Pick<CountCircle, "number" | "radius">): boolean {
  return number > 0 && radius >= WITH_NUMBER && String(number).length * 0.54 * 11 <= 1.8 * radius;
}

/**
 * Returns the circles, the largest first. `places`: the server's places for circles, in degrees. A circle without a place lies
 * at its country's label. Without `places`, circles are moved apart as on the server.
 */
export function circlesOf(numbers: Numbers, world: World, places?: ReadonlyMap<string, [number, number]>): CountCircle[] {
  const baseRadius = unitRadius(numbers);
  const labels = new Map(world.features.map(({ properties: { code, x, y } }): [string, [number, number]] => [code, [x, y]]));
  const circles = [...numbers].flatMap(([code, counted]): CountCircle[] => {
    const place = places?.get(code) ?? labels.get(code);
    if (!place || counted.number + counted.apart <= 0) return [];
    return [{ ...counted, code, place, radius: baseRadius * Math.sqrt(counted.number), outer: baseRadius * Math.sqrt(counted.number + counted.apart) }];
  });
  circles.sort((left, right) => (left.code < right.code ? -1 : 1));
  if (!places) moveApart(circles);
  return circles.sort((left, right) => right.outer - left.outer || (left.code < right.code ? -1 : 1));
}

type Point = [number, number];

function moveApart(circles: CountCircle[]): void {
  const points = circles.map(({ place }): Point => EQUAL_EARTH.project(...place).map((metres, axis) => (axis === 0 ? metres : -metres) / METRES) as Point);
  const starts = points.map(([x, y]): Point => [x, y]);
  const near: Point[] = [];
  circles.forEach(({ outer }, left) => {
    for (let right = left + 1; right < circles.length; right++) {
      const [from, to] = [starts[left] as Point, starts[right] as Point];
      if (Math.hypot(to[0] - from[0], to[1] - from[1]) < outer + (circles[right]?.outer ?? 0) + 2 * FARTHEST) near.push([left, right]);
    }
  });
  for (let step = 0; step < STEPS; step++) {
    for (const [left, right] of near) push(points[left] as Point, points[right] as Point, circles[left]?.outer ?? 0, circles[right]?.outer ?? 0);
    points.forEach((point, index) => {
      const start = starts[index] as Point;
      const away = Math.hypot(point[0] - start[0], point[1] - start[1]);
      if (away > FARTHEST) for (const axis of [0, 1] as const) point[axis] = start[axis] + ((point[axis] - start[axis]) * FARTHEST) / away;
    });
  }
  circles.forEach((circle, index) => {
    const [x, y] = points[index] as Point;
    circle.place = EQUAL_EARTH.unproject(x * METRES, -y * METRES);
  });
}

/** Moves two points apart until circles around them would only touch. The smaller circle gives way more. */
function push(from: Point, to: Point, first: number, second: number): void {
  let [across, down] = [to[0] - from[0], to[1] - from[1]];
  let distance = Math.hypot(across, down);
  const reach = first + second;
  if (distance >= reach) return;
  if (distance === 0) across = distance = 1e-6;
  for (const [point, share] of [[from, -second], [to, first]] as const) {
    const step = (share * (reach - distance)) / reach / distance / 2;
    point[0] += across * step;
    point[1] += down * step;
  }
}

/** Returns at most three numbers for the key: the smallest, the largest, and the one whose radius is nearest to the middle. */
export function keyNumbers(numbers: Numbers): number[] {
  const present = [...new Set([...numbers.values()].map(({ number }) => number))].filter((number) => number > 0).sort((left, right) => left - right);
  if (present.length <= 3) return present;
  const [least = 1, most = 1] = [present[0], present.at(-1)];
  const middle = (Math.sqrt(least) + Math.sqrt(most)) / 2;
  const away = (number: number): number => Math.abs(Math.sqrt(number) - middle);
  return [least, present.slice(1, -1).reduce((best, number) => (away(number) < away(best) ? number : best)), most];
}
