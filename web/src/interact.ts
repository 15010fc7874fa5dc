// Choosing things on the map: by pointer where it points, by keyboard under the cross in the middle.
import { type Map as MapLibre, type MapGeoJSONFeature, type PointLike, Popup } from "maplibre-gl";
import { type Box, boxOf } from "./box.ts";
import { CLUSTERS_TO, type Mark } from "./clusters.ts";
import type { Columns } from "./columns.ts";
import { address, type MapConfig } from "./config.ts";
import { type Project, projectOf, toProject } from "./data.ts";
import { element } from "./dom.ts";
import { popupContent } from "./popup.ts";
import { COUNTRY_LAYERS, LANDING_LAYERS, POINT_LAYERS, ROUTE_LAYERS } from "./style.ts";
import { words } from "./words.ts";

/** Pixels around the pointer that count as hit. */
const REACH = 6;

/** What the map holds now. */
interface Held {
  /** One of a list of marks; undefined where another list has taken its place. */
  mark: (made: number, mark: number) => Mark | undefined;
  /** What is said of a country. */
  said: (code: string) => string;
  nameOf: (code: string) => string;
  /** Shows only what is in a box of degrees. */
  within: (box: readonly number[]) => void;
  /** Whether a project was found. */
  chosen: (project: number) => boolean;
}

type Pixel = { x: number; y: number };

export class Interaction {
  readonly #map: MapLibre;
  readonly #config: MapConfig;
  readonly #columns: Columns | undefined;
  readonly #held: Held;
  readonly #readout = element("p", { className: "map-readout", hidden: true });
  #popup: Popup | undefined;

  constructor(map: MapLibre, container: HTMLElement, config: MapConfig, columns: Columns | undefined, held: Held) {
    this.#map = map;
    this.#config = config;
    this.#columns = columns;
    this.#held = held;
    const canvas = map.getCanvas();
    this.#readout.setAttribute("aria-live", "polite");
    container.append(element("span", { className: "map-cross", ariaHidden: "true" }), this.#readout);
    map.on("click", ({ point, lngLat, originalEvent }) => this.#choose(point, lngLat.toArray(), originalEvent.ctrlKey || originalEvent.metaKey));
    map.on("mousemove", ({ point }) => this.#point(point));
    map.on("mouseout", () => this.#say(""));
    canvas.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      this.#choose(this.#middle(), map.getCenter().toArray(), event.ctrlKey || event.metaKey);
    });
    canvas.addEventListener("focus", () => canvas.matches(":focus-visible") && this.#say(words.hint));
    canvas.addEventListener("blur", () => this.#say(""));
    // Not at the end of the move: until all is drawn again, signs are still found where they were.
    map.on("idle", () => canvas.matches(":focus-visible") && this.#say(this.#describe(this.#middle()) || words.hint));
  }

  closePopup(): void {
    this.#popup?.remove();
    this.#popup = undefined;
  }

  #middle(): Pixel {
    const { clientWidth, clientHeight } = this.#map.getCanvas();
    return { x: clientWidth / 2, y: clientHeight / 2 };
  }

  #under({ x, y }: Pixel, layers: string[], reach: number): MapGeoJSONFeature[] {
    const present = layers.filter((layer) => this.#map.getLayer(layer));
    const box: [PointLike, PointLike] = [
      [x - reach, y - reach],
      [x + reach, y + reach],
    ];
    return this.#map.queryRenderedFeatures(box, { layers: present });
  }

  #countryUnder(pixel: Pixel): { code: string; name: string } | undefined {
    const [feature] = [...this.#under(pixel, ["small-countries"], 2), ...this.#under(pixel, COUNTRY_LAYERS, 0)];
    const code = feature?.properties["code"] as string | undefined;
    return code ? { code, name: this.#held.nameOf(code) } : undefined;
  }

  /** Cables that land here. */
  #landingsUnder(pixel: Pixel): Project[] {
    const columns = this.#columns;
    if (!columns) return [];
    const found = this.#under(pixel, LANDING_LAYERS, REACH / 2).filter(({ properties }) => this.#held.chosen(Number(properties["project"])));
    return found.map(({ properties }) => projectOf(columns, Number(properties["project"]), columns.places.precision[Number(properties["place"])] ?? ""));
  }

  /** Routes that were found; the others are drawn without any colour. */
  #routesUnder(pixel: Pixel): MapGeoJSONFeature[] {
    return this.#under(pixel, ROUTE_LAYERS, REACH / 2).filter(({ properties }) => this.#held.chosen(Number(properties["project"])));
  }

  #choose(pixel: Pixel, lngLat: [number, number], aside: boolean): void {
    const points = this.#under(pixel, POINT_LAYERS, REACH);
    const cluster = points.find(({ properties }) => properties["count"] !== undefined);
    if (cluster) return this.#openCluster(cluster);
    if (points.length > 0) {
      const [first] = points;
      return this.#open(first?.geometry.type === "Point" ? (first.geometry.coordinates as [number, number]) : lngLat, points.flatMap((point) => this.#at(point)));
    }
    const landings = this.#landingsUnder(pixel);
    if (landings.length > 0) return this.#open(lngLat, landings);
    const routes = this.#routesUnder(pixel);
    if (routes.length > 0) return this.#open(lngLat, routes.map((route) => this.#route(route)), Number(routes[0]?.properties["id"]));
    const country = this.#countryUnder(pixel);
    if (!country) return;
    const url = address(this.#config.countryUrl, "code", country.code);
    if (aside) window.open(url, "_blank", "noopener");
    else window.location.assign(url);
  }

  #route({ properties }: MapGeoJSONFeature): Project {
    return projectOf(this.#columns as Columns, Number(properties["project"]), properties["schematic"] ? "schematic" : "exact");
  }

  /** The projects of a mark. */
  #at({ properties }: MapGeoJSONFeature): Project[] {
    const columns = this.#columns;
    if (!columns) return [toProject(properties)];
    const places = this.#held.mark(Number(properties["made"]), Number(properties["mark"]))?.places ?? [];
    return places.map((place) => projectOf(columns, columns.places.project[place] ?? 0, columns.places.precision[place] ?? ""));
  }

  /** West, south, east, north of what a mark of several stands for. */
  #spread({ properties }: MapGeoJSONFeature): Box {
    if (!this.#columns) return ["west", "south", "east", "north"].map((side) => Number(properties[side])) as Box;
    const { longitude, latitude } = this.#columns.places;
    const places = this.#held.mark(Number(properties["made"]), Number(properties["mark"]))?.places ?? [];
    const [east, north] = [places.map((place) => longitude[place] ?? 0), places.map((place) => latitude[place] ?? 0)];
    return [Math.min(...east), Math.min(...north), Math.max(...east), Math.max(...north)];
  }

  /** Zooms in until a cluster spreads out; one whose places are all at one point is listed instead. */
  #openCluster(cluster: MapGeoJSONFeature): void {
    if (cluster.geometry.type !== "Point") return;
    const [west, south, east, north] = this.#spread(cluster);
    const center = cluster.geometry.coordinates as [number, number];
    const apart = Math.max(east - west, north - south) > 1e-3;
    if (apart && this.#map.getZoom() < CLUSTERS_TO + 1) {
      const zoom = this.#map.cameraForBounds([west, south, east, north], { padding: 60, maxZoom: CLUSTERS_TO + 1 })?.zoom ?? 0;
      this.#map.easeTo({ center: [(west + east) / 2, (south + north) / 2], zoom: Math.max(zoom, this.#map.getZoom() + 1) }, { originalEvent: true });
    } else if (this.#columns) {
      this.#open(center, this.#at(cluster));
    } else {
      this.#held.within(boxOf([west - 1e-3, south - 1e-3, east + 1e-3, north + 1e-3], 3));
    }
  }

  #open(at: [number, number], projects: Project[], route = -1): void {
    this.closePopup();
    if (projects.length === 0) return;
    const canvas = this.#map.getCanvas();
    const back = document.activeElement === canvas;
    this.#map.setFilter("route-chosen", ["==", ["get", "id"], route]);
    const popup = new Popup({ maxWidth: "320px", closeOnMove: false, focusAfterOpen: true }).setLngLat(at).setDOMContent(popupContent(projects, this.#config.projectUrl, this.#held.nameOf));
    popup.on("close", () => {
      if (this.#map.getLayer("route-chosen")) this.#map.setFilter("route-chosen", ["==", ["get", "id"], -1]);
      if (back) canvas.focus();
    });
    popup.addTo(this.#map);
    popup.getElement().addEventListener("keydown", (event) => event.key === "Escape" && popup.remove());
    this.#bringInto(popup.getElement());
    this.#popup = popup;
  }

  /** Moves the map as far as a popup reaches over its edge. */
  #bringInto(popup: HTMLElement): void {
    const outer = this.#map.getContainer().getBoundingClientRect();
    const inner = popup.getBoundingClientRect();
    const over = (low: number, high: number, from: number, to: number): number => (low < from ? low - from - 8 : high > to ? high - to + 8 : 0);
    const [x, y] = [over(inner.left, inner.right, outer.left, outer.right), over(inner.top, inner.bottom, outer.top, outer.bottom)];
    if (x !== 0 || y !== 0) this.#map.panBy([x, y]);
  }

  #describe(pixel: Pixel): string {
    const points = this.#under(pixel, POINT_LAYERS, REACH);
    const count = points[0]?.properties["count"];
    if (count !== undefined) return words.places(Number(count));
    const [project] = points.flatMap((point) => this.#at(point));
    if (project) return project.name;
    const [landing] = this.#landingsUnder(pixel);
    if (landing) return landing.name;
    const [route] = this.#routesUnder(pixel);
    if (route) return this.#route(route).name;
    const country = this.#countryUnder(pixel);
    if (!country) return "";
    const said = this.#held.said(country.code);
    return said === "" ? country.name : words.countrySaid(country.name, said);
  }

  #point(pixel: Pixel): void {
    const text = this.#describe(pixel);
    this.#map.getCanvas().style.cursor = text === "" ? "" : "pointer";
    this.#say(text);
  }

  #say(text: string): void {
    this.#readout.hidden = text === "";
    this.#readout.textContent = text;
  }
}
