// The script of the explorer's page: live filters, handles for the years and, if the browser can draw it, the interactive map.
// The server's static map stays until the interactive map is ready, or for good if the browser can't draw it.
import "./map.css";
import type { Columns } from "./project-columns.ts";
import { filtersOf, shaderOf } from "./address-parameters.ts";
import { type MapConfig, readConfig } from "./map-config.ts";
import { fetchAllowed, fetchColumns, fetchShading, fetchWorld } from "./map-data.ts";
import { savesData } from "./data-saving.ts";
import { element, notice } from "./dom.ts";
import { pause } from "./pause-for-input.ts";
import { Explorer } from "./explorer/explorer.ts";
import type { InteractiveMap } from "./map/interactive-map.ts";
import { leavesOutCables, type Matches } from "./explorer/project-filter.ts";
import { shadingOfMatches, shadingOfSystems } from "./map/country-counts-of-matches-or-systems.ts";
import { words } from "./words.ts";
import { Years } from "./explorer/years.ts";

/** Returns whether the browser can draw on a canvas. */
function canDraw(): boolean {
  return document.createElement("canvas").getContext("2d") !== null;
}

/** The map's section of the page: the server's map, until the interactive one has loaded. */
class MapSection {
  readonly #section: HTMLElement;
  readonly #config: MapConfig;
  #columns: Columns | undefined;
  #map: InteractiveMap | undefined;
  /** False if the last shading failed to load. */
  #shaded = true;
  #request: AbortController | undefined;
  #last: { query: URLSearchParams; matches: Matches | undefined } = { query: new URLSearchParams(window.location.search), matches: undefined };

  constructor(section: HTMLElement, config: MapConfig) {
    this.#section = section;
    this.#config = config;
  }

  /** Returns the box in view; undefined if there is no map. */
  box(): readonly number[] | undefined {
    return this.#map?.box();
  }

  /**
   * Loads the map. `onView` runs when the map is ready, and after each move by the reader. If loading fails, a line says so,
   * and the static map stays.
   */
  async load(columns: Promise<Columns | undefined>, explorer: Explorer, onView: () => void): Promise<void> {
    const container = element("div", { className: "map-canvas" });
    this.#section.dataset["state"] = "loading"; // reserves the space of the map
    try {
      const [{ InteractiveMap }, world, loaded] = await Promise.all([import("./map/interactive-map.ts"), fetchWorld(this.#config), columns]);
      this.#columns = loaded;
      this.#section.append(container);
      await pause();
      this.#map = new InteractiveMap(container, this.#config, world, loaded, this.#last.query, (box) => explorer.narrowTo(box));
      this.#map.onLoad(() => this.#showFailure());
      this.#map.onMove((at) => {
        explorer.recordView(at);
        onView();
      });
      await pause();
      await this.update(this.#last.query, this.#last.matches);
      await this.#map.drawn();
      this.#section.dataset["state"] = "ready";
      onView();
    } catch (error) {
      console.warn(error);
      container.remove();
      this.#map = undefined;
      this.#section.dataset["state"] = "static";
      notice(this.#section, words.mapFailed);
    }
  }

  /** Shows the signs of the map's layers in the key again, because a new page from the server has replaced the key. */
  refreshKey(): void {
    this.#map?.key.refresh();
  }

  /** Shows a query's matches and shading on the interactive map, once it has loaded. A newer call stops an older one. */
  async update(query: URLSearchParams, matches: Matches | undefined): Promise<void> {
    this.#last = { query, matches };
    this.#request?.abort();
    const request = (this.#request = new AbortController());
    const map = this.#map;
    if (!map) return;
    const shader = shaderOf(query, this.#config);
    const drawn = map.show(matches?.bits, query);
    try {
      if (shader === "systems") map.shade(shadingOfSystems(this.#config));
      else if (this.#columns && matches && shader === "matches") map.shade(shadingOfMatches(this.#columns, matches, this.#config, filtersOf(query).size > 0, leavesOutCables(query)));
      else map.shade(await fetchShading(this.#config, query, request.signal));
      await drawn;
      if (request.signal.aborted) return;
      this.#shaded = true;
    } catch (error) {
      if (request.signal.aborted) return;
      console.warn(error);
      this.#shaded = false;
    }
    this.#showFailure();
  }

  /** Shows a line if a part of the map failed to load; otherwise removes it. */
  #showFailure(): void {
    notice(this.#section, this.#shaded && this.#map?.isComplete() !== false ? "" : words.dataFailed);
  }
}

function start(section: HTMLElement, form: HTMLFormElement, results: HTMLElement): void {
  const config = readConfig(section);
  const map = config && canDraw() ? new MapSection(section, config) : undefined;
  if (!map) section.dataset["state"] = "static";
  let years: Years | undefined;
  const drawing = {
    update: (query: URLSearchParams, matches: Matches | undefined): void => {
      years?.show(query);
      void map?.update(query, matches);
    },
    arrived: (query: URLSearchParams): void => {
      years?.refresh(query);
      map?.refreshKey();
    },
  };
  const addresses = { project: config?.projectUrl ?? "", country: config?.countryUrl ?? "", organization: config?.organizationUrl ?? "" };
  const explorer = new Explorer(form, results, drawing, addresses);
  const figure = document.querySelector<HTMLElement>("#years figure");
  const box = document.getElementById("years");
  if (figure && box) years = new Years(figure, box, explorer);
  if (!config) return;
  const load = (): void => {
    const columns = fetchColumns(config).catch((error: unknown) => {
      console.warn(error);
      return undefined;
    });
    const used = columns.then(async (loaded) => {
      await pause();
      if (loaded) await explorer.use(loaded, (query, signal) => fetchAllowed(config, loaded, query, signal));
      return loaded;
    });
    if (!map) return;
    const button = viewFilterButton(() => map.box(), explorer);
    section.after(button);
    void map.load(used, explorer, () => (button.hidden = showsWorld(map.box())));
  };
  if (!savesData() || !map) return load();
  const button = element("button", { className: "map-load no-print", textContent: words.loadMap });
  button.addEventListener("click", () => {
    button.remove();
    load();
  });
  section.append(button);
}

/** Returns whether a box has nearly all inhabited land, so that a filter by it would only leave out projects without a place. */
function showsWorld(box: readonly number[] | undefined): boolean {
  const [west = 0, south = 0, east = 0, north = 0] = box ?? [-180, -90, 180, 90];
  return west <= -180 && east >= 180 && south <= -45 && north >= 70;
}

/** Returns the button that narrows the results to the map's view. It is hidden until the map shows less than the world. */
function viewFilterButton(box: () => readonly number[] | undefined, explorer: Explorer): HTMLElement {
  const button = element("button", { className: "quiet map-within no-print", textContent: words.onlyInView });
  button.type = "button";
  button.hidden = true;
  button.addEventListener("click", () => {
    const sides = box();
    if (sides) explorer.narrowTo(sides);
  });
  return button;
}
const section = document.getElementById("map");
const form = document.getElementById("filters");
const results = document.getElementById("results");
if (section && form instanceof HTMLFormElement && results) start(section, form, results);
