// Signs of places on the map: drawn from a list, and found again under the pointer.
import Feature from "ol/Feature.js";
import Circle from "ol/geom/Circle.js";
import Point from "ol/geom/Point.js";
import { fromLonLat } from "ol/proj.js";
import VectorSource from "ol/source/Vector.js";
import type { Mark } from "./clusters.ts";
import { radiusOf, reachOf } from "./style.ts";
import { ACROSS, zoomOf } from "./zoom.ts";

type At = readonly number[];

export interface Hit {
  mark: Mark;
  /** Where it stands, in the copy of the world that was hit. */
  at: [number, number];
}

/** How far east of another a place is, in metres: the shorter way around the world. */
export function eastOf(x: number, other: number): number {
  const way = (((x - other) % ACROSS) + ACROSS) % ACROSS;
  return way > ACROSS / 2 ? way - ACROSS : way;
}

export class Marks {
  readonly source = new VectorSource<Feature>();
  #held: { mark: Mark; x: number; y: number }[] = [];

  set(marks: readonly Mark[]): void {
    this.#held = marks.map((mark) => {
      const [x = 0, y = 0] = fromLonLat([mark.longitude, mark.latitude]);
      return { mark, x, y };
    });
    const features = this.#held.flatMap(({ mark, x, y }) => {
      const sign = new Feature({ geometry: new Point([x, y]), mark });
      if (mark.count > 1 || mark.softness === 0) return [sign];
      return [new Feature({ geometry: new Circle([x, y], (mark.around * ACROSS) / 512), mark, area: true }), sign];
    });
    this.source.clear(true);
    this.source.addFeatures(features);
  }

  /** What is at most so many pixels from a place: several in one first, then signs, then where a place may be; the nearest first. */
  under([x = 0, y = 0]: At, resolution: number, reach: number): Hit[] {
    const zoom = zoomOf(resolution);
    const hits: (Hit & { order: number })[] = [];
    for (const { mark, x: east, y: north } of this.#held) {
      const way = eastOf(east, x);
      const pixels = Math.hypot(way, north - y) / resolution;
      const at: Hit["at"] = [x + way, north];
      if (pixels <= radiusOf(mark) + reach) hits.push({ mark, at, order: pixels + (mark.count > 1 ? 0 : 1e4) });
      else if (pixels <= reachOf(mark, zoom)) hits.push({ mark, at, order: pixels + 1e6 });
    }
    return hits.sort((one, other) => one.order - other.order);
  }
}
