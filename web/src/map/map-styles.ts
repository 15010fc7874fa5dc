// OpenLayers styles of the map in a theme's colours. Most are created once per theme; those with a text, once per feature.
import type { FeatureLike } from "ol/Feature.js";
import type MultiLineString from "ol/geom/MultiLineString.js";
import type { State } from "ol/render.js";
import CircleStyle from "ol/style/Circle.js";
import Fill from "ol/style/Fill.js";
import Icon from "ol/style/Icon.js";
import Stroke from "ol/style/Stroke.js";
import Style, { type StyleFunction } from "ol/style/Style.js";
import Text from "ol/style/Text.js";
import { CABLE_GROUPS, type CableGroup } from "./cable-supplier-groups.ts";
import { clipped } from "./routes-clipped-to-box.ts";
import type { Mark } from "./clusters.ts";
import type { DrawnCircle } from "./country-circles-on-map.ts";
import { countCircle, hatch, numberedCircle, ratio, sign } from "./canvas-signs-circles-and-hatching.ts";
import { radiusFor } from "./mark-sizes.ts";
import { LAYERS, type Layer, layerOf } from "../project-layers.ts";
import { type Palette, PALETTES } from "./shade-palette-names.ts";
import type { Theme } from "./theme.ts";
import { zoomOf } from "./zoom-and-resolution.ts";

/** The state of the map that styles depend on. */
export interface MapState {
  /** The shade of a country, from 0 to 5. */
  shade: (code: string) => number;
  /** The palette of the shades. */
  palette: () => Palette;
  /** Whether land without a shade is hatched. */
  hatched: () => boolean;
  /** Whether numbers are drawn as circles, so that countries in which something is counted have a pale tone. */
  hasNumbers: () => boolean;
  /** Whether a project matches the filters. */
  matches: (project: number) => boolean;
  /** The box, in metres, outside which nothing needs to be drawn. */
  near: () => readonly number[];
}

type Names = "countries" | "borders" | "dots" | "routes" | "landings" | "ports" | "names" | "circles" | "marks" | "towns" | "chosen";
export type Styles = Record<Names, StyleFunction>;

/**
 * The page's font under another name, without the files of rarer letters. OpenLayers loads all files of a font, while browsers load
 * only those with the letters of the text.
 */
const FONT_FAMILY = "Map";
const FONT = `"${FONT_FAMILY}", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif`;
/** The address of this script. The fonts are in the same folder. */
const SCRIPT_URL = import.meta.url;
/** The minimum radius, in pixels, of the area in which a place lies, by its softness. */
const SOFT_LEAST = [0, 6, 8, 10];
const SOFT_OPACITY = 0.34;
/** From this zoom on, countries have names. */
const NAMES_FROM = 2.6;
/** From this zoom on, countries are also stroked in their own colour. */
const STROKED_FROM = 3;
/** The width in pixels of a route from zoom 5 on. Cables without a known supplier are thinner. */
const WIDEST = 2;

/** Interpolates between the values at two zooms. */
function interpolate(zoom: number, [from, low]: [number, number], [to, high]: [number, number]): number {
  const part = Math.min(1, Math.max(0, (zoom - from) / (to - from)));
  return low + part * (high - low);
}

/** Caches the values of a function by key. */
function cached<Value>(create: (key: number) => Value): (key: number) => Value {
  const values = new Map<number, Value>();
  return (key) => {
    const value = values.get(key) ?? create(key);
    values.set(key, value);
    return value;
  };
}

/** Rounds a font size to steps too small to notice, so that there are fewer fonts. */
function step(value: number): number {
  return Math.round(value * 20) / 20;
}

/** Returns the radius, in pixels, of the area in which a place lies; 0 for several projects, or if the location is exact. */
export function reachOf({ count, softness, around }: Mark, zoom: number): number {
  return count === 1 && softness > 0 ? Math.max(around * 2 ** zoom, SOFT_LEAST[softness] ?? 10) : 0;
}

function countries(theme: Theme, { shade, palette, hatched, hasNumbers }: MapState): StyleFunction {
  // When zoomed in, each country is also stroked in its own colour, because the sea would show between neighbours and along the
  // antimeridian.
  const styles = [false, true].map((stroked) => {
    const filled = (color: string | CanvasPattern): Style => new Style({ fill: new Fill({ color }), ...(stroked ? { stroke: new Stroke({ color, width: 0.7 }) } : {}) });
    const palettes = Object.fromEntries(PALETTES.map((name) => [name, theme.palettes[name].map(filled)])) as Record<Palette, Style[]>;
    const counted = Object.fromEntries(PALETTES.map((name) => [name, filled(theme.counted[name])])) as Record<Palette, Style>;
    return { palettes, counted, plain: filled(theme.land), none: filled(hatch(theme) ?? theme.land) };
  });
  return (feature, resolution) => {
    const code = feature.get("code") as string;
    const { palettes, counted, plain, none } = styles[Number(zoomOf(resolution) > STROKED_FROM)] ?? styles[0]!;
    if (hasNumbers() && shade(code) > 0) return counted[palette()];
    return palettes[palette()][shade(code) - 1] ?? (hatched() && code !== "" && code !== "AQ" ? none : plain);
  };
}

function borders(theme: Theme): StyleFunction {
  const plain = new Style({ stroke: new Stroke({ color: theme.border, width: 0.7 }) });
  const disputed = new Style({ stroke: new Stroke({ color: theme.muted, width: 0.9, lineDash: [3, 2.5], lineCap: "butt" }) });
  return (feature) => (feature.get("disputed") ? disputed : plain);
}

/** Returns the style of a drawing, centred at its place. */
function drawn(img: HTMLCanvasElement): Style {
  return new Style({ image: new Icon({ img, scale: 1 / ratio() }), zIndex: 2 });
}

/** Returns the style of the dots for small countries. If numbers are drawn as circles, there are no dots. */
function dots(theme: Theme, { shade, palette, hasNumbers }: MapState): StyleFunction {
  const stroke = new Stroke({ color: theme.muted, width: 0.75 });
  const style = cached((key) => {
    const color = theme.palettes[PALETTES[Math.floor(key / 10_000)] ?? "project"][(key % 10) - 1] ?? theme.land;
    return new Style({ image: new CircleStyle({ radius: (Math.floor(key / 10) % 1000) / 20, fill: new Fill({ color }), stroke }) });
  });
  return (feature, resolution) => {
    const shaded = feature.get("small") && !hasNumbers() ? shade(feature.get("code") as string) : 0;
    const size = Math.round(20 * interpolate(zoomOf(resolution), [0, 2], [4, 4.5]));
    return shaded > 0 ? style(PALETTES.indexOf(palette()) * 10_000 + size * 10 + shaded) : undefined;
  };
}

/** Returns the colour of a route: of its layer or, for a cable, of its group of suppliers. */
function routeColour(theme: Theme, feature: FeatureLike): string {
  const group = feature.get("group") as CableGroup | undefined;
  return group ? theme.cables[group] : theme.layers[layerOf(feature.get("layer"))];
}

function routes(theme: Theme, { matches, near }: MapState): StyleFunction {
  const part = (feature: FeatureLike): MultiLineString => clipped(feature.getGeometry() as MultiLineString, near());
  const paints = [...LAYERS.map((layer) => theme.layers[layer]), ...CABLE_GROUPS.map((group) => theme.cables[group])];
  const style = cached((key) => {
    const [paint, schematic, width] = [Math.floor(key / 1000), Math.floor(key / 500) % 2 === 1, (key % 500) / 20];
    const stroke = new Stroke({ color: paints[paint] ?? theme.muted, width, lineJoin: "round", lineCap: "butt", ...(schematic ? { lineDash: [3 * width, 1.5 * width] } : {}) });
    // Cables without a known supplier are below all other lines.
    return new Style({ stroke, zIndex: paint === LAYERS.length ? 0 : 1, ...(width === WIDEST ? { geometry: part } : {}) });
  });
  return (feature, resolution) => {
    const project = feature.get("project") as number | undefined;
    if (project !== undefined && !matches(project)) return undefined;
    const group = feature.get("group") as CableGroup | undefined;
    const width = Math.round(20 * interpolate(zoomOf(resolution), [0, 1], [5, WIDEST]) * (group === "unknown" ? 0.7 : 1));
    // Cables are never dashed: none has a surveyed route, so dashes wouldn't distinguish them as their colours do.
    const paint = group ? LAYERS.length + CABLE_GROUPS.indexOf(group) : LAYERS.indexOf(layerOf(feature.get("layer")));
    return style(paint * 1000 + (feature.get("schematic") && !group ? 500 : 0) + width);
  };
}

/** Returns the style of highlighted routes, which are thick, and of the selected country, which has an outline. */
function chosen(theme: Theme): StyleFunction {
  const casing = new Style({ stroke: new Stroke({ color: theme.paper, width: 8, lineJoin: "round" }), zIndex: 0 });
  const outline = [new Style({ stroke: new Stroke({ color: theme.paper, width: 4 }) }), new Style({ stroke: new Stroke({ color: theme.ink, width: 1.75 }) })];
  return (feature) => {
    if (feature.getGeometry()?.getType() !== "MultiLineString") return outline;
    return [casing, new Style({ stroke: new Stroke({ color: routeColour(theme, feature), width: 4.5, lineJoin: "round" }), zIndex: 1 })];
  };
}

function landings(theme: Theme, { matches }: MapState): StyleFunction {
  const fill = new Fill({ color: theme.paper });
  const style = cached((key) => {
    const zoom = key / 4;
    const radius = zoom < 4 ? interpolate(zoom, [0, 1], [4, 2.5]) : interpolate(zoom, [4, 2.5], [8, 4.5]);
    const stroke = new Stroke({ color: theme.muted, width: interpolate(zoom, [0, 0.8], [6, 1.6]) });
    return new Style({ image: new CircleStyle({ radius: radius + (stroke.getWidth() ?? 0) / 2, fill, stroke }) });
  });
  return (feature, resolution) => (matches(feature.get("project") as number) ? style(Math.round(4 * zoomOf(resolution))) : undefined);
}

/** Breaks a name into short lines. */
function breakLines(name: string): string {
  const lines: string[] = [];
  for (const word of name.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < 15) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join("\n");
}

function names(theme: Theme): StyleFunction {
  const [fill, stroke] = [new Fill({ color: theme.muted }), new Stroke({ color: theme.paper, width: 2.4 })];
  return (feature, resolution) => {
    const zoom = zoomOf(resolution);
    if (zoom < NAMES_FROM || (feature.get("small") && zoom < 4.5)) return undefined;
    const size = step(interpolate(zoom, [2, 11], [6, 14]));
    return new Style({ text: new Text({ text: breakLines(feature.get("label") as string), font: `400 ${size}px ${FONT}`, fill, stroke }) });
  };
}

/** Returns the style of the circles of countries, with their names. */
function circles(theme: Theme, { palette }: MapState): StyleFunction {
  const [fill, stroke] = [new Fill({ color: theme.ink }), new Stroke({ color: theme.paper, width: 3 })];
  const icons = new Map<string, Icon>();
  return (feature) => {
    const circle = feature.get("circle") as DrawnCircle;
    const key = [palette(), circle.number, circle.hollow, circle.hasTexts, circle.radius.toFixed(1), circle.outer.toFixed(1)].join();
    const image = icons.get(key) ?? new Icon({ img: countCircle(circle, palette(), theme), scale: 1 / ratio() });
    icons.set(key, image);
    const drawing = new Style({ image, zIndex: circle.order });
    if (!circle.name) return drawing;
    const { lines, x, y, line } = circle.name;
    const name = new Style({ text: new Text({ text: lines.join("\n"), font: `600 12px ${FONT}`, fill, stroke, offsetX: x, offsetY: y }), zIndex: 1000 });
    return line.length > 0 ? [drawing, new Style({ renderer: nameLine(line, theme.ink), zIndex: 999 }), name] : [drawing, name];
  };
}

/** Draws the line from a circle to its name. `line`: x and y of its ends, in pixels from the circle's middle. */
function nameLine([x1 = 0, y1 = 0, x2 = 0, y2 = 0]: readonly number[], colour: string): (coordinates: unknown, state: State) => void {
  return (coordinates, { context, pixelRatio }) => {
    const [x = 0, y = 0] = coordinates as number[];
    context.beginPath();
    context.moveTo(x + x1 * pixelRatio, y + y1 * pixelRatio);
    context.lineTo(x + x2 * pixelRatio, y + y2 * pixelRatio);
    context.strokeStyle = colour;
    context.lineWidth = pixelRatio;
    context.stroke();
  };
}

/** Returns the style of the names of places where cables land. */
function ports(theme: Theme, { matches }: MapState): StyleFunction {
  const [fill, stroke] = [new Fill({ color: theme.muted }), new Stroke({ color: theme.paper, width: 3 })];
  return (feature) => {
    if (!(feature.get("projects") as number[]).some(matches)) return undefined;
    return new Style({ text: new Text({ text: feature.get("label") as string, font: `400 11.5px ${FONT}`, fill, stroke, textAlign: "start", offsetX: 7 }) });
  };
}

/** Returns the style of the names of towns and sites, below their marks. */
function towns(theme: Theme): StyleFunction {
  const [fill, stroke] = [new Fill({ color: theme.ink }), new Stroke({ color: theme.paper, width: 3 })];
  return (feature) => {
    const { label, count } = feature.get("mark") as Mark;
    if (label === "" || feature.get("area")) return undefined;
    return new Style({ text: new Text({ text: label, font: `400 12px ${FONT}`, fill, stroke, offsetY: radiusFor(count) + 8 }) });
  };
}

/** Draws a gradient over the circle in which a place lies, softer towards the edge. */
function softCircle(colour: string): (coordinates: unknown, state: State) => void {
  return (coordinates, { context, pixelRatio, resolution, feature }) => {
    const [[x = 0, y = 0] = []] = coordinates as number[][];
    const radius = pixelRatio * reachOf(feature.get("mark") as Mark, zoomOf(resolution));
    const gradient = context.createRadialGradient(x, y, 0, x, y, radius);
    gradient.addColorStop(0, colour);
    gradient.addColorStop(0.55, colour);
    gradient.addColorStop(1, withAlpha(colour, 0)); // “transparent” is transparent black, which would darken the edge
    context.save();
    context.globalAlpha = SOFT_OPACITY;
    context.fillStyle = gradient;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fill();
    context.restore();
  };
}

function marks(theme: Theme): StyleFunction {
  const icon = (layer: Layer, opacity: number, scale: number): Icon => {
    const img = sign(layer, theme);
    return new Icon({ img, scale: scale / ratio(), opacity });
  };
  const areas = LAYERS.map((layer) => new Style({ renderer: softCircle(theme.layers[layer]), zIndex: 0 }));
  const signs = cached((key) => {
    const [layer, isSoft, scale] = [layerOf(LAYERS[Math.floor(key / 1000)]), Math.floor(key / 500) % 2 === 1, (key % 500) / 20];
    return new Style({ image: icon(layer, isSoft ? 0.85 : 1, scale), zIndex: 1 });
  });
  const clusters = cached((count) => drawn(numberedCircle(count, radiusFor(count), theme)));
  return (feature: FeatureLike, resolution) => {
    const { count, layer, softness } = feature.get("mark") as Mark;
    if (feature.get("area")) return areas[LAYERS.indexOf(layer)];
    if (count > 1) return clusters(count);
    const scale = Math.round(20 * interpolate(zoomOf(resolution), [1, 0.78], [6, 1]));
    return signs(LAYERS.indexOf(layer) * 1000 + (softness > 0 ? 500 : 0) + scale);
  };
}

/** Adds an alpha value to a colour of style.css. All of these are #rrggbb. */
function withAlpha(colour: string, alpha: number): string {
  return /^#[0-9a-f]{6}$/i.test(colour) ? `${colour}${Math.round(alpha * 255).toString(16).padStart(2, "0")}` : colour;
}

/** Registers the font of the map's labels. */
export function addFonts(): void {
  for (const weight of ["400", "600"]) document.fonts.add(new FontFace(FONT_FAMILY, `url("${new URL(`source-sans-3-latin-${weight}.woff2`, SCRIPT_URL).href}")`, { weight }));
}

export function stylesOf(theme: Theme, state: MapState): Styles {
  return {
    countries: countries(theme, state),
    borders: borders(theme),
    dots: dots(theme, state),
    routes: routes(theme, state),
    landings: landings(theme, state),
    names: names(theme),
    circles: circles(theme, state),
    marks: marks(theme),
    towns: towns(theme),
    ports: ports(theme, state),
    chosen: chosen(theme),
  };
}
