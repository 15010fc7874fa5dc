// The page's script: a live filter form and, where the page has a map and the browser can draw it, the interactive map.
// The server's static map stays in its place until the other is ready, and for good where it cannot be.
import "./map.css";
import type { Atlas } from "./atlas.ts";
import { type MapConfig, readConfig } from "./config.ts";
import { fetchMapData, fetchWorld } from "./data.ts";
import { element, notice, savesData } from "./dom.ts";
import { Filters } from "./filters.ts";
import { offerLanguage } from "./hint.ts";
import { words } from "./words.ts";

function canDraw(): boolean {
  return document.createElement("canvas").getContext("webgl2") !== null;
}

class MapSection {
  readonly #section: HTMLElement;
  readonly #config: MapConfig;
  #atlas: Atlas | undefined;
  #request: AbortController | undefined;
  #query = new URLSearchParams(window.location.search);

  constructor(section: HTMLElement, config: MapConfig) {
    this.#section = section;
    this.#config = config;
  }

  async load(): Promise<void> {
    const container = element("div", { className: "map-canvas" });
    this.#section.dataset["state"] = "loading"; // keeps the room that the map will need
    try {
      const [{ Atlas }, world] = await Promise.all([import("./atlas.ts"), fetchWorld(this.#config, new AbortController().signal)]);
      this.#section.append(container);
      this.#atlas = new Atlas(this.#section, container, this.#config, world);
      await Promise.all([this.#atlas.ready(), this.update(this.#query)]);
      this.#section.dataset["state"] = "ready";
    } catch (error) {
      console.warn(error);
      container.remove();
      this.#atlas = undefined;
      this.#section.dataset["state"] = "static";
      notice(this.#section, words.mapFailed);
    }
  }

  async update(query: URLSearchParams): Promise<void> {
    this.#query = query;
    this.#request?.abort();
    const request = (this.#request = new AbortController());
    if (!this.#atlas) return;
    try {
      this.#atlas.show(await fetchMapData(this.#config, query, request.signal));
      notice(this.#section, "");
    } catch (error) {
      if (request.signal.aborted) return;
      console.warn(error);
      notice(this.#section, words.dataFailed);
    }
  }
}

function startMap(section: HTMLElement): MapSection | undefined {
  const config = readConfig(section);
  if (!config || !canDraw()) {
    section.dataset["state"] = "static";
    return undefined;
  }
  const map = new MapSection(section, config);
  if (!savesData()) {
    void map.load();
    return map;
  }
  const button = element("button", { className: "map-load no-print", textContent: words.loadMap });
  button.addEventListener("click", () => {
    button.remove();
    void map.load();
  });
  section.append(button);
  return map;
}

offerLanguage();
const section = document.getElementById("map");
const map = section ? startMap(section) : undefined;
const form = document.getElementById("filters");
const results = document.getElementById("results");
if (form instanceof HTMLFormElement && results) new Filters(form, results, (query) => void map?.update(query));
