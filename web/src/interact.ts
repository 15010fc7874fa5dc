// Choosing things on the map: by pointer where it points, by keyboard under the cross in the middle.
import { type GeoJSONSource, type Map as MapLibre, type MapGeoJSONFeature, type PointLike, Popup } from "maplibre-gl";
import { address, type MapConfig } from "./config.ts";
import type { Project } from "./data.ts";
import { element } from "./dom.ts";
import { popupContent } from "./popup.ts";
import { COUNTRY_LAYERS, POINT_LAYERS, ROUTE_LAYERS } from "./style.ts";
import { words } from "./words.ts";

/** The last zoom at which near places are drawn as one. */
export const CLUSTERS_TO = 7;
/** Pixels around the pointer that count as hit. */
const REACH = 6;
const MOST_LEAVES = 200;

type Pixel = { x: number; y: number };

export class Interaction {
  /** By the `index` property of the features drawn. */
  projects: readonly Project[] = [];
  routes: readonly Project[] = [];

  readonly #map: MapLibre;
  readonly #config: MapConfig;
  readonly #countOf: (code: string) => number;
  readonly #nameOf: (code: string) => string;
  readonly #readout = element("p", { className: "map-readout", hidden: true });
  #popup: Popup | undefined;

  constructor(map: MapLibre, container: HTMLElement, config: MapConfig, countOf: (code: string) => number, nameOf: (code: string) => string) {
    this.#map = map;
    this.#config = config;
    this.#countOf = countOf;
    this.#nameOf = nameOf;
    const canvas = map.getCanvas();
    this.#readout.setAttribute("aria-live", "polite");
    container.append(element("span", { className: "map-cross", ariaHidden: "true" }), this.#readout);
    map.on("click", ({ point, lngLat, originalEvent }) => void this.#choose(point, lngLat.toArray(), originalEvent.ctrlKey || originalEvent.metaKey));
    map.on("mousemove", ({ point }) => this.#point(point));
    map.on("mouseout", () => this.#say(""));
    canvas.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      void this.#choose(this.#middle(), map.getCenter().toArray(), event.ctrlKey || event.metaKey);
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
    const [feature] = [...this.#under(pixel, ["small-countries"], 2), ...this.#under(pixel, COUNTRY_LAYERS, 0)].filter(
      (each) => each.layer.id === "countries" || this.#countOf(String(each.properties["code"])) > 0,
    );
    const code = feature?.properties["code"] as string | undefined;
    return code ? { code, name: this.#nameOf(code) } : undefined;
  }

  async #choose(pixel: Pixel, lngLat: [number, number], aside: boolean): Promise<void> {
    const points = this.#under(pixel, POINT_LAYERS, REACH);
    const cluster = points.find(({ properties }) => properties["cluster_id"] !== undefined);
    if (cluster) return this.#openCluster(cluster);
    if (points.length > 0) {
      const [first] = points;
      return this.#open(first?.geometry.type === "Point" ? (first.geometry.coordinates as [number, number]) : lngLat, this.#listed(points, this.projects));
    }
    const routes = this.#under(pixel, ROUTE_LAYERS, REACH / 2);
    if (routes.length > 0) return this.#open(lngLat, this.#listed(routes, this.routes), routes[0]?.properties["id"] as string);
    const country = this.#countryUnder(pixel);
    if (!country) return;
    const url = address(this.#config.countryUrl, "code", country.code);
    if (aside) window.open(url, "_blank", "noopener");
    else window.location.assign(url);
  }

  #listed(features: MapGeoJSONFeature[], projects: readonly Project[]): Project[] {
    return features.map(({ properties }) => projects[Number(properties["index"])]).filter((project) => project !== undefined);
  }

  /** Zooms in until a cluster opens; one whose places are all at one point is listed instead. */
  async #openCluster(cluster: MapGeoJSONFeature): Promise<void> {
    const source = this.#map.getSource<GeoJSONSource>("places");
    const id = Number(cluster.properties["cluster_id"]);
    if (!source || cluster.geometry.type !== "Point") return;
    const center = cluster.geometry.coordinates as [number, number];
    const zoom = await source.getClusterExpansionZoom(id);
    if (zoom <= CLUSTERS_TO) {
      this.#map.easeTo({ center, zoom: zoom + 0.2 });
      return;
    }
    const leaves = await source.getClusterLeaves(id, MOST_LEAVES, 0);
    const projects = leaves.map(({ properties }) => this.projects[Number(properties?.["index"])]).filter((project) => project !== undefined);
    this.#open(center, projects);
  }

  #open(at: [number, number], projects: Project[], route = ""): void {
    this.closePopup();
    if (projects.length === 0) return;
    const canvas = this.#map.getCanvas();
    const back = document.activeElement === canvas;
    this.#map.setFilter("route-chosen", ["==", ["get", "id"], route]);
    const popup = new Popup({ maxWidth: "320px", closeOnMove: false, focusAfterOpen: true }).setLngLat(at).setDOMContent(popupContent(projects, this.#config.projectUrl, this.#nameOf));
    popup.on("close", () => {
      if (this.#map.getLayer("route-chosen")) this.#map.setFilter("route-chosen", ["==", ["get", "id"], ""]);
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
    const count = points[0]?.properties["point_count"];
    if (count !== undefined) return words.places(Number(count));
    const [project] = this.#listed(points, this.projects);
    if (project) return project.name;
    const [route] = this.#listed(this.#under(pixel, ROUTE_LAYERS, REACH / 2), this.routes);
    if (route) return route.name;
    const country = this.#countryUnder(pixel);
    if (!country) return "";
    const projects = this.#countOf(country.code);
    return `${country.name}: ${projects > 0 ? words.projects(projects) : words.noRecord}`;
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
