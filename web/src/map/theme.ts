// The colours of the map, read from style.css, so that they equal those of the pages.
import { LAYERS, type Layer } from "../layers.ts";

export interface Theme {
  paper: string;
  ink: string;
  muted: string;
  sea: string;
  land: string;
  border: string;
  hatch: string;
  shades: [string, string, string, string, string];
  layers: Record<Layer, string>;
}

const dark = window.matchMedia("(prefers-color-scheme: dark)");
const reducedMotion = window.matchMedia("(prefers-reduced-motion: reduce)");

export function readTheme(): Theme {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string, fallback: string): string => style.getPropertyValue(`--${name}`).trim() || fallback;
  return {
    paper: read("paper", "#fcfcfa"),
    ink: read("ink", "#1a1c1e"),
    muted: read("muted", "#595e63"),
    sea: read("sea", "#f1f3f3"),
    land: read("land", "#fcfcfa"),
    border: read("border", "#b9b4a6"),
    hatch: read("hatch", "#d9d5ca"),
    shades: [read("shade-1", "#efe6d1"), read("shade-2", "#e0d0ad"), read("shade-3", "#ccb483"), read("shade-4", "#b0935c"), read("shade-5", "#8a6d3b")],
    layers: Object.fromEntries(LAYERS.map((layer) => [layer, read(layer === "unknown" ? "muted" : layer, "#595e63")])) as Record<Layer, string>,
  };
}

export function onThemeChange(run: () => void): void {
  dark.addEventListener("change", run);
}

export function prefersReducedMotion(): boolean {
  return reducedMotion.matches;
}
