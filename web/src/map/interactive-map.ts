// The interactive map, loaded only on pages that show one. OpenLayers draws it on canvases, without WebGL.
import Zoom from "ol/control/Zoom.js";
import { buffer } from "ol/extent.js";
import OpenLayers from "ol/Map.js";
import type { FeatureCollection, LineString, MultiLineString } from "geojson";
import type { Box } from "./box.ts";
import { type Mark, marksOf } from "./clusters.ts";
import type { Columns } from "../project-columns.ts";
import { boxFrom, filtersOf, withQuery } from "../address-parameters.ts";
import type { MapConfig } from "../map-config.ts";
import { fetchRoutes, type Shading, type World } from "../map-data.ts";
import { pause } from "../pause-for-input.ts";
import { CountryCircles } from "./country-circles-on-map.ts";
import { countryFacts } from "./country-facts.ts";
import { gestures } from "./gestures.ts";
import { Highlight } from "./highlight.ts";
import { countryAt, type DrawnMap, landingsAt, routesAt } from "./hits-below-marks.ts";
import { layersOnMap, MapKey } from "./map-key.ts";
import { Interaction, type Scene } from "./map-selection.ts";
import { BUFFER, changeScenery, createLayers, type Layers, showGroups, visibleGroups, type VisibleGroups } from "./map-layers.ts";
import { Marks } from "./marks-and-hit-test.ts";
import { addFonts, type Styles, stylesOf } from "./map-styles.ts";
import { addPlanes, EQUAL_EARTH, extentOf, MERCATOR, type Plane, planeFor } from "./projections.ts";
import { Scenery } from "./scenery-below-marks.ts";
import { onThemeChange, readTheme } from "./theme.ts";
import type { Tiles } from "./mark-tiles.ts";
import { areaName } from "../area-names.ts";
import { words } from "../words.ts";
import { placeFrom, ViewPosition } from "./view-position.ts";
import { clusterLevel } from "./zoom-and-resolution.ts";

/** Up to this zoom, all marks from columns are drawn; above it, only those in or near the view. */
const WORLD_TO = 3;

export class InteractiveMap {
  readonly #map: OpenLayers;
  readonly #container: HTMLElement;
  readonly #config: MapConfig;
  readonly #columns: Columns | undefined;
  readonly #interaction: Interaction;
  readonly #layers: Layers;
  readonly #marks = new Marks();
  readonly #circles: CountryCircles;
  readonly #tiles: Promise<Tiles> | undefined;
  readonly #world: World;
  readonly #sceneries = new Map<Plane, Scenery>();
  readonly #highlight = new Highlight();
  readonly #position: ViewPosition;
  #scenery: Scenery;
  /** The routes that the server sent, if there are no columns. */
  #fetchedRoutes: FeatureCollection<LineString | MultiLineString> | undefined;
  #bits: Uint8Array;
  /** The number of the current list of marks, for tests and measurements. */
  #marksVersion = 0;
  #level = NaN;
  #shading: Shading = { palette: "project", countries: new Map(), numbers: new Map(), defaultText: "", hatched: false };
  #query: URLSearchParams;
  #request: AbortController | undefined;
  readonly key = new MapKey();
  /** The layers of the current marks, which are on the map unless it has circles of countries. */
  #layersDrawn: ReadonlySet<string> = new Set();
  #isDrawn = false;
  #onMove: ((at: string) => void) | undefined;
  #onLoad: (() => void) | undefined;
  /** False for marks or routes whose last request failed. */
  readonly #loaded = { marks: true, routes: true };

  /** `query`: the query of the page's address; `narrowTo`: filters projects by a box. */
  constructor(container: HTMLElement, config: MapConfig, world: World, columns: Columns | undefined, query: URLSearchParams, narrowTo: (box: readonly number[]) => void) {
    this.#container = container;
    this.#config = config;
    this.#columns = columns;
    this.#bits = new Uint8Array(columns?.size ?? 0);
    this.#query = query;
    this.#world = world;
    if (!columns) this.#tiles = import("./mark-tiles.ts").then(({ Tiles }) => new Tiles((marks) => this.#placeMarks(marks)));
    addPlanes();
    addFonts();
    this.#scenery = this.#sceneryOf(EQUAL_EARTH);
    this.#circles = new CountryCircles(container);
    this.#layers = createLayers({ circles: this.#circles.source, routes: this.#scenery.routes, landings: this.#scenery.landings, ports: this.#scenery.ports, chosen: this.#highlight.source, marks: this.#marks.source });
    onThemeChange(() => this.#paint());
    container.tabIndex = 0;
    container.role = "region";
    container.ariaLabel = words.mapTitle;
    const controls = [new Zoom({ zoomInTipLabel: words.zoomIn, zoomOutTipLabel: words.zoomOut, zoomOutLabel: "−" })];
    this.#map = new OpenLayers({ target: container, layers: Object.values(this.#layers), controls, interactions: gestures(container) });
    this.#position = new ViewPosition(this.#map, container);
    this.#lookAt(query);
    this.#map.on("moveend", () => this.#moveEnded());
    this.#map.on("change:size", () => this.#placeCircles());
    this.#interaction = new Interaction(this.#map, container, config, this.#scene(world, narrowTo));
  }

  /** Draws in steps, so that the page stays responsive. Resolves once everything is on the screen. */
  async drawn(): Promise<void> {
    const { countries, borders, names, dots, chosen } = this.#layers;
    this.#paint();
    await pause();
    countries.setSource(this.#scenery.countries);
    await this.#rendered("postrender");
    await pause();
    while (!this.#scenery.addBorders()) await pause();
    borders.setSource(this.#scenery.borders);
    for (const layer of [names, dots]) layer.setSource(this.#scenery.labels);
    chosen.setVisible(true);
    this.#isDrawn = true;
    this.#hideOrShowMarks();
    await this.#rendered("rendercomplete");
  }

  #rendered(event: "postrender" | "rendercomplete"): Promise<void> {
    return new Promise((resolve) => {
      this.#map.once(event, () => resolve());
      this.#map.render();
    });
  }

  /** Sets the function to call with `zoom/latitude/longitude` after the reader has moved the map. */
  onMove(run: (at: string) => void): void {
    this.#onMove = run;
  }

  /** Sets the function to call after tiles or routes have loaded or failed. */
  onLoad(run: () => void): void {
    this.#onLoad = run;
  }

  /** Returns false if the last request for marks, or for routes, failed. */
  isComplete(): boolean {
    return this.#loaded.marks && this.#loaded.routes;
  }

  /** Returns the box in view: west, south, east, north. */
  box(): Box {
    return this.#position.box();
  }

  /**
   * Closes the panel and redraws the map. With columns, it draws the projects whose bit is 1; without `bits`, those of the
   * previous call. Without columns, it loads the marks and routes for `query` from the server.
   */
  async show(bits: Uint8Array | undefined, query: URLSearchParams): Promise<void> {
    if (bits) this.#bits = bits;
    this.#query = query;
    this.#interaction.closePanel();
    const marks = this.#drawMarks();
    if (!this.#columns) return void (await Promise.all([marks, this.#fetchRoutes()]));
    for (const layer of [this.#layers.routes, this.#layers.landings, this.#layers.ports]) layer.changed();
  }

  shade(shading: Shading): void {
    this.#shading = shading;
    this.#placeCircles();
    this.#hideOrShowMarks();
    for (const layer of [this.#layers.countries, this.#layers.dots, this.#layers.circles]) layer.changed();
  }

  #placeCircles(): void {
    this.#circles.set(this.#shading, this.#world, this.#position.plane, this.#container.clientWidth, this.#config.names);
  }

  #visible(): VisibleGroups {
    return visibleGroups(this.#shading, this.#position.zoom());
  }

  #hideOrShowMarks(): void {
    const visible = this.#visible();
    this.#circles.setVisible(visible.circles);
    if (this.#isDrawn) showGroups(this.#layers, visible);
    this.key.show(new Set([...this.#layersDrawn].filter((name) => (name === "landings" ? visible.routes : visible.marks))));
  }

  #sceneryOf(plane: Plane): Scenery {
    const scenery = this.#sceneries.get(plane) ?? new Scenery(plane, this.#world, this.#columns, this.#config.cableSuppliers);
    this.#sceneries.set(plane, scenery);
    return scenery;
  }

  #look(plane: Plane, center: [number, number], ground?: number): void {
    if (plane !== this.#position.plane) {
      this.#position.plane = plane;
      this.#scenery = this.#sceneryOf(plane);
      if (this.#fetchedRoutes) this.#scenery.setRoutes(this.#fetchedRoutes);
      changeScenery(this.#layers, this.#scenery);
      this.#interaction?.closePanel();
      this.#marks.set([], plane);
      this.#placeCircles();
      this.#level = NaN;
    }
    this.#position.move(plane, center, ground);
  }

  /** Switches to the plane that fits the view; returns whether it did. */
  #changePlane(): boolean {
    const [center, ground] = [this.#position.center(), this.#position.ground()];
    const plane = planeFor(ground, this.#position.plane);
    if (plane === this.#position.plane) return false;
    this.#look(plane, center, ground);
    void this.#drawMarks();
    return true;
  }

  #paint(): void {
    const shade = (code: string): number => this.#shading.countries.get(code)?.[0] ?? 0;
    const near = (): number[] => buffer(this.#position.extent(0), BUFFER * this.#position.resolution());
    const styles = stylesOf(readTheme(), { shade, palette: () => this.#shading.palette, hatched: () => this.#shading.hatched, hasNumbers: () => this.#shading.numbers.size > 0, matches: (project) => this.#bits[project] === 1, near });
    for (const [name, layer] of Object.entries(this.#layers)) layer.setStyle(styles[name as keyof Styles]);
  }

  /** Moves to the view of a query: zoom, latitude and longitude, otherwise its box, otherwise the page's first view. */
  #lookAt(query: URLSearchParams): void {
    const place = placeFrom(query);
    if (place) return this.#look(planeFor(place.ground), place.center, place.ground);
    const box = boxFrom(query) ?? this.#config.bounds;
    this.#look(box[2] > 180 ? MERCATOR : EQUAL_EARTH, [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2]);
    this.#position.fit(box);
    // Only Mercator's map continues beyond the antimeridian.
    if (box[2] <= 180 && this.#changePlane()) this.#position.fit(box);
  }

  #moveEnded(): void {
    const moved = this.#interaction.wasMovedByReader();
    if (moved && this.#changePlane()) return; // the change is itself a move, so this runs again
    const level = clusterLevel(this.#position.zoom());
    if (!this.#columns || level !== this.#level || level > WORLD_TO) void this.#drawMarks();
    this.#interaction.settled();
    this.#hideOrShowMarks();
    // Shades of countries are paler when zoomed in, where marks and names matter more.
    this.#layers.countries.setOpacity(Math.min(1, Math.max(0.35, 1 - (this.#position.zoom() - 5) * 0.25)));
    if (moved) this.#onMove?.(this.#position.address());
  }

  async #drawMarks(): Promise<void> {
    const [columns, zoom] = [this.#columns, this.#position.zoom()];
    this.#level = clusterLevel(zoom);
    const { positions } = this.#scenery;
    if (columns && positions) {
      return this.#placeMarks(marksOf(columns, positions, this.#bits, { zoom, extent: this.#level > WORLD_TO ? this.#position.extent(0.5) : undefined }));
    }
    const template = withQuery(this.#config.tiles ?? "", filtersOf(this.#query));
    const tiles = await this.#tiles?.catch((error: unknown) => void console.warn(error));
    this.#loaded.marks = (await tiles?.load(template, { extent: extentOf(this.#position.sight(this.#level > WORLD_TO ? 0.5 : 0), MERCATOR), zoom })) ?? false;
    this.#onLoad?.();
  }

  /** Replaces the marks on the map, and sets `data-drawn` once the new ones are on the screen. */
  #placeMarks(marks: readonly Mark[]): void {
    this.#marks.set(marks, this.#position.plane);
    this.#layersDrawn = layersOnMap(marks, this.#columns, this.#bits);
    this.#hideOrShowMarks();
    const version = ++this.#marksVersion;
    this.#map.once("postrender", () => (this.#container.dataset["drawn"] = String(version)));
    this.#interaction?.settled();
  }

  async #fetchRoutes(): Promise<void> {
    this.#request?.abort();
    const request = (this.#request = new AbortController());
    try {
      this.#fetchedRoutes = await fetchRoutes(this.#config, this.#query, request.signal);
      this.#scenery.setRoutes(this.#fetchedRoutes);
      this.#loaded.routes = true;
    } catch (error) {
      if (request.signal.aborted) return;
      console.warn(error);
      this.#loaded.routes = false;
    }
    this.#onLoad?.();
  }

  /** Returns the code of the country whose circle is at a position; undefined if none is there. */
  #circleAt(at: readonly number[]): string | undefined {
    return this.#visible().circles ? this.#circles.at(at, this.#position.resolution()) : undefined;
  }

  /** Returns whether a route or landing point can be selected at a position, because it is visible and under no circle. */
  #hasRoutesAt(at: readonly number[]): boolean {
    return this.#visible().routes && this.#circleAt(at) === undefined;
  }

  #scene(world: World, narrowTo: Scene["narrowTo"]): Scene {
    const names = new Map(world.features.map(({ properties: { code, name } }) => [code, areaName(code, name)]));
    const drawn = (): DrawnMap => ({ plane: this.#position.plane, scenery: this.#scenery, resolution: this.#position.resolution(), columns: this.#columns, bits: this.#bits });
    return {
      plane: () => this.#position.plane,
      marks: (at, reach) => (this.#visible().marks ? this.#marks.under(at, this.#position.resolution(), reach) : []),
      landings: (at, reach) => (this.#hasRoutesAt(at) ? landingsAt(drawn(), at, reach) : []),
      routes: (at, reach) => (this.#hasRoutesAt(at) ? routesAt(drawn(), at, reach) : []),
      country: (at) => countryAt(drawn(), at, this.#circleAt(at)),
      countryFacts: (code) => countryFacts(this.#columns, this.#bits, code, this.#shading.countries.get(code)?.[1] ?? this.#shading.defaultText),
      countryText: (code) => this.#shading.countries.get(code)?.[1] ?? this.#shading.defaultText,
      nameOf: (code) => names.get(code) ?? code,
      select: (feature) => this.#highlight.select(feature),
      point: (route) => this.#highlight.point(route),
      narrowTo,
      complete: this.#columns !== undefined,
    };
  }
}
