// Shows what the map's shades count: in the key above the map and, in an edition without a server, in the legend below it.
import { filtersOf, shaderOf } from "../address-parameters.ts";
import { readConfig } from "../map-config.ts";
import { markListed } from "./systems-or-projects.ts";
import { leavesOutCables } from "./project-filter.ts";
import { words } from "../words.ts";

/** The server's legend of the shades for systems, which an edition shows again once there is no filter. */
let originalLegend: Node[] | undefined;

function setPalette(list: Element, palette: string): void {
  for (const name of [...list.classList]) if (name.startsWith("palette--")) list.classList.remove(name);
  list.classList.add(`palette--${palette}`);
}

/** Shows whether a query lists systems or projects. In the key, shows what the shades count, unless only the server knows. */
export function paintShadeKey(query: URLSearchParams): void {
  markListed(query);
  const [section, key] = [document.getElementById("map"), document.getElementById("map-key")];
  const config = section ? readConfig(section) : undefined;
  const title = key?.querySelector(".key-title");
  const shader = config ? shaderOf(query, config) : "server";
  if (!config || !key || !title || shader === "server") return;
  const filters = filtersOf(query);
  const counted = shader === "matches" && filters.size === 0 ? "projects" : shader;
  title.textContent = words.keyTitle[counted];
  key.querySelector(".no-record")?.parentElement?.lastChild?.replaceWith(words.keyNothing[counted === "matches" && filters.has("bbox") ? "inBox" : counted]);
  key.querySelector(".no-record")?.classList.toggle("plain", shader === "systems");
  setPalette(key, shader === "systems" ? "count" : "project");
  for (const step of key.querySelectorAll(".key-step")) step.remove();
  key.querySelector(".key-counted")?.removeAttribute("hidden");
  for (const part of key.querySelectorAll<HTMLElement>(".key-unnamed, .key-limit")) part.hidden = shader !== "systems";
}

/** In an edition, shows in the legend what the shades count for a query. */
export function paintShadeLegend(query: URLSearchParams): void {
  const [section, legend] = [document.getElementById("map"), document.getElementById("legend")];
  const config = section ? readConfig(section) : undefined;
  const [title, list] = [legend?.querySelector(".legend-title"), legend?.querySelector(".legend-steps")];
  if (!config || !legend || !title || !list) return;
  if (shaderOf(query, config) === "systems") return void (originalLegend && legend.replaceChildren(...originalLegend.map((node) => node.cloneNode(true))));
  originalLegend ??= [...legend.childNodes].map((node) => node.cloneNode(true));
  title.textContent = words.shaded(leavesOutCables(query));
  setPalette(list, "project");
  for (const part of legend.querySelectorAll(".about-systems")) part.remove();
}
