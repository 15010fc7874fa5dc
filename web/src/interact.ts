// Choosing things on the map: by pointer where it points, by keyboard under the cross in the middle.
import type Feature from "ol/Feature.js";
import type OpenLayers from "ol/Map.js";
import Overlay from "ol/Overlay.js";
import { fromLonLat, transformExtent } from "ol/proj.js";
import { boxOf } from "./box.ts";
import { CLUSTERS_TO } from "./clusters.ts";
import { address, type MapConfig } from "./config.ts";
import type { Project } from "./data.ts";
import { element } from "./dom.ts";
import type { Hit } from "./marks.ts";
import { popupContent } from "./popup.ts";
import { radiusOf } from "./style.ts";
import { wantsStillness } from "./theme.ts";
import { words } from "./words.ts";
import { resolutionOf, zoomOf } from "./zoom.ts";

/** Pixels around the pointer that count as hit. */
const REACH = 6;
/** Pixels that a popup keeps from the map's edge. */
const MARGIN = 8;
/** Pixels between a mark and its popup. */
const APART = 6;
/** Pixels that the list in a popup is high: at most, and at least on the lowest map. */
const [HIGHEST, LOWEST] = [210, 60];

type At = readonly number[];

/** What is found on the map, at a place in Mercator's metres and so many pixels around it. */
export interface Scene {
  marks: (at: At, reach: number) => Hit[];
  /** Cables that land there. */
  landings: (at: At, reach: number) => Project[];
  routes: (at: At, reach: number) => { project: Project; feature: Feature }[];
  country: (at: At) => string | undefined;
  /** What is said of a country. */
  said: (code: string) => string;
  nameOf: (code: string) => string;
  /** Draws a route as the chosen one; none where undefined. */
  choose: (route: Feature | undefined) => void;
  /** Shows only what is in a box of degrees. */
  within: (box: readonly number[]) => void;
  /** Whether a mark of several knows what they are. */
  complete: boolean;
}

export class Interaction {
  readonly #map: OpenLayers;
  readonly #container: HTMLElement;
  readonly #config: MapConfig;
  readonly #scene: Scene;
  readonly #readout = element("p", { className: "map-readout", hidden: true });
  #popup: Overlay | undefined;
  /** Whether the map moves by itself, not by the reader. */
  #byItself = false;
  /** Where the map looked when it came to rest; undefined until its first picture, and the first of another size. */
  #rested: string | undefined;

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
    container.addEventListener("blur", () => this.#say(""));
    map.on("movestart", () => this.#say(""));
    // The first move that OpenLayers tells of may be the reader's: it tells of none until there is a second picture.
    map.on("postrender", () => (this.#rested ??= this.#looks()));
    map.on("change:size", () => (this.#rested = undefined));
  }

  /** Whether the move that has ended was the reader's; asked once for each. */
  byReader(): boolean {
    const looks = this.#looks();
    const moved = !this.#byItself && this.#rested !== undefined && this.#rested !== looks;
    this.#byItself = false;
    this.#rested = looks;
    return moved;
  }

  #looks(): string {
    const view = this.#map.getView();
    return [...(view.getCenter() ?? []), view.getResolution()].join();
  }

  /** Says what is under the cross, where it is shown: after a move, and when other things are on the map. */
  settled(): void {
    if (this.#container.matches(":focus-visible")) this.#say(this.#describe(this.#middle()) || words.hint);
  }

  closePopup(): void {
    if (!this.#popup) return;
    const focused = this.#popup.getElement()?.contains(document.activeElement);
    this.#map.removeOverlay(this.#popup);
    this.#popup = undefined;
    this.#scene.choose(undefined);
    if (focused) this.#container.focus({ preventScroll: true });
  }

  #middle(): At {
    return this.#map.getView().getCenter() ?? [0, 0];
  }

  #key(event: KeyboardEvent): void {
    if (event.key === "Escape") this.closePopup();
    if (event.target !== this.#container) return;
    if (event.key === "=") this.#map.getView().adjustZoom(1); // where + needs a second key
    if (event.key !== "Enter") return;
    event.preventDefault();
    this.#choose(this.#middle(), event.ctrlKey || event.metaKey);
  }

  #choose(at: At, aside: boolean): void {
    const hits = this.#scene.marks(at, REACH);
    const cluster = hits.find(({ mark }) => mark.count > 1);
    if (cluster) return this.#openCluster(cluster);
    const [first] = hits;
    if (first) return this.#open(first.at, hits.flatMap(({ mark }) => mark.projects()), { beside: radiusOf(first.mark) });
    const landings = this.#scene.landings(at, REACH / 2);
    if (landings.length > 0) return this.#open(at, landings);
    const routes = this.#scene.routes(at, REACH / 2);
    if (routes.length > 0) return this.#open(at, routes.map(({ project }) => project), { route: routes[0]?.feature });
    const country = this.#scene.country(at);
    if (!country) return;
    const url = address(this.#config.countryUrl, "code", country);
    if (aside) window.open(url, "_blank", "noopener");
    else window.location.assign(url);
  }

  /** Zooms in until a cluster spreads out; one whose places are all at one point is listed instead. */
  #openCluster({ mark, at }: Hit): void {
    const [west, south, east, north] = mark.spread();
    const view = this.#map.getView();
    const zoom = zoomOf(view.getResolution() ?? 1);
    if (Math.max(east - west, north - south) > 1e-3 && zoom < CLUSTERS_TO + 1) {
      const [left = 0, low = 0, right = 0, high = 0] = transformExtent([west, south, east, north], "EPSG:4326", "EPSG:3857");
      const [width = 0, height = 0] = this.#map.getSize() ?? [];
      const fitting = Math.max((right - left) / Math.max(1, width - 120), (high - low) / Math.max(1, height - 120));
      const resolution = Math.min(Math.max(fitting, resolutionOf(CLUSTERS_TO + 1)), resolutionOf(zoom + 1));
      const [x = 0] = fromLonLat([mark.longitude, mark.latitude]);
      view.animate({ center: [(left + right) / 2 + at[0] - x, (low + high) / 2], resolution, duration: wantsStillness() ? 0 : 400 });
    } else if (this.#scene.complete) this.#open(at, mark.projects(), { beside: radiusOf(mark) });
    else this.#scene.within(boxOf([west - 1e-3, south - 1e-3, east + 1e-3, north + 1e-3], 3));
  }

  /** `beside`: pixels from the place to the edge of the mark that was chosen, which stays in sight. */
  #open(at: At, projects: Project[], { beside = REACH, route }: { beside?: number; route?: Feature | undefined } = {}): void {
    this.closePopup();
    if (projects.length === 0) return;
    this.#scene.choose(route);
    const close = element("button", { className: "map-popup-close", textContent: "×" });
    close.type = "button";
    close.ariaLabel = words.close;
    close.addEventListener("click", () => this.closePopup());
    const box = element("div", { className: "map-popup-box" }, [popupContent(projects, this.#config.projectUrl, this.#scene.nameOf), close]);
    box.setAttribute("role", "dialog");
    box.ariaLabel = projects[0]?.name ?? "";
    // Below the place where there is more room there.
    const [, y = 0] = this.#map.getPixelFromCoordinate([...at]) ?? [];
    const height = this.#map.getSize()?.[1] ?? 0;
    const below = y < height / 2;
    const away = beside + APART;
    const list = box.querySelector<HTMLElement>(".map-popup");
    if (list) list.style.maxBlockSize = `${Math.min(HIGHEST, Math.max(LOWEST, height - 2 * (away + MARGIN)))}px`;
    const popup = new Overlay({ element: box, positioning: below ? "top-center" : "bottom-center", offset: [0, below ? away : -away], position: [...at] });
    this.#popup = popup;
    this.#map.addOverlay(popup);
    this.#bringInto(box, below, 2 * beside + APART);
    box.querySelector("a")?.focus({ preventScroll: true });
  }

  /** Moves the map until a popup, with its mark above or below it, is in sight and beside the buttons that zoom. */
  #bringInto(box: HTMLElement, below: boolean, mark: number): void {
    this.#map.renderSync(); // puts the popup in its place
    const [frame, own] = [this.#container.getBoundingClientRect(), box.getBoundingClientRect()];
    const buttons = this.#container.querySelector(".ol-zoom")?.getBoundingClientRect();
    const [top, bottom] = below ? [own.top - mark, own.bottom] : [own.top, own.bottom + mark];
    const within = (low: number, high: number, least: number, most: number): number => (low < least ? least - low : Math.min(0, Math.max(most - high, least - low)));
    let across = within(own.left, own.right, frame.left + MARGIN, frame.right - MARGIN);
    let down = within(top, bottom, frame.top + MARGIN, frame.bottom - MARGIN);
    if (buttons && own.right + across > buttons.left - MARGIN && own.top + down < buttons.bottom + MARGIN) {
      const [left, lower] = [buttons.left - MARGIN - own.right, buttons.bottom + MARGIN - own.top];
      if (own.left + left >= frame.left + MARGIN) across = left;
      else if (bottom + lower <= frame.bottom - MARGIN) down = lower;
    }
    if (across === 0 && down === 0) return;
    const view = this.#map.getView();
    const [[x = 0, y = 0], resolution] = [view.getCenter() ?? [], view.getResolution() ?? 1];
    this.#byItself = true;
    view.animate({ center: [x - across * resolution, y + down * resolution], duration: wantsStillness() ? 0 : 200 });
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
    const [name, said] = [this.#scene.nameOf(country), this.#scene.said(country)];
    return said === "" ? name : words.countrySaid(name, said);
  }

  #point(at: At | undefined): void {
    const text = at ? this.#describe(at) : "";
    this.#container.style.cursor = text === "" ? "" : "pointer";
    this.#say(text);
  }

  #say(text: string): void {
    if (this.#readout.textContent === text) return;
    this.#readout.hidden = text === "";
    this.#readout.textContent = text;
  }
}
