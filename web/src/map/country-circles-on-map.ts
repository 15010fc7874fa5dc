// The circles of countries on the interactive map: their features, finding them under the pointer, and the key to their areas.
import Feature from "ol/Feature.js";
import Point from "ol/geom/Point.js";
import VectorSource from "ol/source/Vector.js";
import type { CircleName } from "../map-config.ts";
import type { Shading, World } from "../map-data.ts";
import { words } from "../words.ts";
import { type CountCircle, circlesOf, keyNumbers, type Numbers, PIXELS, unitRadius } from "./country-circle-sizes-and-places.ts";
import { eastOf } from "./marks-and-hit-test.ts";
import type { Plane } from "./projections.ts";

/** On maps narrower than this, in pixels, circles are larger in proportion to the map, and have no numbers or names. */
const NARROW = 600;
const SVG = "http://www.w3.org/2000/svg";

/** A circle as the map draws it: sizes are in pixels of the screen. */
export interface DrawnCircle extends CountCircle {
  /** Whether the map is wide enough for numbers and names. */
  hasTexts: boolean;
  name: Omit<CircleName, "code"> | undefined;
  /** The position in the order of drawing: larger circles first, so that smaller ones are on top. */
  order: number;
}

export class CountryCircles {
  readonly source = new VectorSource<Feature>();
  readonly #key = document.createElementNS(SVG, "svg");
  #positions: { circle: DrawnCircle; x: number; y: number }[] = [];
  #plane: Plane | undefined;

  constructor(container: HTMLElement) {
    this.#key.setAttribute("class", "map-circle-key");
    this.#key.setAttribute("aria-hidden", "true");
    container.append(this.#key);
  }

  /** Replaces the circles with those of a shading. `width`: the map's, in pixels; `names`: the names of the systems' circles. */
  set({ numbers, places, palette }: Shading, world: World, plane: Plane, width: number, names: readonly CircleName[]): void {
    const isNarrow = width < NARROW;
    const scale = Math.max(0.4, width / PIXELS) * (isNarrow ? 1.3 : 1);
    this.#plane = plane;
    this.#positions = circlesOf(numbers, world, places).map((circle, order) => {
      const name = places && !isNarrow ? names.find(({ code }) => code === circle.code) : undefined;
      const [x, y] = plane.project(...circle.place);
      const drawn = { ...circle, radius: circle.radius * scale, outer: circle.outer * scale, hasTexts: !isNarrow, order, name: name && { lines: name.lines, x: name.x * scale, y: name.y * scale, line: name.line.map((at) => at * scale) } };
      return { circle: drawn, x, y };
    });
    this.source.clear(true);
    this.source.addFeatures(this.#positions.map(({ circle, x, y }) => new Feature({ geometry: new Point([x, y]), circle })));
    this.#drawKey(numbers, scale, palette);
  }

  /** Shows or hides the key. The map itself shows and hides the layer of the circles. */
  setVisible(visible: boolean): void {
    this.#key.toggleAttribute("hidden", !visible);
  }

  /** Returns the code of the country whose circle is at a position, the smallest circle if several are; undefined for none. */
  at([x = 0, y = 0]: readonly number[], resolution: number): string | undefined {
    // The last circle is the smallest, and is drawn on top.
    return [...this.#positions].reverse().find(({ circle, x: east, y: north }) => {
      const eastward = this.#plane?.wraps ? eastOf(east, x) : east - x;
      return Math.hypot(eastward, north - y) / resolution <= circle.outer + 1;
    })?.circle.code;
  }

  #drawKey(numbers: Numbers, scale: number, palette: string): void {
    const baseRadius = unitRadius(numbers) * scale;
    const samples = keyNumbers(numbers).map((number) => ({ number, radius: baseRadius * Math.sqrt(number) }));
    const base = 24 + 2 * Math.max(0, ...samples.map(({ radius }) => radius));
    const parts: SVGElement[] = [text(words.byArea, 0, 12, "start")];
    let x = 0;
    for (const { number, radius } of samples) {
      const half = Math.max(radius, String(number).length * 3.2);
      const circle = document.createElementNS(SVG, "circle");
      for (const [name, value] of [["cx", x + half], ["cy", base - radius], ["r", radius]] as const) circle.setAttribute(name, value.toFixed(1));
      parts.push(circle, text(String(number), x + half, base + 13, "middle"));
      x += 2 * half + 12;
    }
    this.#key.setAttribute("class", `map-circle-key palette--${palette}`);
    this.#key.setAttribute("width", String(Math.ceil(Math.max(x, 96))));
    this.#key.setAttribute("height", String(Math.ceil(base + 18)));
    this.#key.replaceChildren(...parts);
  }
}

function text(content: string, x: number, y: number, anchor: string): SVGTextElement {
  const element = document.createElementNS(SVG, "text");
  element.setAttribute("x", x.toFixed(1));
  element.setAttribute("y", y.toFixed(1));
  element.setAttribute("text-anchor", anchor);
  element.textContent = content;
  return element;
}
