// Signs, numbers and hatching, drawn on a canvas, so that no image is fetched and all are sharp at the reader's pixel ratio.
import type { Layer } from "../project-layers.ts";
import { fitsInside } from "./country-circle-sizes-and-places.ts";
import type { DrawnCircle } from "./country-circles-on-map.ts";
import { SIZE } from "./mark-sizes.ts";
import type { Palette } from "./shade-palette-names.ts";
import type { Theme } from "./theme.ts";

type Draw = (context: CanvasRenderingContext2D) => void;

function polygon(...points: [number, number][]): Draw {
  return (context) => {
    points.forEach(([x, y], index) => (index === 0 ? context.moveTo(x, y) : context.lineTo(x, y)));
    context.closePath();
  };
}

/** Outlines in an 18 × 18 square, of about equal visual weight. */
const OUTLINES: Record<Layer, Draw> = {
  networks: polygon([9, 3], [15.2, 14], [2.8, 14]),
  cables: polygon([2.5, 7.2], [15.5, 7.2], [15.5, 10.8], [2.5, 10.8]),
  "data-centres": polygon([4, 4], [14, 4], [14, 14], [4, 14]),
  surveillance: (context) => context.arc(9, 9, 5.4, 0, 2 * Math.PI),
  censorship: polygon([9, 7.2], [12.7, 3.5], [14.5, 5.3], [10.8, 9], [14.5, 12.7], [12.7, 14.5], [9, 10.8], [5.3, 14.5], [3.5, 12.7], [7.2, 9], [3.5, 5.3], [5.3, 3.5]),
  finance: polygon([9, 2.6], [15.4, 9], [9, 15.4], [2.6, 9]),
  agreements: polygon([12.4, 2.8], [15.2, 5.6], [6.6, 14.2], [2.8, 15.2], [3.8, 11.4]),
  presence: (context) => context.arc(9, 9, 4.4, 0, 2 * Math.PI),
  unknown: polygon([4.7, 4.7], [13.3, 4.7], [13.3, 13.3], [4.7, 13.3]),
};

/** The line width, in pixels, of hollow signs. */
const RINGS: Partial<Record<Layer, number>> = { presence: 2.4, unknown: 1.5 };

/** Returns the number of device pixels per CSS pixel, rounded up. */
export function ratio(): number {
  return Math.max(1, Math.ceil(window.devicePixelRatio));
}

function canvas(width: number, height = width): CanvasRenderingContext2D | undefined {
  const element = document.createElement("canvas");
  element.width = Math.round(width * ratio());
  element.height = Math.round(height * ratio());
  const context = element.getContext("2d", { willReadFrequently: true }) ?? undefined; // in memory, because OpenLayers reads signs back
  context?.scale(ratio(), ratio());
  return context;
}

/** Draws the sign of a layer. Throws if the browser has no canvas. */
export function sign(layer: Layer, theme: Theme): HTMLCanvasElement {
  const context = canvas(SIZE);
  if (!context) throw new Error("no canvas");
  context.lineJoin = "round";
  context.beginPath();
  OUTLINES[layer](context);
  context.strokeStyle = theme.paper;
  const ring = RINGS[layer];
  context.lineWidth = ring ? ring + 3.2 : 3;
  context.stroke();
  if (ring) {
    context.fillStyle = theme.paper;
    context.fill();
    context.strokeStyle = theme.layers[layer];
    context.lineWidth = ring;
    context.stroke();
  } else {
    context.fillStyle = theme.layers[layer];
    context.fill();
  }
  return context.canvas;
}

/** The font of numbers, which are drawn here because OpenLayers takes longer. The page has already loaded it. */
const FONT = '"Source Sans 3", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

/** Draws a circle with a number, less conspicuous than the shades of countries. Throws if the browser has no canvas. */
export function numberedCircle(number: number, radius: number, theme: Theme): HTMLCanvasElement {
  const middle = radius + 1;
  const context = canvas(2 * middle);
  if (!context) throw new Error("no canvas");
  context.arc(middle, middle, radius, 0, 2 * Math.PI);
  context.globalAlpha = 0.82;
  context.fillStyle = theme.paper;
  context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = theme.muted;
  context.lineWidth = 0.6;
  context.stroke();
  context.font = `400 11px ${FONT}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = theme.ink;
  context.fillText(String(number), middle, middle + 0.5);
  return context.canvas;
}

/** Draws the circle of a country, with its ring and its number. Throws if the browser has no canvas. */
export function countCircle({ number, radius, outer, hollow, hasTexts }: DrawnCircle, palette: Palette, theme: Theme): HTMLCanvasElement {
  const middle = outer + 2;
  const context = canvas(2 * middle);
  if (!context) throw new Error("no canvas");
  const round = (size: number): void => {
    context.beginPath();
    context.arc(middle, middle, size, 0, 2 * Math.PI);
  };
  if (outer > radius) {
    round(outer);
    context.globalAlpha = 0.55;
    context.fillStyle = theme.paper;
    context.fill();
    context.globalAlpha = 1;
    context.strokeStyle = theme.ink;
    context.lineWidth = 1.1;
    context.setLineDash([3.5, 2.5]);
    context.stroke();
    context.setLineDash([]);
  }
  if (number === 0) return context.canvas;
  const colour = theme.palettes[palette][3] ?? theme.ink;
  round(radius);
  context.fillStyle = hollow ? theme.paper : colour;
  context.fill();
  context.strokeStyle = hollow ? colour : theme.paper;
  context.lineWidth = hollow ? 1.8 : 1;
  context.stroke();
  if (!hasTexts || !fitsInside({ number, radius })) return context.canvas;
  context.font = `600 11px ${FONT}`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillStyle = hollow ? theme.ink : theme.paper;
  context.fillText(String(number), middle, middle + 0.5);
  return context.canvas;
}

/** Draws the hatching of land without data. Undefined if the browser has no canvas. */
export function hatch(theme: Theme): CanvasPattern | undefined {
  const size = 4;
  const context = canvas(size);
  if (!context) return undefined;
  context.fillStyle = theme.land;
  context.fillRect(0, 0, size, size);
  context.strokeStyle = theme.hatch;
  context.lineWidth = 0.6;
  context.beginPath();
  for (const shift of [-size, 0, size]) {
    context.moveTo(shift - 1, size + 1);
    context.lineTo(shift + size + 1, -1);
  }
  context.stroke();
  return context.createPattern(context.canvas, "repeat") ?? undefined;
}
