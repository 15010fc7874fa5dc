// Keeps links beside the results up to date with the filters: sorting, downloads, and switching between systems only and all.
import { ONLY_SYSTEMS } from "./systems-or-projects.ts";

/** Parameters of the view, which filter nothing. */
export const VIEW_PARAMETERS = new Set(["sort", "order", "size", "page", "at", "shade"]);

/** Makes the links fit a query, without waiting for the server's page, which may take a long time. */
export function relink(results: Element, query: URLSearchParams): void {
  for (const link of results.querySelectorAll("a.sort, .menu a:not(.fixed)")) {
    const [path = "", search = ""] = (link.getAttribute("href") ?? "").split("?");
    const own = [...new URLSearchParams(search)].filter(([name]) => VIEW_PARAMETERS.has(name));
    const all = new URLSearchParams([...own, ...[...query].filter(([name]) => !VIEW_PARAMETERS.has(name))]);
    link.setAttribute("href", all.size > 0 ? `${path}?${all}` : path);
  }
  // The links that switch between all projects and systems only keep the other filters.
  const filters = [...query].filter(([name]) => !VIEW_PARAMETERS.has(name) && name !== ONLY_SYSTEMS[0]);
  const choices = { systems: filters.length > 0 ? filters : [["shade", "projects"]], projects: filters.length > 0 ? [[...ONLY_SYSTEMS], ...filters] : [] };
  for (const [name, pairs] of Object.entries(choices)) results.querySelector(`.list-choice .of-${name}`)?.setAttribute("href", `${window.location.pathname}${pairs.length > 0 ? `?${new URLSearchParams(pairs)}` : ""}`);
}
