// The map's style: what is drawn, in which order, in which colours.
import type { ExpressionSpecification, LayerSpecification, SourceSpecification, StyleSpecification } from "maplibre-gl";
import { LAYERS } from "./layers.ts";
import type { Theme } from "./theme.ts";

/** Beside this script, where style.css finds them too. */
const here = import.meta.url;

function font(part: "latin" | "latin-ext", weight: 400 | 600): string {
  return new URL(`source-sans-3-${part}-${weight}.woff2`, here).href;
}

const TEXT = "Source Sans 3";
const BOLD = "Source Sans 3 Semibold";
const LATIN = ["U+0000-00FF", "U+2000-206F"];
const LATIN_EXT = ["U+0100-02BA", "U+1E00-1EFF"];

const bold = ["literal", [BOLD]] as unknown as string[];
const regular = ["literal", [TEXT]] as unknown as string[];

const shade: ExpressionSpecification = ["coalesce", ["feature-state", "shade"], 0];

function shadeColours(theme: Theme): ExpressionSpecification {
  const [one, two, three, four, five] = theme.shades;
  return ["match", shade, 1, one, 2, two, 3, three, 4, four, 5, five, theme.land];
}

function layerColours(theme: Theme): ExpressionSpecification {
  const pairs = LAYERS.flatMap((layer) => [layer, theme.layers[layer]]);
  return ["match", ["get", "layer"], ...pairs, theme.ink] as unknown as ExpressionSpecification;
}

const single: ExpressionSpecification = ["!", ["has", "count"]];
const isSchematic: ExpressionSpecification = ["any", ["boolean", ["get", "schematic"], false], ["==", ["get", "precision"], "schematic"]];
/** Routes that were not found stay in the picture without any colour: no tile is made anew when they come back. */
const unlessOut: ExpressionSpecification = ["case", ["boolean", ["feature-state", "out"], false], 0, 1];

/**
 * A value told for each feature though all have the same. Layers of one type whose values are told alike share one program of the
 * graphics card, and to make a program is most of what a first picture takes.
 */
function each<Value extends string | number>(value: Value): ExpressionSpecification {
  return ["case", ["has", "*"], value, value];
}

/** The same of what is told by zoom, too. */
function eachByZoom(...stops: [zoom: number, value: number | ExpressionSpecification][]): ExpressionSpecification {
  return ["interpolate", ["linear"], ["zoom"], ...stops.flatMap(([zoom, value]) => [zoom, typeof value === "number" ? each(value) : value])] as unknown as ExpressionSpecification;
}

function land(theme: Theme): LayerSpecification[] {
  const noData: ExpressionSpecification = ["case", ["boolean", ["feature-state", "hatched"], false], 1, 0];
  return [
    { id: "sea", type: "background", paint: { "background-color": theme.sea } },
    { id: "countries", type: "fill", source: "world", paint: { "fill-color": shadeColours(theme), "fill-antialias": false } },
    { id: "no-data", type: "fill", source: "world", filter: ["!=", ["get", "code"], "AQ"], paint: { "fill-pattern": "hatch", "fill-opacity": noData, "fill-antialias": false } },
    { id: "borders", type: "line", source: "borders", filter: ["!", ["get", "disputed"]], paint: { "line-color": each(theme.border), "line-width": 0.7, "line-opacity": each(1) } },
    {
      id: "disputed",
      type: "line",
      source: "borders",
      filter: ["get", "disputed"],
      paint: { "line-color": each(theme.muted), "line-width": 0.9, "line-opacity": each(1), "line-dasharray": [3, 2.5] },
    },
    {
      id: "small-countries",
      type: "circle",
      source: "labels",
      maxzoom: 5,
      filter: ["get", "small"],
      paint: {
        "circle-radius": eachByZoom([0, 2], [4, 4.5]),
        "circle-color": shadeColours(theme),
        "circle-opacity": ["case", [">", shade, 0], 1, 0],
        "circle-stroke-color": theme.muted,
        "circle-stroke-width": 0.75,
        "circle-stroke-opacity": ["case", [">", shade, 0], 1, 0],
      },
    },
  ];
}

function routes(theme: Theme): LayerSpecification[] {
  const width: ExpressionSpecification = ["interpolate", ["linear"], ["zoom"], 0, 1, 5, 2];
  const layout = { "line-cap": "butt", "line-join": "round" } as const;
  return [
    { id: "routes", type: "line", source: "routes", filter: ["!", isSchematic], layout, paint: { "line-color": layerColours(theme), "line-width": width, "line-opacity": unlessOut } },
    { id: "routes-schematic", type: "line", source: "routes", filter: isSchematic, layout, paint: { "line-color": layerColours(theme), "line-width": width, "line-dasharray": [3, 1.5], "line-opacity": unlessOut } },
    {
      id: "landings",
      type: "circle",
      source: "landings",
      paint: {
        "circle-color": each(theme.paper),
        "circle-radius": eachByZoom([0, 1], [4, 2.5], [8, 4.5]),
        "circle-stroke-color": theme.layers.cables,
        "circle-stroke-width": ["interpolate", ["linear"], ["zoom"], 0, 0.8, 6, 1.6],
        "circle-opacity": unlessOut,
        "circle-stroke-opacity": unlessOut,
      },
    },
    { id: "route-chosen", type: "line", source: "routes", filter: ["==", ["get", "id"], -1], paint: { "line-color": theme.ink, "line-width": 2.5 } },
  ];
}

function places(theme: Theme): LayerSpecification[] {
  const names: ExpressionSpecification = ["get", "label"];
  return [
    {
      id: "country-names",
      type: "symbol",
      source: "labels",
      minzoom: 2.6,
      filter: ["any", ["!", ["get", "small"]], [">=", ["zoom"], 4.5]],
      layout: { "text-field": names, "text-font": regular, "text-size": ["interpolate", ["linear"], ["zoom"], 2, 11, 6, 14], "text-max-width": 7 },
      paint: { "text-color": theme.muted, "text-halo-color": theme.paper, "text-halo-width": 1.2 },
    },
    {
      id: "soft",
      type: "circle",
      source: "places",
      filter: ["all", single, [">", ["get", "softness"], 0]],
      paint: {
        "circle-color": layerColours(theme),
        // Where the place may be: as wide on the ground as it is known, and never too small to be seen as soft.
        "circle-radius": ["interpolate", ["exponential", 2], ["zoom"], 0, ["max", ["get", "around"], ["match", ["get", "softness"], 1, 6, 2, 8, 10]], 14, ["max", 12, ["*", 16384, ["get", "around"]]]],
        "circle-blur": 0.45,
        "circle-opacity": each(0.34),
        "circle-stroke-opacity": each(1),
      },
    },
    {
      id: "signs",
      type: "symbol",
      source: "places",
      filter: single,
      layout: {
        "icon-image": ["concat", "sign-", ["get", "layer"]],
        "icon-size": ["interpolate", ["linear"], ["zoom"], 1, 0.78, 6, 1],
        "icon-allow-overlap": true,
        "icon-ignore-placement": true,
      },
      paint: { "icon-opacity": ["case", [">", ["get", "softness"], 0], 0.85, 1] },
    },
    {
      id: "clusters",
      type: "circle",
      source: "places",
      filter: ["has", "count"],
      paint: {
        "circle-color": each(theme.paper),
        "circle-opacity": each(0.94),
        "circle-stroke-opacity": each(1),
        "circle-radius": eachByZoom([0, ["step", ["get", "count"], 9, 10, 11, 100, 14]], [1, ["step", ["get", "count"], 9, 10, 11, 100, 14]]),
        "circle-stroke-color": theme.ink,
        "circle-stroke-width": 1,
      },
    },
    {
      id: "cluster-counts",
      type: "symbol",
      source: "places",
      filter: ["has", "count"],
      layout: { "text-field": ["to-string", ["get", "count"]], "text-font": bold, "text-size": 11, "text-allow-overlap": true, "text-ignore-placement": true },
      paint: { "text-color": theme.ink },
    },
  ];
}

/** Layers that stand for a place or route, uppermost first. */
export const POINT_LAYERS = ["clusters", "signs", "soft"];
export const LANDING_LAYERS = ["landings"];
export const ROUTE_LAYERS = ["routes", "routes-schematic"];
export const COUNTRY_LAYERS = ["small-countries", "countries"];

/** `tiled`: whether the places come in tiles. */
export function styleOf(theme: Theme, sources: Record<string, SourceSpecification>, tiled: boolean): StyleSpecification {
  const marks = places(theme).map((layer) => (tiled && "source" in layer && layer.source === "places" ? ({ ...layer, "source-layer": "places" } as LayerSpecification) : layer));
  return {
    version: 8,
    "font-faces": {
      [TEXT]: [{ url: font("latin", 400), "unicode-range": LATIN }, { url: font("latin-ext", 400), "unicode-range": LATIN_EXT }],
      [BOLD]: [{ url: font("latin", 600), "unicode-range": LATIN }],
    },
    sources,
    layers: [...land(theme), ...routes(theme), ...marks],
  };
}
