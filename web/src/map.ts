// The page's script: a live filter form and, where the page has a map and the browser can draw it, the interactive map.
// The server's static map stays in its place until the other is ready, and for good where it cannot be.
import "./map.css";
import type { Atlas } from "./atlas.ts";
import type { Columns } from "./columns.ts";
import { filtersOf, type MapConfig, readConfig } from "./config.ts";
import { fetchAllowed, fetchColumns, fetchShading, fetchWorld } from "./data.ts";
import { element, notice, savesData } from "./dom.ts";
import { cablesApart, type Found } from "./engine.ts";
import { Explorer } from "./explorer.ts";
import { offerLanguage } from "./hint.ts";
import { shadingOfFound } from "./shading.ts";
import { words } from "./words.ts";
import { Years } from "./years.ts";

/** Whether the browser can draw on a canvas. */
function mayDraw(): boolean {
  return document.createElement("canvas").getContext("2d") !== null;
}

class MapSection {
  readonly #section: HTMLElement;
  readonly #config: MapConfig;
  #columns: Columns | undefined;
  #atlas: Atlas | undefined;
  /** Whether the shading that was last asked for came. */
  #shaded = true;
  #request: AbortController | undefined;
  #last: { query: URLSearchParams; found: Found | undefined } = { query: new URLSearchParams(window.location.search), found: undefined };

  constructor(section: HTMLElement, config: MapConfig) {
    this.#section = section;
    this.#config = config;
  }

  /** What is in sight; undefined where there is no map. */
  box(): readonly number[] | undefined {
    return this.#atlas?.box();
  }

  async load(columns: Promise<Columns | undefined>, explorer: Explorer): Promise<void> {
    const container = element("div", { className: "map-canvas" });
    this.#section.dataset["state"] = "loading"; // keeps the room that the map will need
    try {
      const [{ Atlas }, world, held] = await Promise.all([import("./atlas.ts"), fetchWorld(this.#config), columns]);
      this.#columns = held;
      this.#section.append(container);
      this.#atlas = new Atlas(container, this.#config, world, held, this.#last.query, (box) => explorer.within(box));
      this.#atlas.onLoad(() => this.#tell());
      this.#atlas.onMove((at) => explorer.looksAt(at));
      await this.update(this.#last.query, this.#last.found);
      await this.#atlas.drawn();
      this.#section.dataset["state"] = "ready";
    } catch (error) {
      console.warn(error);
      container.remove();
      this.#atlas = undefined;
      this.#section.dataset["state"] = "static";
      notice(this.#section, words.mapFailed);
    }
  }

  async update(query: URLSearchParams, found: Found | undefined): Promise<void> {
    this.#last = { query, found };
    this.#request?.abort();
    const request = (this.#request = new AbortController());
    const atlas = this.#atlas;
    if (!atlas) return;
    const shade = query.get("shade") ?? "";
    const counted = this.#columns && found && (shade === "all" || (shade === "" && !query.get("assessed")));
    const shown = atlas.show(found?.bits, query);
    try {
      if (this.#columns && found && counted) atlas.shade(shadingOfFound(this.#columns, found, this.#config, filtersOf(query).size > 0, cablesApart(query)));
      else atlas.shade(await fetchShading(this.#config, query, request.signal));
      await shown;
      if (request.signal.aborted) return;
      this.#shaded = true;
    } catch (error) {
      if (request.signal.aborted) return;
      console.warn(error);
      this.#shaded = false;
    }
    this.#tell();
  }

  /** Says so where a part of what is asked for did not come. */
  #tell(): void {
    notice(this.#section, this.#shaded && this.#atlas?.whole() !== false ? "" : words.dataFailed);
  }
}

function start(section: HTMLElement, form: HTMLFormElement, results: HTMLElement): void {
  const config = readConfig(section);
  const map = config && mayDraw() ? new MapSection(section, config) : undefined;
  if (!map) section.dataset["state"] = "static";
  let years: Years | undefined;
  const drawing = {
    update: (query: URLSearchParams, found: Found | undefined): void => {
      years?.show(query);
      void map?.update(query, found);
    },
    arrived: (query: URLSearchParams): void => years?.drawn(query),
  };
  const addresses = { project: config?.projectUrl ?? "", country: config?.countryUrl ?? "" };
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
    const used = columns.then(async (held) => {
      if (held) await explorer.use(held, (query, signal) => fetchAllowed(config, held, query, signal));
      return held;
    });
    void map?.load(used, explorer);
    if (map) section.after(within(() => map.box(), explorer));
  };
  if (!savesData() || !map) return load();
  const button = element("button", { className: "map-load no-print", textContent: words.loadMap });
  button.addEventListener("click", () => {
    button.remove();
    load();
  });
  section.append(button);
}

/** The button that narrows everything to what the map shows. */
function within(box: () => readonly number[] | undefined, explorer: Explorer): HTMLElement {
  const button = element("button", { className: "quiet map-within no-print", textContent: words.within });
  button.type = "button";
  button.addEventListener("click", () => {
    const sides = box();
    if (sides) explorer.within(sides);
  });
  return button;
}

offerLanguage();
const section = document.getElementById("map");
const form = document.getElementById("filters");
const results = document.getElementById("results");
if (section && form instanceof HTMLFormElement && results) start(section, form, results);
