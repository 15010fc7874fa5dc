// Selecting on the map with the pointer, or with the keyboard at the cross in the middle.
import type Feature from "ol/Feature.js";
import type OpenLayers from "ol/Map.js";
import { boxOf } from "./box.ts";
import { CLUSTERS_TO } from "./clusters.ts";
import { address } from "../address-parameters.ts";
import type { MapConfig } from "../map-config.ts";
import type { Project } from "../map-data.ts";
import { element } from "../dom.ts";
import type { Hit } from "./marks-and-hit-test.ts";
import type { CountryFacts } from "./country-facts.ts";
import { countryPanel, projectsPanel } from "./panel.ts";
import { extentOf, type Plane } from "./projections.ts";
import { prefersReducedMotion } from "./theme.ts";
import { words } from "../words.ts";
import { resolutionOf, zoomOf } from "./zoom-and-resolution.ts";

/** Pixels around the pointer that count as a hit. */
const REACH = 6;
/** Pixels between the selected position and the panel or the edge of the map. */
const MARGIN = 28;

type At = readonly number[];

/** The zoom at which zooming in on a cluster stops. Towns have names there. */
const TOWNS = 8;

/** What selecting needs from the map. A position (`at`) is in metres on the plane, and a `reach` in pixels. */
export interface Scene {
  plane: () => Plane;
  marks: (at: At, reach: number) => Hit[];
  /** Cables with a landing point at a position. */
  landings: (at: At, reach: number) => Project[];
  routes: (at: At, reach: number) => { project: Project; feature: Feature }[];
  country: (at: At) => { code: string; feature: Feature } | undefined;
  countryFacts: (code: string) => CountryFacts;
  /** The value that shades a country, in words. */
  countryText: (code: string) => string;
  nameOf: (code: string) => string;
  /** Highlights the selected route or country; nothing if undefined. */
  select: (feature: Feature | undefined) => void;
  /** Highlights the route under the pointer; nothing if undefined. */
  point: (route: Feature | undefined) => void;
  /** Filters projects by a box in degrees. */
  narrowTo: (box: readonly number[]) => void;
  /** Whether the browser knows which projects a cluster contains. */
  complete: boolean;
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, Math.max(least, most)));
}

/** Returns the name of a project that has a route, and its suppliers if the map knows any. */
function cableText({ name, suppliers }: Project): string {
  return suppliers && suppliers.length > 0 ? words.countrySummary(name, suppliers.map((supplier) => supplier.name).join(words.comma)) : name;
}

export class Interaction {
  readonly #map: OpenLayers;
  readonly #container: HTMLElement;
  readonly #config: MapConfig;
  readonly #scene: Scene;
  readonly #readout = element("p", { className: "map-readout", hidden: true });
  #panel: HTMLElement | undefined;
  /** Whether the script rather than the reader is moving the map. */
  #movedByScript = false;
  /** The view when the map last stopped moving; undefined from a change of its size until the next frame. */
  #restingView: string | undefined;

  constructor(map: OpenLayers, container: HTMLElement, config: MapConfig, scene: Scene) {
    this.#map = map;
    this.#container = container;
    this.#config = config;
    this.#scene = scene;
    this.#readout.setAttribute("aria-live", "polite");
    container.append(element("span", { className: "map-cross", ariaHidden: "true" }), this.#readout);
    map.on("click", ({ coordinate, originalEvent }) => this.#choose(coordinate, originalEvent.ctrlKey || originalEvent.metaKey));
    map.on("pointermove", ({ coordinate, dragging, originalEvent }) => {
      if (!dragging) this.#point(originalEvent.target instanceof HTMLCanvasElement ? coordinate : undefined);
    });
    container.addEventListener("pointerleave", () => this.#point(undefined));
    container.addEventListener("keydown", (event) => this.#key(event));
    container.addEventListener("focus", () => this.settled());
    container.addEventListener("blur", () => this.#announce(""));
    map.on("movestart", () => this.#announce(""));
    // OpenLayers reports no move before the second frame, so its first move may be the reader's.
    map.on("postrender", () => (this.#restingView ??= this.#view()));
    map.on("change:size", () => (this.#restingView = undefined));
  }

  /** Returns whether the reader made the move that has ended. Must be called once per move. */
  wasMovedByReader(): boolean {
    const current = this.#view();
    const moved = !this.#movedByScript && this.#restingView !== undefined && this.#restingView !== current;
    this.#movedByScript = false;
    this.#restingView = current;
    return moved;
  }

  #view(): string {
    const view = this.#map.getView();
    return [...(view.getCenter() ?? []), view.getResolution()].join();
  }

  /** After a move or a change of the map, describes what is under the cross, if the cross is visible. */
  settled(): void {
    if (this.#container.matches(":focus-visible")) this.#announce(this.#describe(this.#middle()) || words.hint);
  }

  closePanel(): void {
    const panel = this.#panel;
    if (!panel) return;
    const focused = panel.contains(document.activeElement);
    panel.remove();
    this.#panel = undefined;
    this.#scene.select(undefined);
    if (focused) this.#container.focus({ preventScroll: true });
  }

  #middle(): At {
    return this.#map.getView().getCenter() ?? [0, 0];
  }

  #key(event: KeyboardEvent): void {
    if (event.key === "Escape") this.closePanel();
    if (event.target !== this.#container) return;
    if (event.key === "=") this.#map.getView().adjustZoom(1); // for keyboards where + needs Shift
    if (event.key !== "Enter") return;
    event.preventDefault();
    this.#choose(this.#middle(), event.ctrlKey || event.metaKey);
  }

  #choose(at: At, inNewTab: boolean): void {
    const hits = this.#scene.marks(at, REACH);
    const cluster = hits.find(({ mark }) => mark.count > 1);
    if (cluster) return this.#openCluster(cluster);
    const [first] = hits;
    if (first) return this.#openProjects(first.at, hits.flatMap(({ mark }) => mark.projects()), { place: first.mark.label });
    const landings = this.#scene.landings(at, REACH / 2);
    if (landings.length > 0) return this.#openProjects(at, landings);
    const routes = this.#scene.routes(at, REACH / 2);
    if (routes.length > 0) return this.#openProjects(at, routes.map(({ project }) => project), { route: routes[0]?.feature });
    const country = this.#scene.country(at);
    if (!country) return this.closePanel();
    if (inNewTab) window.open(address(this.#config.countryUrl, "code", country.code), "_blank", "noopener");
    else this.#open(at, countryPanel(country.code, this.#scene.countryFacts(country.code), this.#config, this.#scene.nameOf), country.feature);
  }

  /** Lists the contents of a cluster. If only the server knows them, the map zooms in, or the cluster becomes a filter. */
  #openCluster({ mark, at }: Hit): void {
    const [west, south, east, north] = mark.spread();
    const splits = Math.max(east - west, north - south) > 1e-3 && zoomOf(this.#map.getView().getResolution() ?? 1) < CLUSTERS_TO;
    if (this.#scene.complete) this.#openProjects(at, mark.projects(), { place: mark.label, cluster: splits ? { mark, at } : undefined });
    else if (splits) this.#zoomTo({ mark, at });
    else this.#scene.narrowTo(boxOf([west - 1e-3, south - 1e-3, east + 1e-3, north + 1e-3], 3));
  }

  /** Zooms in until a cluster fills the map, but not beyond `TOWNS` unless that would be less than one level. */
  #zoomTo({ mark, at }: Hit): void {
    const view = this.#map.getView();
    const [left, low, right, high] = extentOf(mark.spread(), this.#scene.plane());
    const [width = 0, height = 0] = this.#map.getSize() ?? [];
    const fitting = Math.max((right - left) / Math.max(1, width - 120), (high - low) / Math.max(1, height - 120));
    const nearer = resolutionOf(zoomOf(view.getResolution() ?? 1) + 1);
    const [x] = this.#scene.plane().project(mark.longitude, mark.latitude);
    const resolution = Math.min(Math.max(fitting, resolutionOf(TOWNS)), nearer);
    view.animate({ center: [(left + right) / 2 + at[0] - x, (low + high) / 2], resolution, duration: prefersReducedMotion() ? 0 : 400 });
  }

  /**
   * Opens the panel for projects at a position. `place`: the name of their town or site; `route`: a route to highlight;
   * `cluster`: a cluster that a button zooms in on.
   */
  #openProjects(at: At, projects: Project[], { place = "", route, cluster }: { place?: string; route?: Feature | undefined; cluster?: Hit | undefined } = {}): void {
    const unique = [...new Map(projects.map((project) => [project.id, project])).values()];
    const content = projectsPanel(unique, this.#config, this.#scene.nameOf, place);
    this.#open(at, cluster ? [...content.slice(0, 1), this.#zoomButton(cluster), ...content.slice(1)] : content, route);
  }

  /** Opens the panel, and moves the map until the selected position is beside it. */
  #open(at: At, content: HTMLElement[], selected: Feature | undefined): void {
    this.closePanel();
    this.#scene.select(selected);
    const close = element("button", { className: "map-panel-close", textContent: "×" });
    close.type = "button";
    close.ariaLabel = words.close;
    close.addEventListener("click", () => this.closePanel());
    const panel = element("div", { className: "map-panel" }, [...content, close]);
    panel.setAttribute("role", "dialog");
    panel.ariaLabel = content[0]?.textContent?.trim() ?? "";
    this.#panel = panel;
    this.#container.append(panel);
    this.#bringIntoView(at, panel);
    panel.querySelector("a")?.focus({ preventScroll: true });
  }

  #zoomButton(cluster: Hit): HTMLElement {
    const button = element("button", { className: "map-panel-zoom", textContent: words.zoomTo(cluster.mark.count) });
    button.type = "button";
    button.addEventListener("click", () => {
      this.closePanel();
      this.#zoomTo(cluster);
    });
    return button;
  }

  /** Moves the map until a position isn't covered by the panel, which is at a side of the map or, on phones, at its bottom. */
  #bringIntoView(at: At, panel: HTMLElement): void {
    const [frame, own] = [this.#container.getBoundingClientRect(), panel.getBoundingClientRect()];
    const [x = 0, y = 0] = this.#map.getPixelFromCoordinate([...at]) ?? [];
    const beside = own.width < frame.width * 0.9;
    const [left, right] = own.left - frame.left > frame.right - own.right ? [0, own.left - frame.left] : [own.right - frame.left, frame.width];
    const across = beside ? clamp(x, left + MARGIN, right - MARGIN) - x : 0;
    const down = beside ? 0 : clamp(y, MARGIN, own.top - frame.top - MARGIN) - y;
    if (across === 0 && down === 0) return;
    const view = this.#map.getView();
    const [[east = 0, north = 0], resolution] = [view.getCenter() ?? [], view.getResolution() ?? 1];
    this.#movedByScript = true;
    view.animate({ center: [east - across * resolution, north + down * resolution], duration: prefersReducedMotion() ? 0 : 200 });
  }

  #describe(at: At): string {
    const [hit] = this.#scene.marks(at, REACH);
    if (hit) return hit.mark.count > 1 ? words.resultCount(hit.mark.count, 0) : (hit.mark.projects()[0]?.name ?? "");
    const [landing] = this.#scene.landings(at, REACH / 2);
    if (landing) return words.cableEnd(landing.name);
    const [route] = this.#scene.routes(at, REACH / 2);
    if (route) return cableText(route.project);
    const country = this.#scene.country(at);
    if (!country) return "";
    const [name, text] = [this.#scene.nameOf(country.code), this.#scene.countryText(country.code)];
    return text === "" ? name : words.countrySummary(name, text);
  }

  #point(at: At | undefined): void {
    const text = at ? this.#describe(at) : "";
    const covered = at === undefined || this.#scene.marks(at, REACH).length > 0 || this.#scene.landings(at, REACH / 2).length > 0;
    this.#scene.point(covered ? undefined : this.#scene.routes(at, REACH / 2)[0]?.feature);
    this.#container.style.cursor = text === "" ? "" : "pointer";
    this.#announce(text);
  }

  #announce(text: string): void {
    if (this.#readout.textContent === text) return;
    this.#readout.hidden = text === "";
    this.#readout.textContent = text;
  }
}
