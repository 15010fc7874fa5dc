// The panel on the map, which shows what the reader selected. Built from text nodes, so that data is never parsed as markup.
import { address } from "../address-parameters.ts";
import type { MapConfig } from "../map-config.ts";
import type { Party, Project } from "../map-data.ts";
import { element } from "../dom.ts";
import { MAX_COUNTRIES, kindLabel, labelOf, named } from "../explorer/table.ts";
import { type Layer, REPRESSION_FIRST, SIGNS } from "../project-layers.ts";
import { words } from "../words.ts";
import type { CountryFacts } from "./country-facts.ts";

const MAX_PROJECTS = 60;
/** The maximum number of organisations in a line. */
const MAX_PARTIES = 12;

type NameOf = (code: string) => string;

/** Returns at most `most` items, separated by commas, and the number of the others. */
function shortened(items: (Node | string)[], most: number): (Node | string)[] {
  const joined = items.slice(0, most).flatMap((item, index) => (index === 0 ? [item] : [words.comma, item]));
  return items.length > most ? [...joined, words.andMore(items.length - most)] : joined;
}

function signOf(layer: Layer): HTMLElement {
  return element("span", { className: `sign sign--${layer}`, textContent: SIGNS[layer], ariaHidden: "true" });
}

function linkTo(url: string, text: string, lang?: string): HTMLAnchorElement {
  const link = element("a", {}, [lang === undefined ? text : named(text, lang)]);
  link.href = url;
  return link;
}

function kindsOf({ kinds, layer }: Project): string {
  return kinds.length > 0 ? kinds.map((kind) => kindLabel(kind)).join(words.comma) : words.layers[layer];
}

function line(project: Project, projectUrl: string, nameOf: NameOf): HTMLLIElement {
  const link = linkTo(address(projectUrl, "id", project.id), project.name);
  const countries = project.countries.map(nameOf);
  const place = countries.slice(0, MAX_COUNTRIES).join(words.comma) + (countries.length > MAX_COUNTRIES ? ` +${countries.length - MAX_COUNTRIES}` : "");
  const isCable = project.layer === "cables";
  // For a cable, the supplier says more than the kind. The precision is left out, because the routes of all cables are
  // sketches.
  const what = isCable && project.suppliers && project.suppliers.length > 0 ? project.suppliers.map(({ name }) => name).join(words.comma) : kindsOf(project);
  const facts = [what, place, project.year || words.yearUnknown, isCable ? "" : (words.precision[project.precision] ?? "")].filter((fact) => fact !== "");
  return element("li", {}, [signOf(project.layer), " ", link, element("span", { className: "map-panel-facts", textContent: facts.join(" · ") })]);
}

/** Returns a list of at most `MAX_PROJECTS` projects and, if there are more, a line with the number of the others. */
function listOf(projects: readonly Project[], projectUrl: string, nameOf: NameOf): HTMLElement[] {
  const list = element("ul", { className: "map-panel-list" }, projects.slice(0, MAX_PROJECTS).map((project) => line(project, projectUrl, nameOf)));
  const rest = projects.length - MAX_PROJECTS;
  return rest > 0 ? [list, element("p", { className: "map-panel-facts", textContent: words.more(rest) })] : [list];
}

/** Returns a label and its value; nothing if there is no value. */
function fact(label: string, value: (Node | string)[]): HTMLElement[] {
  return value.length > 0 ? [element("dt", { textContent: label }), element("dd", {}, value)] : [];
}

function partiesOf(parties: readonly Party[] | undefined, organizationUrl: string): (Node | string)[] {
  return shortened((parties ?? []).map(({ id, name, lang }) => linkTo(address(organizationUrl, "id", id), name, lang)), MAX_PARTIES);
}

/** Returns what the map knows about one project, such as the suppliers and owners of a cable. */
function projectPanel(project: Project, config: MapConfig, nameOf: NameOf): HTMLElement[] {
  const link = linkTo(address(config.projectUrl, "id", project.id), project.name);
  const countries = project.countries.map((code) => linkTo(address(config.countryUrl, "code", code), nameOf(code)));
  const isCable = project.layer === "cables";
  const suppliers = partiesOf(project.suppliers, config.organizationUrl);
  const when = project.planned ?? project.year;
  const facts = element("dl", { className: "map-panel-dl" }, [
    ...fact(words.what, [kindsOf(project)]),
    ...fact(words.suppliers, suppliers.length > 0 || !project.suppliers ? suppliers : [words.noSupplier]),
    ...fact(words.owners, partiesOf(project.owners, config.organizationUrl)),
    ...fact(words.customers, partiesOf(project.customers, config.organizationUrl)),
    ...fact(isCable ? words.landsIn : words.country, shortened(countries, isCable ? countries.length : MAX_COUNTRIES)),
    ...fact(words.year, [when || words.yearUnknown]),
    ...fact(words.status, project.status ? [project.status === "unknown" ? words.statusUnknown : labelOf("status", project.status)] : []),
    ...fact(words.where, [words.precision[project.precision] ?? ""].filter((text) => text !== "")),
  ]);
  return [element("h2", {}, [signOf(project.layer), " ", link]), facts];
}

/** Returns the content for the selected projects. `place`: the name of the town or site where they are, if it has one. */
export function projectsPanel(projects: readonly Project[], config: MapConfig, nameOf: NameOf, place = ""): HTMLElement[] {
  const [first, ...others] = projects;
  if (first && others.length === 0) return projectPanel(first, config, nameOf);
  const ordered = [...projects].sort((left, right) => REPRESSION_FIRST.indexOf(left.layer) - REPRESSION_FIRST.indexOf(right.layer));
  const cables = projects.filter(({ layer }) => layer === "cables").length;
  const count = words.resultCount(projects.length, cables);
  const heading = element("h2", { textContent: place === "" ? count : words.somewhere(count, place) });
  return [heading, ...listOf(ordered, config.projectUrl, nameOf)];
}

/**
 * Returns the content for a country: its value in words, its projects by layer, their suppliers, and links to its page and to a
 * list of only its projects.
 */
export function countryPanel(code: string, { text, known, layers, suppliers }: CountryFacts, config: MapConfig, nameOf: NameOf): HTMLElement[] {
  const counts = layers.map(([layer, count]) => element("li", {}, [signOf(layer), ` ${words.layers[layer]} `, element("span", { className: "facet-count", textContent: words.number(count) })]));
  const names = suppliers.map(([{ id, name, lang }, count]) => {
    const item = element("li", {}, [linkTo(address(config.organizationUrl, "id", id), name, lang), " ", element("span", { className: "facet-count", textContent: words.number(count) })]);
    return item;
  });
  const rows = new URLSearchParams(window.location.search);
  for (const name of ["page", "at"]) rows.delete(name);
  rows.set("country", code);
  const filter = element("a", { textContent: words.onlyCountry(nameOf(code)) });
  filter.setAttribute("href", `?${rows}`);
  return [
    element("h2", {}, [linkTo(address(config.countryUrl, "code", code), nameOf(code))]),
    ...(text === "" ? [] : [element("p", { textContent: text })]),
    ...(counts.length > 0 ? [element("ul", { className: "map-panel-counts" }, counts)] : []),
    ...(names.length > 0 ? [element("h3", { textContent: words.suppliers }), element("ul", { className: "map-panel-counts" }, names)] : []),
    element("p", { className: "map-panel-actions" }, [linkTo(address(config.countryUrl, "code", code), words.pageOf(nameOf(code))), ...(layers.length > 0 || !known ? [filter] : [])]),
  ];
}
