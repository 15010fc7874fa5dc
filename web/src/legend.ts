// The legend: plain HTML at the bottom left, opened and closed by keyboard like any <details>.
import type { MapData } from "./data.ts";
import { element } from "./dom.ts";
import { LAYERS, SIGNS, softness } from "./layers.ts";
import { ranges } from "./shading.ts";
import { words } from "./words.ts";

function item(swatch: string, label: string, text = ""): HTMLLIElement {
  return element("li", {}, [element("span", { className: `swatch ${swatch}`, ariaHidden: "true", textContent: text }), label]);
}

function rangeText([from, to]: [number, number | undefined]): string {
  if (to === undefined) return `≥ ${from.toLocaleString()}`;
  return from === to ? from.toLocaleString() : `${from.toLocaleString()}–${to.toLocaleString()}`;
}

export class Legend {
  readonly root: HTMLDetailsElement;
  readonly #body = element("div", { className: "map-legend-body" });

  /** Open from the start where the map has room beside it. */
  constructor(room: number) {
    this.root = element("details", { className: "map-legend" }, [element("summary", { textContent: words.legend }), this.#body]);
    this.root.open = room >= 640;
  }

  /** Only what is on the map now is explained. */
  update(data: MapData, starts: readonly number[]): void {
    const projects = [...data.places.features, ...data.routes.features].map(({ properties }) => properties);
    const present = LAYERS.filter((layer) => projects.some((project) => project.layer === layer));
    const shading = ranges(starts).map((range, index) => item(`shade shade-${index + 1}`, rangeText(range)));
    const parts: HTMLElement[] = [element("h3", { textContent: words.inCountry })];
    if (shading.length > 0) parts.push(element("ul", { className: "map-legend-steps" }, shading));
    parts.push(element("ul", {}, [item("no-record", words.noRecord)]));
    if (present.length > 0) {
      const signs = present.map((layer) => item(`sign sign--${layer}`, words.layers[layer], SIGNS[layer]));
      parts.push(element("ul", { className: "map-legend-signs" }, signs));
    }
    const precision: HTMLLIElement[] = [];
    if (data.places.features.some(({ properties }) => softness(properties.precision) === 0)) precision.push(item("exact", words.exact));
    if (data.places.features.some(({ properties }) => softness(properties.precision) > 0)) precision.push(item("soft", words.soft));
    if (data.routes.features.some(({ properties }) => properties.precision === "schematic")) precision.push(item("dashed", words.schematic));
    if (data.places.features.length > 1) precision.push(item("several", words.several, "9"));
    if (precision.length > 0) parts.push(element("h3", { textContent: words.precisionTitle }), element("ul", {}, precision));
    parts.push(element("ul", {}, [item("disputed", `${words.disputed} (${words.source})`)]));
    this.#body.replaceChildren(...parts);
  }
}
