// Marks out of tiles, where projects are too many to be given at once: those in sight, once all of their tiles are here.
import Feature from "ol/Feature.js";
import MVT from "ol/format/MVT.js";
import type Point from "ol/geom/Point.js";
import { toLonLat } from "ol/proj.js";
import { createXYZ } from "ol/tilegrid.js";
import type { Box } from "./box.ts";
import type { Mark } from "./clusters.ts";
import { toProject } from "./data.ts";

/** The deepest tiles that there are. */
const DEEPEST = 14;
/** Tiles that are kept. */
const MOST = 300;

type Sight = { extent: number[]; zoom: number };

export class Tiles {
  readonly #grid = createXYZ({ tileSize: 512, maxZoom: DEEPEST });
  /** A feature has a property `layer` of its own, which that of its tile would take the place of. */
  readonly #format = new MVT<Feature>({ featureClass: Feature, layerName: "part" });
  readonly #show: (marks: Mark[]) => void;
  #template = "";
  #held = new Map<string, Promise<Mark[] | undefined>>();
  #asked = new AbortController();
  /** How often was asked: what comes late of an earlier time is not shown. */
  #times = 0;

  constructor(show: (marks: Mark[]) => void) {
    this.#show = show;
  }

  /** Shows what is in sight, and says whether all of it came; `template`: address of a tile with {z}, {x} and {y}. */
  async look(template: string, { extent, zoom }: Sight): Promise<boolean> {
    if (template !== this.#template || this.#held.size > MOST) {
      this.#asked.abort();
      [this.#template, this.#held, this.#asked] = [template, new Map(), new AbortController()];
    }
    const time = ++this.#times;
    const level = Math.min(DEEPEST, Math.max(0, Math.floor(zoom)));
    const around = 2 ** level;
    const tiles = new Set<Promise<Mark[] | undefined>>();
    this.#grid.forEachTileCoord(extent, level, ([z = 0, x = 0, y = 0]) => {
      if (y >= 0 && y < around) tiles.add(this.#tile(z, ((x % around) + around) % around, y));
    });
    const marks = await Promise.all(tiles);
    if (time !== this.#times) return true;
    this.#show(marks.flatMap((held) => held ?? []));
    return !marks.includes(undefined);
  }

  #tile(z: number, x: number, y: number): Promise<Mark[] | undefined> {
    const url = this.#template.replace("{z}", String(z)).replace("{x}", String(x)).replace("{y}", String(y));
    const [held, { signal }] = [this.#held, this.#asked];
    const tile =
      held.get(url) ??
      this.#fetch(url, [z, x, y], signal).catch((error: unknown) => {
        held.delete(url);
        if (signal.aborted) return [];
        console.warn(error);
        return undefined;
      });
    held.set(url, tile);
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
    projects: () => [{ ...project }],
    spread: () => ["west", "south", "east", "north"].map((side) => Number(properties[side])) as Box,
  };
}
