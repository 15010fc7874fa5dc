// Marks for places on the map: their features, and finding those under the pointer.
import Feature from "ol/Feature.js";
import Circle from "ol/geom/Circle.js";
import Point from "ol/geom/Point.js";
import VectorSource from "ol/source/Vector.js";
import type { Mark } from "./clusters.ts";
import { reachOf } from "./map-styles.ts";
import { radiusFor } from "./mark-sizes.ts";
import { EQUAL_EARTH, type Plane } from "./projections.ts";
import { ACROSS, zoomOf } from "./zoom-and-resolution.ts";

type At = readonly number[];

export interface Hit {
  mark: Mark;
  /** The mark's position, in metres, in the copy of the world that was hit. */
  at: [number, number];
}

/** Returns how many metres `x` is east of `other`, the shorter way around the world; negative if it is to the west. */
export function eastOf(x: number, other: number): number {
  const distance = (((x - other) % ACROSS) + ACROSS) % ACROSS;
  return distance > ACROSS / 2 ? distance - ACROSS : distance;
}

export class Marks {
  readonly source = new VectorSource<Feature>();
  #positions: { mark: Mark; x: number; y: number }[] = [];
  #plane = EQUAL_EARTH;

  set(marks: readonly Mark[], plane: Plane): void {
    this.#plane = plane;
    this.#positions = marks.map((mark) => {
      const [x, y] = plane.project(mark.longitude, mark.latitude);
      return { mark, x, y };
    });
    const features = this.#positions.flatMap(({ mark, x, y }) => {
      const sign = new Feature({ geometry: new Point([x, y]), mark });
      if (mark.count > 1 || mark.softness === 0) return [sign];
      return [new Feature({ geometry: new Circle([x, y], (mark.around * ACROSS) / 512), mark, area: true }), sign];
    });
    this.source.clear(true);
    this.source.addFeatures(features);
  }

  /**
   * Returns the marks at a position: clusters, then signs, both within `reach` pixels of their edge, then areas of uncertainty;
   * within each group, the nearest first.
   */
  under([x = 0, y = 0]: At, resolution: number, reach: number): Hit[] {
    const zoom = zoomOf(resolution);
    const hits: (Hit & { order: number })[] = [];
    for (const { mark, x: east, y: north } of this.#positions) {
      const eastward = this.#plane.wraps ? eastOf(east, x) : east - x;
      const pixels = Math.hypot(eastward, north - y) / resolution;
      const at: Hit["at"] = [x + eastward, north];
      if (pixels <= radiusFor(mark.count) + reach) hits.push({ mark, at, order: pixels + (mark.count > 1 ? 0 : 1e4) });
      else if (pixels <= reachOf(mark, zoom)) hits.push({ mark, at, order: pixels + 1e6 });
    }
    return hits.sort((left, right) => left.order - right.order);
  }
}
