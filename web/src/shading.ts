// Five steps of one hue by the number of projects: quantiles, moved to numbers that people would choose.
import type { CountryCount } from "./data.ts";

export const STEPS = 5;

const NICE = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** The nearest of 1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 25, 30 … */
export function nice(value: number): number {
  if (value <= 10) return Math.max(1, Math.round(value));
  const power = 10 ** Math.floor(Math.log10(value));
  const candidates = NICE.map((step) => step * power).filter(Number.isInteger);
  return candidates.reduce((best, next) => (Math.abs(next - value) < Math.abs(best - value) ? next : best));
}

/** The lowest count of each step, ascending, at most five; fewer where the counts do not differ enough. */
export function breaks(counts: readonly number[]): number[] {
  const sorted = counts.filter((count) => count > 0).sort((a, b) => a - b);
  if (sorted.length === 0) return [];
  const starts = [1];
  for (let step = 1; step < STEPS; step++) {
    const start = nice(sorted[Math.floor((step * sorted.length) / STEPS)] ?? 1);
    const before = starts[starts.length - 1] ?? 1;
    const next = start > before ? start : before + 1;
    if (sorted.some((count) => count >= next)) starts.push(next);
  }
  return starts;
}

/** 1 to 5; 0 where there is nothing. */
export function shadeOf(count: number, starts: readonly number[]): number {
  return starts.filter((start) => count >= start).length;
}

/** "1–2", "3–9", "10 and more" as [from, to]; to is undefined for the last. */
export function ranges(starts: readonly number[]): [number, number | undefined][] {
  return starts.map((start, index) => [start, starts[index + 1] === undefined ? undefined : (starts[index + 1] ?? 0) - 1]);
}

/** The steps that the server uses where it says so, else our own. */
export function shades(countries: readonly CountryCount[], given: readonly number[] = []): { starts: readonly number[]; shade: Map<string, number> } {
  const starts = given.length > 0 ? given.slice(0, STEPS) : breaks(countries.map(({ projects }) => projects));
  return { starts, shade: new Map(countries.map(({ code, projects }) => [code, shadeOf(projects, starts)])) };
}
