// The interactive map itself. Loaded only where there is a map and WebGL; everything of MapLibre is behind this module.
import { type GeoJSONSource, Map as MapLibre, NavigationControl, prewarm, setWorkerUrl, type SourceSpecification, type VectorTileSource } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import { bordersOf } from "./borders.ts";
import { type Box, boxOf } from "./box.ts";
import { featuresOf, type Mark, marksOf } from "./clusters.ts";
import type { Columns } from "./columns.ts";
import { filtersOf, type MapConfig, withQuery } from "./config.ts";
import type { Shading, World } from "./data.ts";
import { imageOf } from "./icons.ts";
import { Interaction } from "./interact.ts";
import { styleOf } from "./style.ts";
import { onThemeChange, readTheme, wantsStillness } from "./theme.ts";
import { areaName, words } from "./words.ts";

setWorkerUrl(new URL(workerUrl, import.meta.url).href);
prewarm(); // the workers load while the map is made

/** Below this zoom all marks of the world are drawn; above, those in sight. */
const WORLD_TO = 3;

export class Atlas {
  readonly #map: MapLibre;
  readonly #world: World;
  readonly #config: MapConfig;
  readonly #columns: Columns | undefined;
  readonly #interaction: Interaction;
  #bits: Uint8Array;
  #marks: Mark[] = [];
  /** Which list of marks this is: what is still on the screen may be of the one before. */
  #made = 0;
  #level = -1;
  #shading: Shading = { countries: new Map(), otherwise: "", hatched: false };
  #query = new URLSearchParams();
  #moved: ((at: string) => void) | undefined;

  /** Throws where the browser cannot draw it. `query`: of the page's address; `within`: shows only what is in a box. */
  constructor(container: HTMLElement, config: MapConfig, world: World, columns: Columns | undefined, query: URLSearchParams, within: (box: readonly number[]) => void) {
    this.#world = world;
    this.#config = config;
    this.#columns = columns;
    this.#bits = new Uint8Array(columns?.size ?? 0);
    this.#query = query;
    const at = query.get("at") ?? "";
    const [zoom, latitude, longitude] = at.split("/").map(Number);
    const place = at !== "" && [zoom, latitude, longitude].every(Number.isFinite) ? { zoom: zoom ?? 1, center: [longitude ?? 0, latitude ?? 0] as [number, number] } : { bounds: config.bounds, fitBoundsOptions: { padding: 8 } };
    this.#map = new MapLibre({
      container,
      style: styleOf(readTheme(), this.#sources(), columns === undefined),
      ...place,
      minZoom: 0,
      maxZoom: 14,
      attributionControl: false,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      cooperativeGestures: window.matchMedia("(pointer: coarse)").matches,
      fadeDuration: wantsStillness() ? 0 : 150,
      locale: {
        "Map.Title": words.mapTitle,
        "NavigationControl.ZoomIn": words.zoomIn,
        "NavigationControl.ZoomOut": words.zoomOut,
        "Popup.Close": words.close,
        "CooperativeGesturesHandler.MobileHelpText": words.twoFingers,
        "CooperativeGesturesHandler.WindowsHelpText": words.ctrlScroll,
        "CooperativeGesturesHandler.MacHelpText": words.ctrlScroll,
      },
    });
    const map = this.#map;
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    map.addControl(new NavigationControl({ showCompass: false }), "top-right");
    map.setMissingStyleImageResolver((id) => this.#addImage(id));
    map.on("style.load", () => this.#draw());
    map.on("moveend", ({ originalEvent }) => this.#ended(originalEvent !== undefined));
    onThemeChange(() => void map.setStyle(styleOf(readTheme(), this.#sources(), columns === undefined), { diff: false }));
    const names = new Map(world.features.map(({ properties: { code, name } }) => [code, areaName(code, name)]));
    this.#interaction = new Interaction(map, container, config, columns, {
      mark: (made, mark) => (made === this.#made ? this.#marks[mark] : undefined),
      said: (code) => this.#shading.countries.get(code)?.[1] ?? this.#shading.otherwise,
      nameOf: (code) => names.get(code) ?? code,
      within,
      chosen: (project) => this.#bits[project] === 1,
    });
  }

  /** Resolves once the first picture is complete. */
  ready(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#map.loaded()) resolve();
      else void this.#map.once("load", () => resolve());
    });
  }

  /** Calls back with zoom, latitude and longitude when the reader has moved the map. */
  onMove(run: (at: string) => void): void {
    this.#moved = run;
  }

  /** West, south, east, north of what is in sight. */
  box(): Box {
    const bounds = this.#map.getBounds();
    return boxOf([bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()], 2);
  }

  /** Draws the projects with a 1; without columns the tiles of a query. */
  show(bits: Uint8Array | undefined, query: URLSearchParams): void {
    if (bits) this.#bits = bits;
    this.#query = query;
    this.#interaction.closePopup();
    if (this.#columns) this.#drawFound();
    else {
      this.#map.getSource<VectorTileSource>("places")?.setTiles([this.#tiles()]);
      void this.#map.getSource<GeoJSONSource>("routes")?.setData(this.#routeAddress());
    }
  }

  shade(shading: Shading): void {
    this.#shading = shading;
    this.#paintCountries();
  }

  #ended(byReader: boolean): void {
    const map = this.#map;
    const level = Math.floor(map.getZoom());
    if (this.#columns && (level !== this.#level || level > WORLD_TO)) this.#drawMarks();
    const { lat, lng } = map.getCenter();
    if (byReader) this.#moved?.(`${map.getZoom().toFixed(2)}/${lat.toFixed(3)}/${lng.toFixed(3)}`);
  }

  /** Gives the data to the style, once it is there. */
  #draw(): void {
    if (!this.#map.getSource("world")) return;
    if (this.#columns) this.#drawFound();
    this.#paintCountries();
  }

  /** Says in the page which list of marks is on the screen, for those who measure. */
  #tell(made: number): void {
    if (made !== this.#made) return;
    if (this.#map.areTilesLoaded()) this.#map.getContainer().dataset["drawn"] = String(made);
    else void this.#map.once("render", () => this.#tell(made)); // the source has them before its tiles do
  }

  #drawFound(): void {
    this.#drawMarks();
    const columns = this.#columns;
    if (!columns || !this.#map.getSource("routes")) return;
    columns.routes.forEach(({ project }, id) => this.#map.setFeatureState({ source: "routes", id }, { out: this.#bits[project] !== 1 }));
    columns.places.project.forEach((project, id) => {
      if (columns.tops[project] === "cables") this.#map.setFeatureState({ source: "landings", id }, { out: this.#bits[project] !== 1 });
    });
  }

  #drawMarks(): void {
    const source = this.#map.getSource<GeoJSONSource>("places");
    if (!this.#columns || !source) return;
    const zoom = this.#map.getZoom();
    this.#level = Math.floor(zoom);
    this.#marks = marksOf(this.#columns, this.#bits, { zoom, bounds: this.#level > WORLD_TO ? this.#sight() : undefined });
    const made = ++this.#made;
    void source.setData(featuresOf(this.#columns, this.#marks, made)).then(() => this.#map.once("render", () => this.#tell(made)));
  }

  /** What is in sight and a half of it around. */
  #sight(): Box {
    const bounds = this.#map.getBounds();
    const [across, up] = [(bounds.getEast() - bounds.getWest()) / 2, (bounds.getNorth() - bounds.getSouth()) / 2];
    return [bounds.getWest() - across, bounds.getSouth() - up, bounds.getEast() + across, bounds.getNorth() + up];
  }

  #tiles(): string {
    return new URL(withQuery(this.#config.tiles ?? "", filtersOf(this.#query)), document.baseURI).href.replaceAll("%7B", "{").replaceAll("%7D", "}");
  }

  #routeAddress(): string {
    return new URL(withQuery(this.#config.routes ?? "", filtersOf(this.#query)), document.baseURI).href;
  }

  #routes(): GeoJSON.FeatureCollection {
    const features = (this.#columns?.routes ?? []).map(({ project, schematic, lines }, id) => ({
      type: "Feature" as const,
      id,
      geometry: { type: "MultiLineString" as const, coordinates: lines },
      properties: { id, project, layer: this.#columns?.tops[project], schematic },
    }));
    return { type: "FeatureCollection", features };
  }

  /** Where cables land. */
  #landings(): GeoJSON.FeatureCollection {
    const features: GeoJSON.Feature[] = [];
    this.#columns?.places.project.forEach((project, id) => {
      if (this.#columns?.tops[project] !== "cables") return;
      const { longitude, latitude } = this.#columns.places;
      features.push({ type: "Feature", id, geometry: { type: "Point", coordinates: [longitude[id] ?? 0, latitude[id] ?? 0] }, properties: { place: id, project } });
    });
    return { type: "FeatureCollection", features };
  }

  #labels(): GeoJSON.FeatureCollection {
    const features = this.#world.features.map(({ properties: { code, name, small, x, y } }) => ({
      type: "Feature" as const,
      geometry: { type: "Point" as const, coordinates: [x, y] },
      properties: { code, name, small, label: areaName(code, name) },
    }));
    return { type: "FeatureCollection", features };
  }

  #sources(): Record<string, SourceSpecification> {
    const columns = this.#columns;
    return {
      world: { type: "geojson", data: this.#world, promoteId: "code", tolerance: 0.2 },
      borders: { type: "geojson", data: bordersOf(this.#world), tolerance: 0.2 },
      labels: { type: "geojson", data: this.#labels(), promoteId: "code" },
      routes: { type: "geojson", data: columns ? this.#routes() : this.#routeAddress() },
      landings: { type: "geojson", data: this.#landings() },
      places: columns ? { type: "geojson", data: featuresOf(columns, this.#marks, this.#made) } : { type: "vector", tiles: [this.#tiles()], maxzoom: 14 },
    };
  }

  #addImage(id: string): void {
    const ratio = Math.max(1, Math.ceil(window.devicePixelRatio));
    const image = imageOf(id, readTheme(), ratio);
    if (image && !this.#map.hasImage(id)) this.#map.addImage(id, image, { pixelRatio: ratio });
  }

  #paintCountries(): void {
    if (!this.#map.getSource("world")) return;
    for (const { properties } of this.#world.features) {
      if (properties.code === "") continue;
      const shade = this.#shading.countries.get(properties.code)?.[0] ?? 0;
      const state = { shade, hatched: this.#shading.hatched && shade === 0 };
      this.#map.setFeatureState({ source: "world", id: properties.code }, state);
      this.#map.setFeatureState({ source: "labels", id: properties.code }, state);
    }
  }
}
