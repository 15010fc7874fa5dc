// The explorer: the address says what is shown, and form, table, map and years follow it. Where all projects are here, they follow at
// once; the server's page of the same address then takes the place of what was made here, and both must say the same.
import { page as behind } from "./alone.ts";
import type { Columns } from "./columns.ts";
import { element, notice } from "./dom.ts";
import { cablesApart, type Found, find, pageOf, turned, wantedOf } from "./engine.ts";
import { asMenus, markChosen, showCounts, takeCounts } from "./facets.ts";
import { paintAlone } from "./painted.ts";
import { type Addresses, fillTable } from "./table.ts";
import { words } from "./words.ts";

interface Drawing {
  /** What was found, or undefined where only the server knows. */
  update(query: URLSearchParams, found: Found | undefined): void;
  /** The server's parts of the page are in their places. */
  arrived(query: URLSearchParams): void;
}

/** Projects that fit the words and the box of a query; undefined where it has neither. */
type Ask = (query: URLSearchParams, signal: AbortSignal) => Promise<Uint8Array | undefined>;

const TYPING_PAUSE = 400;
/** Milliseconds without a change after which the server is asked for the whole page. */
const QUIET = 250;
/** Parameters that say how a page shows what was found. */
const OF_VIEW = new Set(["sort", "order", "size", "page", "at", "shade"]);
/** Parameters that a change of the filters keeps, besides those of the form. */
const KEPT = ["sort", "order", "size", "at"] as const;

function queryOf(form: HTMLFormElement): URLSearchParams {
  const query = new URLSearchParams();
  for (const [key, value] of new FormData(form)) if (typeof value === "string" && value.trim() !== "") query.append(key, value.trim());
  const before = new URLSearchParams(window.location.search);
  for (const key of KEPT) for (const value of before.getAll(key)) query.append(key, value);
  return query;
}

/** Sets the form's fields to what an address says. */
function fill(form: HTMLFormElement, query: URLSearchParams): void {
  for (const field of form.elements) {
    if (field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio")) field.checked = query.getAll(field.name).includes(field.value);
    else if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = query.get(field.name) ?? "";
  }
  markChosen(form);
}

/** Sets a parameter that may have no field yet: a hidden one holds it. */
function setField(form: HTMLFormElement, name: string, value: string): void {
  let field = form.querySelector<HTMLInputElement>(`input[name="${name}"]`);
  if (!field) {
    field = element("input");
    field.type = "hidden";
    field.name = name;
    form.append(field);
  }
  field.value = value;
}

export class Explorer {
  readonly #form: HTMLFormElement;
  readonly #results: HTMLElement;
  readonly #said = element("p", { className: "visually-hidden" });
  readonly #drawing: Drawing;
  readonly #addresses: Addresses;
  #columns: Columns | undefined;
  #ask: Ask = () => Promise.resolve(undefined);
  #allowed: { asked: string; bits: Uint8Array | undefined } = { asked: "", bits: undefined };
  #shown = window.location.search;
  /** Of what is shown and the server has not said yet. */
  #request: AbortController | undefined;
  #waiting: number | undefined;

  constructor(form: HTMLFormElement, results: HTMLElement, drawing: Drawing, addresses: Addresses) {
    this.#form = form;
    this.#results = results;
    this.#drawing = drawing;
    this.#addresses = addresses;
    this.#said.setAttribute("role", "status");
    results.before(this.#said);
    results.removeAttribute("aria-live"); // the heading is said instead, not all the rows
    document.documentElement.dataset["filters"] = "live";
    asMenus(form);
    document.addEventListener("change", ({ target }) => {
      const field = target instanceof HTMLInputElement || target instanceof HTMLSelectElement ? target : undefined;
      if (field?.form === form && form.reportValidity()) void this.go(queryOf(form));
    });
    form.addEventListener("input", ({ target }) => target instanceof HTMLInputElement && target.type === "search" && this.#later(TYPING_PAUSE, () => void this.go(queryOf(form))));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.go(queryOf(form));
    });
    document.addEventListener("click", (event) => this.#follow(event));
    window.addEventListener("popstate", () => {
      if (window.location.search === this.#shown) return; // only the part after # changed
      const query = new URLSearchParams(window.location.search);
      fill(form, query);
      void this.#show(query);
    });
  }

  /** From now on projects are found here, also those for which the server has been asked and has not answered. */
  use(columns: Columns, ask: Ask): Promise<void> {
    this.#columns = columns;
    this.#ask = ask;
    return this.#show(new URLSearchParams(window.location.search), this.#request !== undefined);
  }

  /** Shows what a query asks for. A step of many (`quick`) leaves no trace in the history, and all of it is shown at once. */
  async go(query: URLSearchParams, quick = false): Promise<void> {
    window.clearTimeout(this.#waiting);
    const search = query.size > 0 ? `?${query}` : "";
    if (search === this.#shown) return;
    const url = `${window.location.pathname}${search}`;
    if (quick) window.history.replaceState(null, "", url);
    else window.history.pushState(null, "", url);
    await this.#show(query, true, quick);
  }

  /** Years from and to; an empty text takes one off. Resolves once they are shown. */
  years(from: string, to: string, quick = false): Promise<void> {
    setField(this.#form, "year_from", from);
    setField(this.#form, "year_to", to);
    return this.go(queryOf(this.#form), quick);
  }

  /** Only projects with a place in this box of degrees. */
  within(box: readonly number[]): void {
    setField(this.#form, "bbox", box.join(","));
    void this.go(queryOf(this.#form));
  }

  /** Notes in the address where the map looks, which changes nothing else. */
  looksAt(at: string): void {
    const query = new URLSearchParams(window.location.search);
    query.set("at", at);
    window.history.replaceState(null, "", `${window.location.pathname}?${query}`);
    this.#shown = window.location.search;
  }

  #later(pause: number, run: () => void): void {
    window.clearTimeout(this.#waiting);
    this.#waiting = window.setTimeout(run, pause);
  }

  async #show(query: URLSearchParams, confirm = true, together = false): Promise<void> {
    this.#shown = window.location.search;
    this.#request?.abort();
    const request = (this.#request = new AbortController());
    const reset = this.#form.querySelector<HTMLElement>("a.reset");
    if (reset) reset.hidden = query.size === 0;
    markChosen(this.#form);
    if (turned(query)) return this.#say(words.yearsTurned);
    const found = await this.#found(query, request.signal);
    if (request.signal.aborted) return;
    const url = window.location.href;
    if (together && !behind.alone) {
      const here = await this.#load(url, request, true, false);
      if (request.signal.aborted) return;
      if (!here && found) this.#paint(query, found);
      return this.#drawing.update(query, found);
    }
    if (found && (confirm || behind.alone)) this.#paint(query, found);
    this.#drawing.update(query, found);
    if (behind.alone) return this.#finish(query, found);
    if (!confirm) return;
    if (found) this.#later(QUIET, () => void this.#load(url, request, true));
    else void this.#load(url, request, false);
  }

  /** Says why what was chosen is not shown; what stands there stays. */
  #say(why: string): void {
    this.#request = undefined;
    this.#results.removeAttribute("aria-busy");
    notice(this.#results, why);
  }

  async #found(query: URLSearchParams, signal: AbortSignal): Promise<Found | undefined> {
    const columns = this.#columns;
    if (!columns) return undefined;
    const asked = `${query.get("q") ?? ""}\n${query.get("bbox") ?? ""}`;
    if (asked !== this.#allowed.asked) {
      try {
        this.#allowed = { asked, bits: await this.#ask(query, signal) };
      } catch {
        return undefined; // the server's page says what is wrong
      }
    }
    const wanted = wantedOf(columns, query, this.#allowed.bits);
    return wanted && find(columns, wanted, cablesApart(query));
  }

  /** Heading, counts and rows of what was found here. */
  #paint(query: URLSearchParams, found: Found): void {
    const columns = this.#columns;
    if (!columns) return;
    showCounts(this.#form, columns, found);
    const heading = this.#results.querySelector("h2");
    if (heading) heading.textContent = words.found(found.projects, found.cables);
    relink(this.#results, query);
    if (fillTable(this.#results, columns, pageOf(columns, found, query), this.#addresses)) this.#results.querySelector("nav.pager")?.remove();
  }

  /** Where no server will say the rest: all else that the page shows of what was found. */
  #finish(query: URLSearchParams, found: Found | undefined): void {
    this.#request = undefined;
    if (!this.#columns) return;
    notice(this.#results, found ? "" : words.pageRefused);
    if (!found) return;
    paintAlone(this.#form, this.#results, this.#columns, found, query, this.#allowed.bits);
    this.#said.textContent = this.#results.querySelector("h2")?.textContent?.trim() ?? "";
  }

  /** Links that lead to this page with other parameters are followed here: sorting, pages, years, what is taken off. */
  #follow(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement | SVGAElement>("a") : null;
    if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (!link.closest(".explorer") || link.hasAttribute("download") || link.closest(".static-map")) return;
    const url = new URL(link.getAttribute("href") ?? "", document.baseURI);
    const here = window.location;
    if (url.origin !== here.origin || url.pathname !== here.pathname || url.hash !== "") return;
    event.preventDefault();
    const at = new URLSearchParams(here.search).get("at");
    if (at) url.searchParams.set("at", at);
    if (url.search === here.search) return;
    fill(this.#form, url.searchParams);
    void this.go(url.searchParams);
    if (this.#results.contains(link) && this.#results.getBoundingClientRect().top < 0) this.#results.scrollIntoView();
  }

  /** Takes the parts of the same page from the server, which has escaped them; resolves with whether it did. */
  async #load(url: string, request: AbortController, quiet: boolean, painted = quiet): Promise<boolean> {
    let here = false;
    if (!quiet) this.#results.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(url, { signal: request.signal, headers: { Accept: "text/html" } });
      if (response.status >= 400 && response.status < 500) notice(this.#results, words.pageRefused);
      else {
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        const fresh = page.getElementById("results");
        if (!response.ok || !fresh) throw new Error(`${url}: ${response.status}`);
        this.#swap(page, fresh, painted);
        here = true;
        notice(this.#results, "");
      }
    } catch (error) {
      if (request.signal.aborted) return false;
      console.warn(error);
      notice(this.#results, words.pageFailed);
    }
    if (this.#request !== request) return here;
    this.#request = undefined;
    this.#results.removeAttribute("aria-busy");
    return here;
  }

  #swap(page: Document, fresh: HTMLElement, painted: boolean): void {
    if (painted && rowsOf(fresh) !== rowsOf(this.#results)) console.error("what was found here is not what the server found:", window.location.search);
    const focused = this.#results.contains(document.activeElement);
    takeCounts(this.#form, page);
    this.#results.replaceChildren(...[...fresh.childNodes].map((node) => document.adoptNode(node)));
    for (const part of document.querySelectorAll<HTMLElement>("[data-live][id]")) {
      const other = page.getElementById(part.id);
      if (other) part.replaceChildren(...[...other.childNodes].map((node) => document.adoptNode(node)));
    }
    this.#drawing.arrived(new URLSearchParams(window.location.search));
    document.title = page.title || document.title;
    this.#said.textContent = this.#results.querySelector("h2")?.textContent?.trim() ?? "";
    if (!focused) return;
    this.#results.tabIndex = -1;
    this.#results.focus({ preventScroll: true });
  }
}

/** Makes the links that sort and hand over rows those of a query: the server's page of it may be long in coming. */
function relink(results: Element, query: URLSearchParams): void {
  for (const link of results.querySelectorAll("a.sort, .menu a")) {
    const [path = "", search = ""] = (link.getAttribute("href") ?? "").split("?");
    const own = [...new URLSearchParams(search)].filter(([name]) => OF_VIEW.has(name));
    const all = new URLSearchParams([...own, ...[...query].filter(([name]) => !OF_VIEW.has(name))]);
    link.setAttribute("href", all.size > 0 ? `${path}?${all}` : path);
  }
}

/** Heading and rows as text, to compare two makings of them. */
function rowsOf(results: Element): string {
  const text = [results.querySelector("h2"), ...results.querySelectorAll("table.cards tbody tr")].map((part) => part?.textContent?.replace(/\s+/g, "") ?? "");
  return text.join("\n");
}
