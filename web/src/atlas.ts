// The interactive map itself. Loaded only where there is a map; OpenLayers draws it on canvases, without WebGL.
import Zoom from "ol/control/Zoom.js";
import { buffer } from "ol/extent.js";
import type Feature from "ol/Feature.js";
import type SimpleGeometry from "ol/geom/SimpleGeometry.js";
import OpenLayers from "ol/Map.js";
import VectorLayer from "ol/layer/Vector.js";
import { fromLonLat, toLonLat, transformExtent } from "ol/proj.js";
import VectorSource from "ol/source/Vector.js";
import View from "ol/View.js";
import { type Box, boxOf } from "./box.ts";
import { CLUSTERS_TO, marksOf } from "./clusters.ts";
import type { Columns } from "./columns.ts";
import { boxFrom, filtersOf, type MapConfig, withQuery } from "./config.ts";
import { fetchRoutes, type Project, projectOf, type Shading, toProject, type World } from "./data.ts";
import { gestures } from "./gestures.ts";
import { bordersSource, countriesOf, labelsOf, landingsOf, type RouteSaid, routesFrom, routesOf } from "./ground.ts";
import { Interaction, type Scene } from "./interact.ts";
import { eastOf, Marks } from "./marks.ts";
import { addFonts, type Styles, stylesOf } from "./style.ts";
import { onThemeChange, readTheme } from "./theme.ts";
import type { Tiles } from "./tiles.ts";
import { areaName, words } from "./words.ts";
import { ACROSS, resolutionOf, zoomOf } from "./zoom.ts";

/** Below this zoom all marks of the world are drawn; above, those in sight. */
const WORLD_TO = 3;
/** Pixels around what is in sight of which all is ready to be drawn when the map moves. */
const BUFFER = 600;
/** Pixels between what a map shows first and its edge. */
const PADDING = 8;
const [DEGREES, METRES] = ["EPSG:4326", "EPSG:3857"];

type At = readonly number[];

export class Atlas {
  readonly #map: OpenLayers;
  readonly #container: HTMLElement;
  readonly #config: MapConfig;
  readonly #columns: Columns | undefined;
  readonly #interaction: Interaction;
  readonly #layers: Record<keyof Styles, VectorLayer>;
  readonly #marks = new Marks();
  readonly #tiles: Promise<Tiles> | undefined;
  readonly #countries: VectorSource;
  readonly #labels: VectorSource;
  readonly #routes = new VectorSource();
  readonly #landings = new VectorSource();
  readonly #chosen = new VectorSource();
  #bits: Uint8Array;
  /** Which list of marks is drawn, for those who measure. */
  #made = 0;
  #level = -1;
  #shading: Shading = { countries: new Map(), otherwise: "", hatched: false };
  #query: URLSearchParams;
  #request: AbortController | undefined;
  #moved: ((at: string) => void) | undefined;
  #loaded: (() => void) | undefined;
  readonly #came = { marks: true, routes: true };

  /** Throws where the browser cannot draw it. `query`: of the page's address; `within`: shows only what is in a box. */
  constructor(container: HTMLElement, config: MapConfig, world: World, columns: Columns | undefined, query: URLSearchParams, within: (box: readonly number[]) => void) {
    this.#container = container;
    this.#config = config;
    this.#columns = columns;
    this.#bits = new Uint8Array(columns?.size ?? 0);
    this.#query = query;
    this.#countries = countriesOf(world);
    this.#labels = labelsOf(world);
    if (columns) {
      this.#routes.addFeatures(routesOf(columns));
      this.#landings.addFeatures(landingsOf(columns));
    } else {
      this.#tiles = import("./tiles.ts").then(({ Tiles }) => new Tiles((marks) => this.#put(() => this.#marks.set(marks))));
    }
    addFonts();
    this.#layers = this.#layered(bordersSource(world));
    this.#paint();
    onThemeChange(() => this.#paint());
    container.tabIndex = 0;
    container.setAttribute("role", "region");
    container.ariaLabel = words.mapTitle;
    // The whole world fits across the narrowest screen; only the middle is held within it, because a map may be higher than the world.
    const maxResolution = Math.max(resolutionOf(0), ACROSS / Math.max(1, container.clientWidth - 2 * PADDING));
    const around = { multiWorld: true, constrainOnlyCenter: true, extent: [-Infinity, -ACROSS / 2, Infinity, ACROSS / 2] };
    const view = new View({ minResolution: resolutionOf(14), maxResolution, enableRotation: false, center: [0, 0], resolution: maxResolution, ...around });
    const controls = [new Zoom({ zoomInTipLabel: words.zoomIn, zoomOutTipLabel: words.zoomOut, zoomOutLabel: "−" })];
    this.#map = new OpenLayers({ target: container, layers: Object.values(this.#layers), controls, interactions: gestures(container), view });
    this.#lookAt(query);
    this.#map.on("moveend", () => this.#ended());
    this.#interaction = new Interaction(this.#map, container, config, this.#scene(world, within));
  }

  /** Resolves once all that is held is on the screen. */
  drawn(): Promise<void> {
    return new Promise((resolve) => {
      this.#map.once("rendercomplete", () => resolve());
      this.#map.render();
    });
  }

  /** Calls back with zoom, latitude and longitude when the reader has moved the map. */
  onMove(run: (at: string) => void): void {
    this.#moved = run;
  }

  /** Calls back when tiles or routes have come, or failed to. */
  onLoad(run: () => void): void {
    this.#loaded = run;
  }

  /** Whether all marks and routes that were last asked for are here. */
  whole(): boolean {
    return this.#came.marks && this.#came.routes;
  }

  /** West, south, east, north of what is in sight. */
  box(): Box {
    return boxOf(this.#sight(0), 2);
  }

  /** Draws the projects with a 1; without columns what tiles and routes of a query hold, and resolves when they are here. */
  async show(bits: Uint8Array | undefined, query: URLSearchParams): Promise<void> {
    if (bits) this.#bits = bits;
    this.#query = query;
    this.#interaction.closePopup();
    const marks = this.#drawMarks();
    if (!this.#columns) return void (await Promise.all([marks, this.#fetchRoutes()]));
    this.#layers.routes.changed();
    this.#layers.landings.changed();
  }

  shade(shading: Shading): void {
    this.#shading = shading;
    this.#layers.countries.changed();
    this.#layers.dots.changed();
  }

  #layered(borders: VectorSource): Record<keyof Styles, VectorLayer> {
    const layer = (source: VectorSource, options = {}): VectorLayer => new VectorLayer({ source, renderBuffer: BUFFER, ...options });
    return {
      countries: layer(this.#countries),
      borders: layer(borders),
      dots: layer(this.#labels, { minResolution: resolutionOf(5) }),
      routes: layer(this.#routes),
      landings: layer(this.#landings),
      chosen: layer(this.#chosen),
      names: layer(this.#labels, { maxResolution: resolutionOf(2.6), declutter: true, renderBuffer: 100 }),
      // On a canvas of their own: names that find room are drawn last on theirs.
      marks: layer(this.#marks.source, { className: "map-marks", renderBuffer: 100, updateWhileAnimating: true, updateWhileInteracting: true }),
    };
  }

  #paint(): void {
    const shade = (code: string): number => this.#shading.countries.get(code)?.[0] ?? 0;
    const near = (): number[] => buffer(this.#extent(0), BUFFER * this.#resolution());
    const styles = stylesOf(readTheme(), { shade, hatched: () => this.#shading.hatched, found: (project) => this.#bits[project] === 1, near });
    for (const [name, layer] of Object.entries(this.#layers)) layer.setStyle(styles[name as keyof Styles]);
  }

  /** Where a query looks: a zoom, a latitude and a longitude; else its box; else what the page shows first. */
  #lookAt(query: URLSearchParams): void {
    const view = this.#map.getView();
    const at = query.get("at") ?? "";
    const [zoom = NaN, latitude = NaN, longitude = NaN] = at.split("/").map(Number);
    if (at !== "" && [zoom, latitude, longitude].every(Number.isFinite)) {
      view.setCenter(fromLonLat([longitude, latitude]));
      view.setResolution(resolutionOf(zoom));
    } else {
      const padding = [PADDING, PADDING, PADDING, PADDING];
      view.fit(transformExtent(boxFrom(query) ?? this.#config.bounds, DEGREES, METRES), { padding, minResolution: resolutionOf(CLUSTERS_TO + 1) });
    }
  }

  #zoom(): number {
    return zoomOf(this.#resolution());
  }

  #resolution(): number {
    return this.#map.getView().getResolution() ?? 1;
  }

  /** What is in sight and such a part of it on each side, in degrees. */
  #sight(around: number): Box {
    const [west = 0, south = 0, east = 0, north = 0] = transformExtent(this.#extent(around), METRES, DEGREES);
    return [west, south, east, north];
  }

  #extent(around: number): number[] {
    const [left = 0, low = 0, right = 0, high = 0] = this.#map.getView().calculateExtent();
    const [across, up] = [(right - left) * around, (high - low) * around];
    return [left - across, low - up, right + across, high + up];
  }

  #ended(): void {
    const level = Math.floor(this.#zoom());
    if (!this.#columns || level !== this.#level || level > WORLD_TO) void this.#drawMarks();
    this.#interaction.settled();
    if (!this.#interaction.byReader()) return;
    const [longitude = 0, latitude = 0] = toLonLat(this.#map.getView().getCenter() ?? [0, 0]);
    this.#moved?.(`${this.#zoom().toFixed(2)}/${latitude.toFixed(3)}/${longitude.toFixed(3)}`);
  }

  async #drawMarks(): Promise<void> {
    const [columns, zoom] = [this.#columns, this.#zoom()];
    this.#level = Math.floor(zoom);
    if (columns) return this.#put(() => this.#marks.set(marksOf(columns, this.#bits, { zoom, bounds: this.#level > WORLD_TO ? this.#sight(0.5) : undefined })));
    const template = withQuery(this.#config.tiles ?? "", filtersOf(this.#query));
    const tiles = await this.#tiles?.catch((error: unknown) => void console.warn(error));
    this.#came.marks = (await tiles?.look(template, { extent: this.#extent(this.#level > WORLD_TO ? 0.5 : 0), zoom })) ?? false;
    this.#loaded?.();
  }

  /** Puts other marks on the map, and says in the page when they are on the screen. */
  #put(set: () => void): void {
    set();
    const made = ++this.#made;
    this.#map.once("postrender", () => (this.#container.dataset["drawn"] = String(made)));
    this.#interaction?.settled();
  }

  async #fetchRoutes(): Promise<void> {
    this.#request?.abort();
    const request = (this.#request = new AbortController());
    try {
      const routes = routesFrom(await fetchRoutes(this.#config, this.#query, request.signal));
      this.#routes.clear(true);
      this.#routes.addFeatures(routes);
      this.#came.routes = true;
    } catch (error) {
      if (request.signal.aborted) return;
      console.warn(error);
      this.#came.routes = false;
    }
    this.#loaded?.();
  }

  #scene(world: World, within: Scene["within"]): Scene {
    const names = new Map(world.features.map(({ properties: { code, name } }) => [code, areaName(code, name)]));
    return {
      marks: (at, reach) => this.#marks.under(at, this.#resolution(), reach),
      landings: (at, reach) => this.#landingsAt(at, reach),
      routes: (at, reach) => this.#routesAt(at, reach),
      country: (at) => this.#countryAt(at),
      said: (code) => this.#shading.countries.get(code)?.[1] ?? this.#shading.otherwise,
      nameOf: (code) => names.get(code) ?? code,
      choose: (route) => {
        this.#chosen.clear(true);
        if (route) this.#chosen.addFeature(route);
      },
      within,
      complete: this.#columns !== undefined,
    };
  }

  /** A box so many pixels around a place, in the world that features lie in; at its edge a second one, at the other edge. */
  #around([x = 0, y = 0]: At, reach: number): [number, number, number, number][] {
    const [east, far] = [eastOf(x, 0), reach * this.#resolution()];
    const places = Math.abs(east) + far > ACROSS / 2 ? [east, east - Math.sign(east) * ACROSS] : [east];
    return places.map((at) => [at - far, y - far, at + far, y + far]);
  }

  #landingsAt(at: At, reach: number): Project[] {
    const columns = this.#columns;
    if (!columns) return [];
    const { places, tops } = columns;
    const [x, y] = [eastOf(at[0] ?? 0, 0) / ACROSS + 0.5, 0.5 - (at[1] ?? 0) / ACROSS];
    const far = ((reach + 3) * this.#resolution()) / ACROSS;
    const found: Project[] = [];
    places.project.forEach((project, place) => {
      const across = Math.abs((places.x[place] ?? 0) - x);
      const near = this.#bits[project] && tops[project] === "cables" && Math.hypot(Math.min(across, 1 - across), (places.y[place] ?? 0) - y) <= far;
      if (near) found.push(projectOf(columns, project, places.precision[place] ?? ""));
    });
    return found;
  }

  #routesAt(at: At, reach: number): { project: Project; feature: Feature }[] {
    const near = this.#around(at, reach).flatMap((box) => this.#routes.getFeaturesInExtent(box).filter((feature) => feature.getGeometry()?.intersectsExtent(box)));
    return [...new Set(near)].flatMap((feature) => {
      const { project, schematic, said } = feature.getProperties() as unknown as RouteSaid;
      if (project === undefined || !this.#columns) return [{ project: toProject(said ?? {}), feature }];
      return this.#bits[project] ? [{ project: projectOf(this.#columns, project, schematic ? "schematic" : "exact"), feature }] : [];
    });
  }

  /** The code of the country there; of one too small to be seen, where its dot would be. */
  #countryAt(at: At): string | undefined {
    const small = this.#zoom() < 5 ? this.#around(at, 6).flatMap((box) => this.#labels.getFeaturesInExtent(box)).find((feature) => feature.get("small")) : undefined;
    const [x, y] = [eastOf(at[0] ?? 0, 0), at[1] ?? 0];
    const found = small ?? this.#countries.getFeaturesInExtent([x, y, x, y]).find((feature) => (feature.getGeometry() as SimpleGeometry).intersectsCoordinate([x, y]));
    return (found?.get("code") as string | undefined) || undefined;
  }
}
