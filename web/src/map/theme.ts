// The colours of the map, read from style.css, so that they are the same as on pages. Also whether the reader prefers less motion.
import { type Palette, PALETTES } from "./shade-palette-names.ts";
import { LAYERS, type Layer } from "../project-layers.ts";
import { CABLE_GROUPS, type CableGroup } from "./cable-supplier-groups.ts";

export interface Theme {
  paper: string;
  ink: string;
  muted: string;
  sea: string;
  land: string;
  border: string;
  hatch: string;
  /** The five shades of each palette, from the lowest to the highest value. */
  palettes: Record<Palette, string[]>;
  /** The pale tone, in each palette, of countries in which something is counted. */
  counted: Record<Palette, string>;
  layers: Record<Layer, string>;
  cables: Record<CableGroup, string>;
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
    sea: read("sea", "#fcfcfa"),
    land: read("land", "#f6f5f1"),
    border: read("border", "#cdc9be"),
    hatch: read("hatch", "#d3cfc5"),
    palettes: Object.fromEntries(PALETTES.map((name) => [name, [1, 2, 3, 4, 5].map((step) => read(`${name}-${step}`, "#8d9399"))])) as Record<Palette, string[]>,
    counted: Object.fromEntries(PALETTES.map((name) => [name, read(`${name}-land`, "#f6f5f1")])) as Record<Palette, string>,
    layers: Object.fromEntries(LAYERS.map((layer) => [layer, read(layer === "unknown" ? "muted" : layer, "#595e63")])) as Record<Layer, string>,
    cables: Object.fromEntries(CABLE_GROUPS.map((group) => [group, read(`cable-${group}`, "#595e63")])) as Record<CableGroup, string>,
  };
}

export function onThemeChange(run: () => void): void {
  dark.addEventListener("change", run);
}

export function prefersReducedMotion(): boolean {
  return reducedMotion.matches;
}
