// Selecting on the map with the pointer, or with the keyboard at the cross in the middle.
import type Feature from "ol/Feature.js";
import type OpenLayers from "ol/Map.js";
import Overlay from "ol/Overlay.js";
import { boxOf } from "./box.ts";
import { CLUSTERS_TO } from "./clusters.ts";
import { address, type MapConfig } from "../config.ts";
import type { Project } from "../data.ts";
import { element } from "../dom.ts";
import type { Hit } from "./marks.ts";
import { popupContent } from "./popup.ts";
import { radiusOf } from "./map-styles.ts";
import { extentOf, type Plane } from "./plane.ts";
import { prefersReducedMotion } from "./theme.ts";
import { words } from "../words.ts";
import { resolutionOf, zoomOf } from "./zoom.ts";

/** Pixels around the pointer that count as a hit. */
const REACH = 6;
/** Pixels between a popup and the edge of the map. */
const MARGIN = 8;
/** Pixels between a mark and its popup. */
const POPUP_GAP = 6;
/** The maximum and minimum height of the list in a popup, in pixels. */
const [HIGHEST, LOWEST] = [210, 60];

type At = readonly number[];

/** The zoom at which zooming in on a cluster stops, because towns have names there. */
const TOWNS = 8;

/** What is on the map within some pixels of a position, which is in metres on its plane. */
export interface Scene {
  plane: () => Plane;
  marks: (at: At, reach: number) => Hit[];
  /** Cables with a landing point at a position. */
  landings: (at: At, reach: number) => Project[];
  routes: (at: At, reach: number) => { project: Project; feature: Feature }[];
  country: (at: At) => string | undefined;
  /** The text of a country. */
  countryText: (code: string) => string;
  nameOf: (code: string) => string;
  /** Highlights a route, or none if undefined. */
  highlight: (route: Feature | undefined) => void;
  /** Filters projects by a box in degrees. */
  narrowTo: (box: readonly number[]) => void;
  /** Whether clusters know their projects. */
  complete: boolean;
}

export class Interaction {
  readonly #map: OpenLayers;
  readonly #container: HTMLElement;
  readonly #config: MapConfig;
  readonly #scene: Scene;
  readonly #readout = element("p", { className: "map-readout", hidden: true });
  #popup: Overlay | undefined;
  /** Whether the script rather than the reader is moving the map. */
  #movedByScript = false;
  /** The view when the map last stopped moving; undefined until the first frame at a size. */
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

  closePopup(): void {
    if (!this.#popup) return;
    const focused = this.#popup.getElement()?.contains(document.activeElement);
    this.#map.removeOverlay(this.#popup);
    this.#popup = undefined;
    this.#scene.highlight(undefined);
    if (focused) this.#container.focus({ preventScroll: true });
  }

  #middle(): At {
    return this.#map.getView().getCenter() ?? [0, 0];
  }

  #key(event: KeyboardEvent): void {
    if (event.key === "Escape") this.closePopup();
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
    if (first) return this.#open(first.at, hits.flatMap(({ mark }) => mark.projects()), { markRadius: radiusOf(first.mark) });
    const landings = this.#scene.landings(at, REACH / 2);
    if (landings.length > 0) return this.#open(at, landings);
    const routes = this.#scene.routes(at, REACH / 2);
    if (routes.length > 0) return this.#open(at, routes.map(({ project }) => project), { route: routes[0]?.feature });
    const country = this.#scene.country(at);
    if (!country) return;
    const url = address(this.#config.countryUrl, "code", country);
    if (inNewTab) window.open(url, "_blank", "noopener");
    else window.location.assign(url);
  }

  /** Lists the contents of a cluster. If only the server knows them, the map zooms in, or the cluster becomes a filter. */
  #openCluster({ mark, at }: Hit): void {
    const [west, south, east, north] = mark.spread();
    const splits = Math.max(east - west, north - south) > 1e-3 && zoomOf(this.#map.getView().getResolution() ?? 1) < CLUSTERS_TO;
    if (this.#scene.complete) this.#open(at, mark.projects(), { markRadius: radiusOf(mark), cluster: splits ? { mark, at } : undefined });
    else if (splits) this.#zoomTo({ mark, at });
    else this.#scene.narrowTo(boxOf([west - 1e-3, south - 1e-3, east + 1e-3, north + 1e-3], 3));
  }

  /** Zooms in on a cluster, but not beyond the zoom where towns have names. */
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

  /** Opens a popup. `markRadius`: pixels from the position to the edge of the selected mark, which stays visible. */
  #open(at: At, projects: Project[], { markRadius = REACH, route, cluster }: { markRadius?: number; route?: Feature | undefined; cluster?: Hit | undefined } = {}): void {
    this.closePopup();
    if (projects.length === 0) return;
    this.#scene.highlight(route);
    const close = element("button", { className: "map-popup-close", textContent: "×" });
    close.type = "button";
    close.ariaLabel = words.close;
    close.addEventListener("click", () => this.closePopup());
    const content = popupContent(projects, this.#config.projectUrl, this.#scene.nameOf);
    if (cluster) content.prepend(this.#zoomButton(cluster));
    const box = element("div", { className: "map-popup-box" }, [content, close]);
    box.setAttribute("role", "dialog");
    box.ariaLabel = projects[0]?.name ?? "";
    // below the position if there is more space there
    const [, y = 0] = this.#map.getPixelFromCoordinate([...at]) ?? [];
    const height = this.#map.getSize()?.[1] ?? 0;
    const below = y < height / 2;
    const offset = markRadius + POPUP_GAP;
    const list = box.querySelector<HTMLElement>(".map-popup");
    if (list) list.style.maxBlockSize = `${Math.min(HIGHEST, Math.max(LOWEST, height - 2 * (offset + MARGIN)))}px`;
    const popup = new Overlay({ element: box, positioning: below ? "top-center" : "bottom-center", offset: [0, below ? offset : -offset], position: [...at] });
    this.#popup = popup;
    this.#map.addOverlay(popup);
    this.#bringIntoView(box, below, 2 * markRadius + POPUP_GAP);
    box.querySelector("a")?.focus({ preventScroll: true });
  }

  #zoomButton(cluster: Hit): HTMLElement {
    const button = element("button", { className: "map-popup-zoom", textContent: words.zoomTo(cluster.mark.count) });
    button.type = "button";
    button.addEventListener("click", () => {
      this.closePopup();
      this.#zoomTo(cluster);
    });
    return button;
  }

  /** Moves the map until a popup and its mark are in view and don't overlap the zoom buttons. */
  #bringIntoView(box: HTMLElement, below: boolean, mark: number): void {
    this.#map.renderSync(); // positions the popup
    const [frame, own] = [this.#container.getBoundingClientRect(), box.getBoundingClientRect()];
    const buttons = this.#container.querySelector(".ol-zoom")?.getBoundingClientRect();
    const [top, bottom] = below ? [own.top - mark, own.bottom] : [own.top, own.bottom + mark];
    const shift = (low: number, high: number, least: number, most: number): number => (low < least ? least - low : Math.min(0, Math.max(most - high, least - low)));
    let across = shift(own.left, own.right, frame.left + MARGIN, frame.right - MARGIN);
    let down = shift(top, bottom, frame.top + MARGIN, frame.bottom - MARGIN);
    if (buttons && own.right + across > buttons.left - MARGIN && own.top + down < buttons.bottom + MARGIN) {
      const [left, lower] = [buttons.left - MARGIN - own.right, buttons.bottom + MARGIN - own.top];
      if (own.left + left >= frame.left + MARGIN) across = left;
      else if (bottom + lower <= frame.bottom - MARGIN) down = lower;
    }
    if (across === 0 && down === 0) return;
    const view = this.#map.getView();
    const [[x = 0, y = 0], resolution] = [view.getCenter() ?? [], view.getResolution() ?? 1];
    this.#movedByScript = true;
    view.animate({ center: [x - across * resolution, y + down * resolution], duration: prefersReducedMotion() ? 0 : 200 });
  }

  #describe(at: At): string {
    const [hit] = this.#scene.marks(at, REACH);
    if (hit) return hit.mark.count > 1 ? words.places(hit.mark.count) : (hit.mark.projects()[0]?.name ?? "");
    const [landing] = this.#scene.landings(at, REACH / 2);
    if (landing) return landing.name;
    const [route] = this.#scene.routes(at, REACH / 2);
    if (route) return route.project.name;
    const country = this.#scene.country(at);
    if (!country) return "";
    const [name, text] = [this.#scene.nameOf(country), this.#scene.countryText(country)];
    return text === "" ? name : words.countrySummary(name, text);
  }

  #point(at: At | undefined): void {
    const text = at ? this.#describe(at) : "";
    this.#container.style.cursor = text === "" ? "" : "pointer";
    this.#announce(text);
  }

  #announce(text: string): void {
    if (this.#readout.textContent === text) return;
    this.#readout.hidden = text === "";
    this.#readout.textContent = text;
  }
}
