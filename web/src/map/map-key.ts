// The one-line key above the map, which shows only the signs that are on the map at present.
import type { Columns } from "../project-columns.ts";
import type { Mark } from "./clusters.ts";

export class MapKey {
  #layers: ReadonlySet<string> = new Set();

  /** Shows the signs of some layers, and hides all others. */
  show(layers: ReadonlySet<string>): void {
    this.#layers = layers;
    this.refresh();
  }

  /** Shows the same signs again, in case the server's page has replaced the key. */
  refresh(): void {
    for (const entry of document.querySelectorAll<HTMLElement>("#map-key [data-layer]")) entry.toggleAttribute("data-drawn", this.#layers.has(entry.dataset["layer"] ?? ""));
  }
}

/**
 * Returns the layers whose signs are on the map: those of marks for one project, `several` if a mark has several projects, and
 * `landings` if a matching cable has places.
 */
export function layersOnMap(marks: readonly Mark[], columns: Columns | undefined, bits: Uint8Array): Set<string> {
  const layers = new Set<string>(marks.filter(({ count }) => count === 1).map(({ layer }) => layer));
  if (marks.some(({ count }) => count > 1)) layers.add("several");
  if (columns?.places.project.some((project) => bits[project] === 1 && columns.tops[project] === "cables")) layers.add("landings");
  return layers;
}
