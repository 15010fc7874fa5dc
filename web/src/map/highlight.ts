// What is highlighted on the map: the selected route or country, and the route under the pointer.
import type Feature from "ol/Feature.js";
import VectorSource from "ol/source/Vector.js";

export class Highlight {
  readonly source = new VectorSource();
  #selected: Feature | undefined;
  #pointed: Feature | undefined;

  /** Highlights what is selected; undefined for nothing. */
  select(feature: Feature | undefined): void {
    this.#selected = feature;
    this.#draw();
  }

  /** Highlights what is under the pointer; undefined for nothing. */
  point(feature: Feature | undefined): void {
    if (feature === this.#pointed) return;
    this.#pointed = feature;
    this.#draw();
  }

  #draw(): void {
    this.source.clear(true);
    this.source.addFeatures([...new Set([this.#selected, this.#pointed])].filter((feature) => feature !== undefined));
  }
}
