// Marks from tiles, used if there are too many projects to send at once. The marks in view appear once all their tiles have
// arrived.
import Feature from "ol/Feature.js";
import MVT from "ol/format/MVT.js";
import type Point from "ol/geom/Point.js";
import { toLonLat } from "ol/proj.js";
import { createXYZ } from "ol/tilegrid.js";
import type { Box } from "./box.ts";
import type { Mark } from "./clusters.ts";
import { toProject } from "../map-data.ts";

/** The highest zoom with tiles. */
const MAX_ZOOM = 14;
/** If more tiles than this are in the cache, the next call of `load` empties it. */
const MAX_CACHED_TILES = 300;

type View = { extent: number[]; zoom: number };

export class Tiles {
  readonly #grid = createXYZ({ tileSize: 512, maxZoom: MAX_ZOOM });
  /** The layer of the tile is stored under another name, because features already have a property `layer`. */
  readonly #format = new MVT<Feature>({ featureClass: Feature, layerName: "part" });
  readonly #show: (marks: Mark[]) => void;
  #template = "";
  #cache = new Map<string, Promise<Mark[] | undefined>>();
  #requests = new AbortController();
  /** The number of the latest call of `load`. Tiles of earlier calls that arrive late are not shown. */
  #call = 0;

  constructor(show: (marks: Mark[]) => void) {
    this.#show = show;
  }

  /**
   * Shows the marks in view, and resolves with whether all tiles loaded. Shows nothing, and resolves with true, if there was a
   * later call. `template`: address of a tile with {z}, {x} and {y}.
   */
  async load(template: string, { extent, zoom }: View): Promise<boolean> {
    if (template !== this.#template || this.#cache.size > MAX_CACHED_TILES) {
      this.#requests.abort();
      [this.#template, this.#cache, this.#requests] = [template, new Map(), new AbortController()];
    }
    const call = ++this.#call;
    const level = Math.min(MAX_ZOOM, Math.max(0, Math.floor(zoom)));
    const around = 2 ** level;
    const tiles = new Set<Promise<Mark[] | undefined>>();
    this.#grid.forEachTileCoord(extent, level, ([z = 0, x = 0, y = 0]) => {
      if (y >= 0 && y < around) tiles.add(this.#tile(z, ((x % around) + around) % around, y));
    });
    const marks = await Promise.all(tiles);
    if (call !== this.#call) return true;
    this.#show(marks.flatMap((tile) => tile ?? []));
    return !marks.includes(undefined);
  }

  #tile(z: number, x: number, y: number): Promise<Mark[] | undefined> {
    const url = this.#template.replace("{z}", String(z)).replace("{x}", String(x)).replace("{y}", String(y));
    const [cache, { signal }] = [this.#cache, this.#requests];
    const tile =
      cache.get(url) ??
      this.#fetch(url, [z, x, y], signal).catch((error: unknown) => {
        cache.delete(url);
        if (signal.aborted) return [];
        console.warn(error);
        return undefined;
      });
    cache.set(url, tile);
    return tile;
  }

  async #fetch(url: string, tile: number[], signal: AbortSignal): Promise<Mark[]> {
    const response = await fetch(url, { signal });
    if (!response.ok) throw new Error(`${url}: ${response.status}`);
    const extent = this.#grid.getTileCoordExtent(tile);
    const features = this.#format.readFeatures(await response.arrayBuffer(), { extent, featureProjection: "EPSG:3857" });
    return features.map((feature) => markOf((feature.getGeometry() as Point).getCoordinates(), feature.getProperties()));
  }
}

function markOf(at: number[], properties: Record<string, unknown>): Mark {
  const [longitude = 0, latitude = 0] = toLonLat(at);
  const project = toProject(properties);
  return {
    longitude,
    latitude,
    count: Number(properties["count"] ?? 1),
    layer: project.layer,
    softness: Number(properties["softness"] ?? 0),
    around: Number(properties["around"] ?? 0),
    label: "",
    projects: () => [{ ...project }],
    spread: () => ["west", "south", "east", "north"].map((side) => Number(properties[side])) as Box,
  };
}
