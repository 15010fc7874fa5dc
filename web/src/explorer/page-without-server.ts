// What the explorer renders without a server: pager, sorting, chosen filters, bars of the years, legend and answer.
import { element } from "../dom.ts";
import { FACETS } from "../filter-names.ts";
import { type Columns, NO_YEAR } from "../project-columns.ts";
import { filterOf, findMatches, leavesOutCables, type Matches, yearsOf } from "./project-filter.ts";
import { VIEW_PARAMETERS } from "./sort-and-download-links.ts";
import { listedQuery, listsSystems } from "./systems-or-projects.ts";
import { paintShadeLegend } from "./shade-key.ts";
import { labelOf } from "./table.ts";
import { words } from "../words.ts";

const SIZE = 25;
const NUMBERS_FIRST = new Set(["year", "sources", "unit"]);

function linkTo(query: URLSearchParams, text: string, change: (query: URLSearchParams) => void): HTMLAnchorElement {
  const changed = new URLSearchParams(query);
  changed.delete("at");
  change(changed);
  const link = element("a", { textContent: text });
  link.setAttribute("href", changed.size > 0 ? `?${changed}` : "?");
  return link;
}

function chosenFilters(query: URLSearchParams): HTMLUListElement | undefined {
  const order = [...[...document.querySelectorAll<HTMLElement>("#filters [data-facet]")].map((menu) => menu.dataset["facet"]), ...FACETS, "q", "year_from", "year_to", "located", "bbox"];
  const filters = [...query].filter(([name]) => !VIEW_PARAMETERS.has(name)).sort(([left], [right]) => order.indexOf(left) - order.indexOf(right));
  if (filters.length === 0) return undefined;
  const labels: Record<string, (value: string) => string> = {
    year_from: words.since, year_to: words.until, bbox: () => words.inBox, q: (value) => value, located: (value) => (value === "yes" ? words.located : words.unlocated), system: () => words.onlySystems,
  };
  const lines = filters.map(([name, value]) => {
    const link = linkTo(query, "", (other) => {
      const rest = other.getAll(name).filter((remaining) => remaining !== value);
      other.delete(name);
      other.delete("page");
      for (const remaining of rest) other.append(name, remaining);
    });
    const label = labels[name]?.(value) ?? (name === "layer" ? (words.layers[value as keyof typeof words.layers] ?? value) : labelOf(name, value));
    link.append(element("span", { className: "visually-hidden", textContent: `${words.takeOff} ` }), label, " ", element("span", { textContent: "✕", ariaHidden: "true" }));
    return element("li", {}, [link]);
  });
  const list = element("ul", { className: "chosen" }, lines);
  list.setAttribute("aria-label", words.chosenFilters);
  return list;
}

function pager(query: URLSearchParams, all: number): HTMLElement | undefined {
  const size = Number(query.get("size") ?? "") || SIZE;
  const number = Number(query.get("page") ?? "") || 1;
  if (all <= size) return undefined;
  const nav = element("nav", { className: "pager" });
  nav.setAttribute("aria-label", words.pages);
  const to = (page: number, text: string, rel: string): void => {
    const link = linkTo(query, text, (other) => (page > 1 ? other.set("page", String(page)) : other.delete("page")));
    link.rel = rel;
    nav.append(link, " ");
  };
  if (number > 1) to(number - 1, words.previous, "prev");
  const here = element("span", { textContent: words.pageRange(size * (number - 1) + 1, Math.min(size * number, all), all) });
  here.setAttribute("aria-current", "page");
  nav.append(here, " ");
  if (size * number < all) to(number + 1, words.next, "next");
  return nav;
}

function sorters(results: HTMLElement, query: URLSearchParams): void {
  for (const link of results.querySelectorAll<HTMLAnchorElement>("a.sort")) {
    const sort = new URLSearchParams((link.getAttribute("href") ?? "").split("?")[1] ?? "").get("sort") ?? "";
    const current = query.get("sort") === sort;
    const descending = current && (query.get("order") ?? (NUMBERS_FIRST.has(sort) ? "desc" : "asc")) === "desc";
    const next = current ? (descending ? "asc" : "desc") : NUMBERS_FIRST.has(sort) ? "desc" : "asc";
    const target = linkTo(query, "", (changed) => {
      changed.set("sort", sort);
      changed.set("order", next);
      changed.delete("page");
    });
    link.setAttribute("href", target.getAttribute("href") ?? "");
    const head = link.closest("th");
    if (current) head?.setAttribute("aria-sort", descending ? "descending" : "ascending");
    else head?.removeAttribute("aria-sort");
  }
}

/** Renders the bars of the years. They count matches in all years, whatever years are chosen. */
function years(columns: Columns, query: URLSearchParams, allowed: Uint8Array | undefined): void {
  const bars = [...document.querySelectorAll<SVGAElement>("#years svg a")];
  const first = Number(document.querySelector<HTMLElement>("#years figure")?.dataset["first"]);
  if (bars.length === 0) return;
  const any = new URLSearchParams([...listedQuery(query)].filter(([name]) => !name.startsWith("year_")));
  const filter = filterOf(columns, any, allowed);
  if (!filter) return;
  const { bits } = findMatches(columns, filter, leavesOutCables(any));
  const counts = new Int32Array(bars.length);
  bits.forEach((bit, project) => {
    const at = (columns.years[project] ?? NO_YEAR) - first;
    if (bit && at >= 0 && at < counts.length) counts[at] = (counts[at] ?? 0) + 1;
  });
  const highest = Math.max(1, ...counts);
  const [caption, most] = [document.querySelector("#years figcaption"), document.querySelector("#years .years-most")];
  const figure = document.querySelector<HTMLElement>("#years figure");
  if (figure) figure.hidden = !counts.some(Boolean); // No match has a year.
  if (most) most.textContent = counts.some(Boolean) ? words.number(highest) : "";
  caption?.querySelector("a")?.remove();
  if (query.has("year_from") || query.has("year_to")) {
    caption?.append(" ", linkTo(query, words.allYears, (other) => ["year_from", "year_to", "page"].forEach((name) => other.delete(name))));
  }
  const [from, to] = yearsOf(query);
  bars.forEach((bar, at) => {
    const count = counts[at] ?? 0;
    const year = first + at;
    const height = (count / highest) * 60;
    const rect = bar.querySelectorAll("rect")[1];
    rect?.setAttribute("y", (64 - height).toFixed(1));
    rect?.setAttribute("height", height.toFixed(1));
    rect?.setAttribute("class", year >= from && year <= to ? "year-in" : "year-out");
    const title = bar.querySelector("title");
    if (title) title.textContent = `${year}: ${words.number(count)}`;
    bar.setAttribute("aria-label", `${year}: ${words.number(count)}`);
    bar.setAttribute("href", linkTo(listedQuery(query), "", (other) => {
      other.set("year_from", String(year));
      other.set("year_to", String(year));
      other.delete("page");
    }).getAttribute("href") ?? "");
  });
}

/** Updates the page except heading, counts and rows. If there are filters, hides the parts that are about all projects. */
export function renderOfflinePage(form: HTMLFormElement, results: HTMLElement, columns: Columns, matches: Matches, query: URLSearchParams, allowed: Uint8Array | undefined): void {
  const filters = [...query].filter(([name]) => !VIEW_PARAMETERS.has(name)).length;
  for (const old of results.querySelectorAll(":scope > .chosen, :scope > .pager, :scope > .empty")) old.remove();
  const [head, table] = [results.querySelector(".results-head"), results.querySelector<HTMLElement>(".table-wrap")];
  const chosen = chosenFilters(query);
  if (chosen) head?.after(chosen);
  if (table) table.hidden = matches.projects === 0;
  if (matches.projects === 0) results.append(element("div", { className: "empty" }, [element("p", { className: "empty-title", textContent: words.empty }), element("p", { textContent: words.emptyMore })]));
  const pages = pager(query, matches.projects);
  if (pages) table?.after(pages);
  sorters(results, query);
  years(columns, query, allowed);
  paintShadeLegend(query);
  for (const part of document.querySelectorAll<HTMLElement>("#results .actions, #tray, #left-out, #figures, #figures ~ *")) part.hidden = filters > 0; // These parts are about all projects.
  const open = document.getElementById("open-filters");
  if (open) open.textContent = words.filters(filters);
  const answer = document.getElementById("answer");
  if (answer) {
    if (!originalAnswer) {
      originalAnswer = [...answer.childNodes];
      originalSystems = listsSystems(new URLSearchParams());
    }
    const replaces = filters > 0 || (originalSystems && !matches.systems);
    answer.replaceChildren(...(replaces ? [element("p", { className: "lead", textContent: answerOf(columns, matches, query) })] : originalAnswer));
  }
  form.querySelectorAll<HTMLElement>("[data-facet]").forEach((menu) => (menu.hidden = !FACETS.includes(menu.dataset["facet"] as (typeof FACETS)[number])));
}

/** Returns the answer: the numbers of matches, of all projects or systems, of countries with a match, and of each group. */
function answerOf(columns: Columns, matches: Matches, query: URLSearchParams): string {
  const areAllCables = matches.cables === matches.projects;
  const matched = matches.systems ? words.systemsListed(matches.projects) : words.resultCount(matches.projects, areAllCables ? matches.cables : 0);
  const countries = matches.counts.country.filter((count, at) => count > 0 && hasMatchIn(columns, matches, at)).length;
  const all = matches.systems ? columns.systems.reduce((total, bit) => total + bit, 0) : columns.size;
  const answer = words.answer(matched, countries, all, groupsOf(columns, matches));
  return query.has("bbox") ? `${answer} ${words.leftOut}` : answer;
}

/** Counts matches by group, as the server does (src/overt/queries/repression_and_infrastructure_project_counts.py). */
function groupsOf({ values, projectValues }: Columns, { bits }: Matches): [number, number, number] {
  const [repression, infrastructure] = [["surveillance", "censorship"], ["networks", "data-centres", "cables"]].map((group) => group.map((layer) => values.layer.indexOf(layer)));
  const groups: [number, number, number] = [0, 0, 0];
  bits.forEach((bit, project) => {
    if (bit !== 1) return;
    const layers = projectValues.layer[project] ?? [];
    const isIn = (group: readonly number[] = []): boolean => layers.some((layer) => group.includes(layer));
    groups[isIn(repression) ? 0 : isIn(infrastructure) ? 1 : 2]++;
  });
  return groups;
}

/** The server's answer for all projects. */
let originalAnswer: ChildNode[] | undefined;
/** Whether that answer is about systems, and not about all projects. */
let originalSystems = false;

/** Returns whether a country has a match. The facet also counts projects that would match if the country were chosen. */
function hasMatchIn({ projectValues }: Columns, { bits }: Matches, country: number): boolean {
  return bits.some((bit, project) => bit === 1 && (projectValues.country[project] ?? []).includes(country));
}
