// The content of a popup on the map, built from text nodes and our own addresses.
import { address } from "../config.ts";
import type { Project } from "../data.ts";
import { element } from "../dom.ts";
import { SIGNS } from "../layers.ts";
import { labelOf, MAX_COUNTRIES } from "../explorer/table.ts";
import { words } from "../words.ts";

const MAX_PROJECTS = 60;

/** Returns the names of at most three countries. */
function countries(codes: readonly string[], nameOf: (code: string) => string): string {
  const names = codes.slice(0, MAX_COUNTRIES).map(nameOf).join(words.comma);
  return codes.length > MAX_COUNTRIES ? `${names} +${codes.length - MAX_COUNTRIES}` : names;
}

function line(project: Project, projectUrl: string, nameOf: (code: string) => string): HTMLLIElement {
  const sign = element("span", { className: `sign sign--${project.layer}`, textContent: SIGNS[project.layer], ariaHidden: "true" });
  const link = element("a", { textContent: project.name });
  link.href = address(projectUrl, "id", project.id);
  const kinds = project.kinds.length > 0 ? project.kinds.map((kind) => labelOf("kind", kind)).join(words.comma) : words.layers[project.layer];
  const facts = [kinds, countries(project.countries, nameOf), project.year || words.yearUnknown, words.precision[project.precision] ?? ""].filter((fact) => fact !== "");
  return element("li", {}, [sign, " ", link, element("span", { className: "map-popup-facts", textContent: facts.join(" · ") })]);
}

/** Returns a list of at most sixty distinct projects. */
export function popupContent(projects: readonly Project[], projectUrl: string, nameOf: (code: string) => string): HTMLElement {
  const unique = [...new Map(projects.map((project) => [project.id, project])).values()];
  const list = element("ul", { className: "map-popup" }, unique.slice(0, MAX_PROJECTS).map((project) => line(project, projectUrl, nameOf)));
  const rest = unique.length - MAX_PROJECTS;
  return element("div", {}, rest > 0 ? [list, element("p", { className: "map-popup-facts", textContent: words.more(rest) })] : [list]);
}
