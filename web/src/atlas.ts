// The interactive map itself. Loaded only where there is a map and WebGL; everything of MapLibre is behind this module.
import { type GeoJSONSource, Map as MapLibre, NavigationControl, setWorkerUrl, type SourceSpecification } from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";
import { bordersOf } from "./borders.ts";
import type { MapConfig } from "./config.ts";
import type { MapData, World } from "./data.ts";
import { imageOf } from "./icons.ts";
import { CLUSTERS_TO, Interaction } from "./interact.ts";
import { softness } from "./layers.ts";
import { Legend } from "./legend.ts";
import { shades } from "./shading.ts";
import { styleOf } from "./style.ts";
import { onThemeChange, readTheme, wantsStillness } from "./theme.ts";
import { areaName, words } from "./words.ts";

setWorkerUrl(new URL(workerUrl, import.meta.url).href);

const nothing = { type: "FeatureCollection", features: [] } as const;

export class Atlas {
  readonly #map: MapLibre;
  readonly #world: World;
  readonly #legend: Legend;
  readonly #interaction: Interaction;
  #data: MapData = { places: { ...nothing, features: [] }, routes: { ...nothing, features: [] }, countries: [], breaks: [] };
  #shade = new Map<string, number>();

  /** Throws where the browser cannot draw it. */
  constructor(section: HTMLElement, container: HTMLElement, config: MapConfig, world: World) {
    this.#world = world;
    this.#legend = new Legend(section.clientWidth);
    this.#map = new MapLibre({
      container,
      style: styleOf(readTheme(), this.#sources()),
      bounds: config.bounds,
      fitBoundsOptions: { padding: 8 },
      minZoom: 0,
      maxZoom: 12,
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
    onThemeChange(() => void map.setStyle(styleOf(readTheme(), this.#sources()), { diff: false }));
    const names = new Map(world.features.map(({ properties: { code, name } }) => [code, areaName(code, name)]));
    const countOf = (code: string): number => this.#data.countries.find((country) => country.code === code)?.projects ?? 0;
    this.#interaction = new Interaction(map, container, config, countOf, (code) => names.get(code) ?? code);
    container.append(this.#legend.root);
  }

  /** Resolves once the first picture is complete. */
  ready(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#map.loaded()) resolve();
      else void this.#map.once("load", () => resolve());
    });
  }

  show(data: MapData): void {
    this.#data = data;
    const { starts, shade } = shades(data.countries, data.breaks);
    this.#shade = shade;
    this.#interaction.closePopup();
    this.#interaction.projects = data.places.features.map(({ properties }) => properties);
    this.#interaction.routes = data.routes.features.map(({ properties }) => properties);
    this.#legend.update(data, starts);
    this.#draw();
  }

  /** Gives the data to the style, once it is there. */
  #draw(): void {
    const places = this.#map.getSource<GeoJSONSource>("places");
    if (!places) return;
    void places.setData(this.#places());
    void this.#map.getSource<GeoJSONSource>("routes")?.setData(this.#routes());
    this.#paintCountries();
  }

  #places(): GeoJSON.FeatureCollection {
    const features = this.#data.places.features.map(({ geometry, properties: { layer, precision } }, index) => ({
      type: "Feature" as const,
      geometry,
      properties: { index, layer, softness: softness(precision) },
    }));
    return { type: "FeatureCollection", features };
  }

  #routes(): GeoJSON.FeatureCollection {
    const features = this.#data.routes.features.map(({ geometry, properties: { id, layer, precision } }, index) => ({
      type: "Feature" as const,
      geometry,
      properties: { index, id, layer, precision },
    }));
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
    return {
      world: { type: "geojson", data: this.#world, promoteId: "code", tolerance: 0.2 },
      borders: { type: "geojson", data: bordersOf(this.#world), tolerance: 0.2 },
      labels: { type: "geojson", data: this.#labels(), promoteId: "code" },
      routes: { type: "geojson", data: this.#routes() },
      places: { type: "geojson", data: this.#places(), cluster: true, clusterRadius: 28, clusterMinPoints: 3, clusterMaxZoom: CLUSTERS_TO },
    };
  }

  #addImage(id: string): void {
    const ratio = Math.max(1, Math.ceil(window.devicePixelRatio));
    const image = imageOf(id, readTheme(), ratio);
    if (image && !this.#map.hasImage(id)) this.#map.addImage(id, image, { pixelRatio: ratio });
  }

  #paintCountries(): void {
    for (const { properties } of this.#world.features) {
      if (properties.code === "") continue;
      const state = { shade: this.#shade.get(properties.code) ?? 0 };
      this.#map.setFeatureState({ source: "world", id: properties.code }, state);
      this.#map.setFeatureState({ source: "labels", id: properties.code }, state);
    }
  }
}
