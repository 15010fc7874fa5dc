// Rows of the table from columns, equal to the server's (macros.html: project_row).
import { address } from "../address-parameters.ts";
import { element } from "../dom.ts";
import { layerOf, SIGNS } from "../project-layers.ts";
import { type Columns, countriesOf, NO_YEAR, statusOf } from "../project-columns.ts";
import { words } from "../words.ts";

/** The maximum number of suppliers, and of customers, to name for a project. */
const MAX_PARTIES = 2;

/** The maximum number of countries to name for a project. A cable can have twenty. */
export const MAX_COUNTRIES = 3;

/** Returns the label of a facet's value in the form; the value itself if the form has none. */
export function labelOf(facet: string, value: string): string {
  const choice = document.querySelector(`#filters input[name="${CSS.escape(facet)}"][value="${CSS.escape(value)}"]`);
  return choice?.nextElementSibling?.textContent?.trim() || value;
}

/** Returns the label of a kind that a source states. The form's label can be broader: “Surveillance of any kind”. */
export function kindLabel(kind: string): string {
  return document.querySelector<HTMLInputElement>(`#filters input[name="kind"][value="${CSS.escape(kind)}"]`)?.dataset["label"] ?? labelOf("kind", kind);
}

function link(href: string, children: (Node | string)[], className = ""): HTMLAnchorElement {
  const anchor = element("a", { className }, children);
  if (className === "") anchor.removeAttribute("class");
  anchor.setAttribute("href", href);
  return anchor;
}

function cell(label: string, className: string, children: (Node | string)[]): HTMLTableCellElement {
  const td = element("td", { className }, children);
  if (className === "") td.removeAttribute("class");
  td.dataset["label"] = label;
  return td;
}

export interface Addresses {
  project: string;
  country: string;
  organization: string;
}

export function named(text: string, lang: string): HTMLElement {
  const bdi = element("bdi", { textContent: text });
  const page = document.documentElement.lang.split("-")[0];
  if (lang.split("-")[0] !== page && !(lang === "" && page === "en")) bdi.lang = lang;
  return bdi;
}

const alternatives = new Intl.ListFormat(document.documentElement.lang, { type: "disjunction" });

/** Returns links to organisations. `seats`: whether to add the country of each seat, or all countries if sources disagree. */
function partiesOf({ organizations }: Columns, parties: readonly number[], at: Addresses, seats = false): (Node | string)[] {
  const names: (Node | string)[] = parties.slice(0, MAX_PARTIES).flatMap((party, index) => {
    const anchor = link(address(at.organization, "id", organizations.ids[party] ?? ""), [named(organizations.names[party] ?? "", organizations.langs[party] ?? "")]);
    const codes = seats ? (organizations.seats[party] ?? "").split(" ").filter(Boolean) : [];
    const seat = alternatives.format(codes.map((code) => labelOf("supplier_country", code)));
    const label = seat ? [" ", element("span", { className: "party-seat", textContent: codes.length > 1 ? words.disputed(seat) : seat })] : [];
    return index === 0 ? [anchor, ...label] : [words.comma, anchor, ...label];
  });
  if (parties.length > MAX_PARTIES) names.push(words.andMore(parties.length - MAX_PARTIES));
  return names;
}

function row(columns: Columns, project: number, at: Addresses, labels: readonly string[]): HTMLTableRowElement {
  const layer = layerOf(columns.tops[project]);
  const page = address(at.project, "id", columns.ids[project] ?? "");
  const sources = columns.independent[project] || (columns.sources[project] ?? 0); // older releases lack `independent`
  const hasKind = (columns.kinds[project] ?? []).length > 0; // without a kind there is no layer
  const sign = element("span", { className: `sign sign--${hasKind ? layer : "unknown"}`, ariaHidden: "true", textContent: hasKind ? SIGNS[layer] : "□" });
  const mark = link(`${page}#claims`, [String(sources)], sources === 1 ? "evidence-mark hollow" : "evidence-mark");
  mark.setAttribute("aria-label", words.sourcesMark(sources));
  mark.title = words.independentSources(sources);
  const head = element("th", {}, [sign, " ", link(page, [named(columns.names[project] ?? "", columns.langs[project] ?? "")]), mark]);
  head.scope = "row";
  const codes = countriesOf(columns, project);
  const countries: (Node | string)[] = codes.slice(0, MAX_COUNTRIES).flatMap((code, index) => {
    const anchor = link(address(at.country, "code", code), [labelOf("country", code)]);
    return index === 0 ? [anchor] : [words.comma, anchor];
  });
  if (codes.length > MAX_COUNTRIES) countries.push(words.andMore(codes.length - MAX_COUNTRIES));
  const year = columns.years[project] ?? NO_YEAR;
  const planned = columns.planned[String(project)];
  const status = statusOf(columns, project);
  const [tone, label, when] = columns.dated[String(project)] ?? [status, status === "unknown" ? words.statusUnknown : labelOf("status", status), ""];
  const chip = element("span", { className: `chip chip--${tone}`, textContent: label });
  const statusParts = when ? [chip, " ", element("span", { className: "small muted nowrap", textContent: when })] : [chip];
  return element("tr", {}, [
    head,
    cell(labels[1] ?? "", "", partiesOf(columns, columns.suppliers[project] ?? [], at, true)),
    cell(labels[2] ?? "", "", partiesOf(columns, columns.customers[project] ?? [], at)),
    cell(labels[3] ?? "", "", countries),
    cell(labels[4] ?? "", (columns.first[project] ?? NO_YEAR) === NO_YEAR ? "number none" : "number", [planned ? element("span", { className: "small", textContent: planned }) : year === NO_YEAR ? words.notKnown : String(year)]),
    cell(labels[5] ?? "", "", statusParts),
  ]);
}

/** Replaces the rows of the table of results. Returns false if there is no table. */
export function fillTable(results: HTMLElement, columns: Columns, listed: readonly number[], at: Addresses): boolean {
  const body = results.querySelector("table.cards tbody");
  if (!body) return false;
  const labels = [...results.querySelectorAll("table.cards thead th")].map((head) => head.textContent?.trim() ?? "");
  body.replaceChildren(...listed.map((project) => row(columns, project, at, labels)));
  return true;
}
