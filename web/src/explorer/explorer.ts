// The explorer: form, table, map and years follow the page's address. If the browser has all projects, it shows the result at
// once; then the server's page for the same address replaces it, and both must be equal. In an edition, nothing replaces it.
import { element, notice } from "../dom.ts";
import { page } from "../static-edition-interface.ts";
import { asMenus, markChosen, showCounts, takeCounts } from "./facet-counts-and-menus.ts";
import { fill, queryOf, setField } from "./form-query.ts";
import { renderOfflinePage } from "./page-without-server.ts";
import type { Columns } from "../project-columns.ts";
import { filterOf, findMatches, hasReversedYears, leavesOutCables, type Matches, pageOf } from "./project-filter.ts";
import { relink } from "./sort-and-download-links.ts";
import { listedQuery } from "./systems-or-projects.ts";
import { paintShadeKey } from "./shade-key.ts";
import { type Addresses, fillTable } from "./table.ts";
import { words } from "../words.ts";

interface Drawing {
  /** Shows the matches of a query; undefined if only the server can find them. */
  update(query: URLSearchParams, matches: Matches | undefined): void;
  /** Called after parts of this page have been replaced with those of the server's page. */
  arrived(query: URLSearchParams): void;
}

/** Fetches the projects that match the words and the box of a query; undefined if the query has neither. */
type FetchAllowed = (query: URLSearchParams, signal: AbortSignal) => Promise<Uint8Array | undefined>;

/** Milliseconds after a keystroke until the filters change. */
const TYPING_PAUSE = 400;
/** Milliseconds without a change before the entire page is requested from the server. */
const QUIET = 250;
export class Explorer {
  readonly #form: HTMLFormElement;
  readonly #results: HTMLElement;
  readonly #status = element("p", { className: "visually-hidden" });
  readonly #drawing: Drawing;
  readonly #addresses: Addresses;
  #columns: Columns | undefined;
  #fetchAllowed: FetchAllowed = () => Promise.resolve(undefined);
  #allowed: { filters: string; bits: Uint8Array | undefined } = { filters: "", bits: undefined };
  /** The query that is on the screen. */
  #currentSearch = window.location.search;
  /** The pending request for the server's page. */
  #request: AbortController | undefined;
  #timer: number | undefined;

  constructor(form: HTMLFormElement, results: HTMLElement, drawing: Drawing, addresses: Addresses) {
    this.#form = form;
    this.#results = results;
    this.#drawing = drawing;
    this.#addresses = addresses;
    this.#status.setAttribute("role", "status");
    results.before(this.#status);
    results.removeAttribute("aria-live"); // The status reads out the heading, not all the rows.
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
      if (window.location.search === this.#currentSearch) return; // only the part after # changed
      const query = new URLSearchParams(window.location.search);
      fill(form, query);
      void this.#show(query);
    });
  }

  /** Filters projects in the browser from now on. Shows the matches, and repeats a request to the server that is pending. */
  use(columns: Columns, fetchAllowed: FetchAllowed): Promise<void> {
    this.#columns = columns;
    this.#fetchAllowed = fetchAllowed;
    return this.#show(new URLSearchParams(window.location.search), this.#request !== undefined);
  }

  /**
   * Shows a query, unless it is already on the screen. A step of an animation (`quick`) adds nothing to the history, and
   * requests the server's page without delay.
   */
  async go(query: URLSearchParams, quick = false): Promise<void> {
    window.clearTimeout(this.#timer);
    const search = query.size > 0 ? `?${query}` : "";
    if (search === this.#currentSearch) return;
    const url = `${window.location.pathname}${search}`;
    if (quick) window.history.replaceState(null, "", url);
    else window.history.pushState(null, "", url);
    await this.#show(query, true, quick);
  }

  /** Sets the first and the last year; an empty string removes one. Resolves once they are shown. `quick`: see `go`. */
  years(from: string, to: string, quick = false): Promise<void> {
    setField(this.#form, "year_from", from);
    setField(this.#form, "year_to", to);
    return this.go(queryOf(this.#form), quick);
  }

  /** Shows only projects with a place or route in this box of degrees. */
  narrowTo(box: readonly number[]): void {
    setField(this.#form, "bbox", box.join(","));
    void this.go(queryOf(this.#form));
  }

  /** Puts the view of the map into the address, and changes nothing else. */
  recordView(at: string): void {
    const query = new URLSearchParams(window.location.search);
    query.set("at", at);
    window.history.replaceState(null, "", `${window.location.pathname}?${query}`);
    this.#currentSearch = window.location.search;
  }

  #later(pause: number, run: () => void): void {
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(run, pause);
  }

  async #show(query: URLSearchParams, confirm = true, atOnce = false): Promise<void> {
    this.#currentSearch = window.location.search;
    this.#request?.abort();
    const request = (this.#request = new AbortController());
    const reset = this.#form.querySelector<HTMLElement>("a.reset");
    if (reset) reset.hidden = query.size === 0;
    markChosen(this.#form);
    if (hasReversedYears(query)) return this.#refuse(words.yearsTurned);
    const matches = await this.#find(query, request.signal);
    if (request.signal.aborted) return;
    const url = window.location.href;
    if (atOnce && !page.edition) {
      const loaded = await this.#load(url, request, true, false);
      if (request.signal.aborted) return;
      if (!loaded && matches) this.#paint(query, matches);
      return this.#drawing.update(query, matches);
    }
    const painted = matches && (confirm || page.edition) && this.#paint(query, matches);
    this.#drawing.update(query, matches);
    if (page.edition) return this.#finish(query, matches);
    if (!confirm) return;
    if (painted) this.#later(QUIET, () => void this.#load(url, request, true));
    else void this.#load(url, request, false);
  }

  /** Shows why a choice is not valid. The earlier result stays. */
  #refuse(reason: string): void {
    this.#request = undefined;
    this.#results.removeAttribute("aria-busy");
    notice(this.#results, reason);
  }

  async #find(query: URLSearchParams, signal: AbortSignal): Promise<Matches | undefined> {
    const columns = this.#columns;
    if (!columns) return undefined;
    const filters = `${query.get("q") ?? ""}\n${query.get("bbox") ?? ""}`;
    if (filters !== this.#allowed.filters) {
      try {
        this.#allowed = { filters, bits: await this.#fetchAllowed(query, signal) };
      } catch {
        return undefined; // The server's page shows what is wrong.
      }
    }
    const filter = filterOf(columns, listedQuery(query), this.#allowed.bits);
    return filter && findMatches(columns, filter, leavesOutCables(query));
  }

  /** Renders heading, counts and rows of the matches, and the key's shades. Returns whether there is a table for the rows. */
  #paint(query: URLSearchParams, matches: Matches): boolean {
    const columns = this.#columns;
    if (!columns) return false;
    showCounts(this.#form, columns, matches);
    const heading = this.#results.querySelector("h2");
    if (heading) heading.textContent = matches.systems ? words.systemsListed(matches.projects) : words.resultCount(matches.projects, matches.cables);
    relink(this.#results, query);
    paintShadeKey(query);
    const filled = fillTable(this.#results, columns, pageOf(columns, matches, query), this.#addresses);
    if (filled) this.#results.querySelector("nav.pager")?.remove();
    return filled;
  }

  /** In an edition, renders what `#paint` doesn't. Without matches, says that the choice is unknown. */
  #finish(query: URLSearchParams, matches: Matches | undefined): void {
    this.#request = undefined;
    if (!this.#columns) return;
    notice(this.#results, matches ? "" : words.choiceUnknown);
    if (!matches) return;
    renderOfflinePage(this.#form, this.#results, this.#columns, matches, query, this.#allowed.bits);
    this.#status.textContent = this.#results.querySelector("h2")?.textContent?.trim() ?? "";
  }

  /** Follows links to this page with other parameters: sorting, pages, years, removed filters. */
  #follow(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement | SVGAElement>("a") : null;
    if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (!link.closest(".explorer") || link.hasAttribute("download") || link.closest(".static-map")) return;
    const url = new URL(link.getAttribute("href") ?? "", document.baseURI);
    const { origin, pathname, search } = window.location;
    if (url.origin !== origin || url.pathname !== pathname || url.hash !== "") return;
    event.preventDefault();
    const at = new URLSearchParams(search).get("at");
    if (at) url.searchParams.set("at", at);
    if (url.search === search) return;
    fill(this.#form, url.searchParams);
    void this.go(url.searchParams);
    if (this.#results.contains(link) && this.#results.getBoundingClientRect().top < 0) this.#results.scrollIntoView();
  }

  /**
   * Replaces the results, counts and other live parts with those of the server's page, in which texts are escaped. Resolves
   * with whether the page arrived and was valid. `quiet`: don't mark the results as busy. `painted`: check that the server's
   * results equal those that the browser has painted.
   */
  async #load(url: string, request: AbortController, quiet: boolean, painted = quiet): Promise<boolean> {
    let loaded = false;
    if (!quiet) this.#results.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(url, { signal: request.signal, headers: { Accept: "text/html" } });
      if (response.status >= 400 && response.status < 500) notice(this.#results, words.pageRefused);
      else {
        const serverPage = new DOMParser().parseFromString(await response.text(), "text/html");
        const fresh = serverPage.getElementById("results");
        if (!response.ok || !fresh) throw new Error(`${url}: ${response.status}`);
        this.#swap(serverPage, fresh, painted);
        loaded = true;
        notice(this.#results, "");
      }
    } catch (error) {
      if (request.signal.aborted) return false;
      console.warn(error);
      notice(this.#results, words.pageFailed);
    }
    if (this.#request !== request) return loaded;
    this.#request = undefined;
    this.#results.removeAttribute("aria-busy");
    return loaded;
  }

  #swap(serverPage: Document, fresh: HTMLElement, painted: boolean): void {
    if (painted && rowsOf(fresh) !== rowsOf(this.#results)) console.error("the browser's result differs from the server's:", window.location.search);
    const focused = this.#results.contains(document.activeElement);
    takeCounts(this.#form, serverPage);
    this.#results.replaceChildren(...[...fresh.childNodes].map((node) => document.adoptNode(node)));
    for (const part of document.querySelectorAll<HTMLElement>("[data-live][id]")) {
      const other = serverPage.getElementById(part.id);
      if (other) part.replaceChildren(...[...other.childNodes].map((node) => document.adoptNode(node)));
    }
    this.#drawing.arrived(new URLSearchParams(window.location.search));
    document.title = serverPage.title || document.title;
    this.#status.textContent = this.#results.querySelector("h2")?.textContent?.trim() ?? "";
    if (!focused) return;
    this.#results.tabIndex = -1;
    this.#results.focus({ preventScroll: true });
  }
}

/** Returns the heading and rows as text, for comparison. */
function rowsOf(results: Element): string {
  const text = [results.querySelector("h2"), ...results.querySelectorAll("table.cards tbody tr")].map((part) => part?.textContent?.replace(/\s+/g, "") ?? "");
  return text.join("\n");
}
