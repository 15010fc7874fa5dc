// Whether the page lists systems or projects.
import { shaderOf } from "../address-parameters.ts";
import { readConfig } from "../map-config.ts";

/** Returns whether the page lists and counts systems, rather than projects, for a query. */
export function listsSystems(query: URLSearchParams): boolean {
  const section = document.getElementById("map");
  const config = section ? readConfig(section) : undefined;
  return config !== undefined && shaderOf(query, config) === "systems";
}

/** The parameter that selects systems with a named supplier, and its only value. */
export const ONLY_SYSTEMS = ["system", "named-supplier"] as const;

/** Returns the query, with the filter for systems if the page lists only systems, because the address lacks that filter. */
export function listedQuery(query: URLSearchParams): URLSearchParams {
  return listsSystems(query) ? new URLSearchParams([...query, [...ONLY_SYSTEMS]]) : query;
}

/** Shows either the results' parts about systems or those about projects, depending on which the page lists for a query. */
export function markListed(query: URLSearchParams): void {
  const systems = listedQuery(query).has(ONLY_SYSTEMS[0]);
  for (const part of document.querySelectorAll<HTMLElement>("#results :is(.of-systems, .of-projects)")) part.hidden = part.classList.contains("of-systems") !== systems;
}
