// The part of the world that the map shows: its plane, its centre and its resolution.
import type OpenLayers from "ol/Map.js";
import { type Box, boxOf } from "./box.ts";
import { CLUSTERS_TO } from "./clusters.ts";
import { degreesOf, EQUAL_EARTH, extentOf, MERCATOR, type Plane } from "./projections.ts";
import { viewOn } from "./projection-view.ts";
import { resolutionOf, zoomOf } from "./zoom-and-resolution.ts";

/** Pixels between a box that fills the map and the edge of the map. */
const PADDING = 8;

/** A position in a page's address. */
interface Place {
  /** Longitude and latitude. */
  center: [number, number];
  /** Metres on the ground for each pixel. */
  ground: number;
}

export class ViewPosition {
  readonly #map: OpenLayers;
  readonly #container: HTMLElement;
  plane = EQUAL_EARTH;

  constructor(map: OpenLayers, container: HTMLElement) {
    this.#map = map;
    this.#container = container;
  }

  /** Replaces the view. `center`: longitude and latitude; `ground`: metres on the ground per pixel, infinite for the world. */
  move(plane: Plane, center: [number, number], ground = Infinity): void {
    this.plane = plane;
    this.#map.setView(viewOn(plane, this.#container.clientWidth - 2 * PADDING, center, ground));
  }

  /** Makes a box in degrees fill the map. */
  fit(box: Box): void {
    this.#map.getView().fit(extentOf(box, this.plane), { padding: [PADDING, PADDING, PADDING, PADDING], minResolution: resolutionOf(CLUSTERS_TO + 1) });
  }

  /** Returns the longitude and latitude of the middle. */
  center(): [number, number] {
    const [x = 0, y = 0] = this.#map.getView().getCenter() ?? [];
    const [longitude, latitude] = this.plane.unproject(x, y);
    return [((((longitude + 180) % 360) + 360) % 360) - 180, latitude];
  }

  zoom(): number {
    return zoomOf(this.resolution());
  }

  /** Returns metres on the plane per pixel. */
  resolution(): number {
    return this.#map.getView().getResolution() ?? 1;
  }

  /** Returns metres on the ground per pixel, in the middle of the view. */
  ground(): number {
    return this.resolution() / this.plane.stretch(this.center()[1]);
  }

  /** Returns the view in degrees, with a margin given as a share of its size. */
  sight(margin: number): Box {
    return degreesOf(this.extent(margin), this.plane);
  }

  /** Returns the view in metres on the plane, with a margin given as a share of its size. */
  extent(margin: number): number[] {
    const [left = 0, low = 0, right = 0, high = 0] = this.#map.getView().calculateExtent();
    const [across, up] = [(right - left) * margin, (high - low) * margin];
    return [left - across, low - up, right + across, high + up];
  }

  /** Returns the box in view: west, south, east, north. */
  box(): Box {
    return boxOf(this.sight(0), 2);
  }

  /** Returns the view as `placeFrom` reads it: `zoom/latitude/longitude`. */
  address(): string {
    const [longitude, latitude] = this.center();
    const zoom = zoomOf(this.ground() * MERCATOR.stretch(latitude));
    return `${zoom.toFixed(2)}/${latitude.toFixed(3)}/${longitude.toFixed(3)}`;
  }
}

/** Returns the position in a query (zoom, latitude and longitude); undefined if there is none. */
export function placeFrom(query: URLSearchParams): Place | undefined {
  const at = query.get("at") ?? "";
  const [zoom = NaN, latitude = NaN, longitude = NaN] = at.split("/").map(Number);
  if (at === "" || ![zoom, latitude, longitude].every(Number.isFinite)) return undefined;
  return { center: [longitude, latitude], ground: resolutionOf(zoom) / MERCATOR.stretch(latitude) };
}
