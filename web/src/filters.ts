// The filter form: with this script a change takes effect at once; without it the form works as it is.
import { element, notice } from "./dom.ts";
import { words } from "./words.ts";

type Update = (query: URLSearchParams) => void;

const TYPING_PAUSE = 400;

function queryOf(form: HTMLFormElement): URLSearchParams {
  const query = new URLSearchParams();
  for (const [key, value] of new FormData(form)) if (typeof value === "string" && value.trim() !== "") query.append(key, value.trim());
  return query;
}

/** Sets the form's fields to what an address says. */
function fill(form: HTMLFormElement, query: URLSearchParams): void {
  for (const field of form.elements) {
    if (field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio")) field.checked = query.getAll(field.name).includes(field.value);
    else if (field instanceof HTMLSelectElement && field.multiple) for (const option of field.options) option.selected = query.getAll(field.name).includes(option.value);
    else if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = query.get(field.name) ?? "";
  }
}

export class Filters {
  readonly #form: HTMLFormElement;
  readonly #results: HTMLElement;
  readonly #said = element("p", { className: "visually-hidden" });
  readonly #update: Update;
  #shown = window.location.search;
  #request: AbortController | undefined;
  #typing: number | undefined;

  constructor(form: HTMLFormElement, results: HTMLElement, update: Update) {
    this.#form = form;
    this.#results = results;
    this.#update = update;
    this.#said.setAttribute("role", "status");
    results.before(this.#said);
    results.removeAttribute("aria-live"); // the heading is said instead, not all the rows
    document.documentElement.dataset["filters"] = "live";
    form.addEventListener("change", () => form.reportValidity() && this.#go(queryOf(form)));
    form.addEventListener("input", ({ target }) => target instanceof HTMLInputElement && target.type === "search" && this.#later());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#go(queryOf(form));
    });
    form.addEventListener("click", (event) => {
      if (!(event.target instanceof Element) || !event.target.closest("a.reset")) return;
      event.preventDefault();
      fill(form, new URLSearchParams());
      this.#go(new URLSearchParams());
    });
    results.addEventListener("click", (event) => this.#follow(event));
    window.addEventListener("popstate", () => {
      if (window.location.search === this.#shown) return; // only the part after # changed
      const query = new URLSearchParams(window.location.search);
      fill(form, query);
      this.#show(query);
    });
  }

  #later(): void {
    window.clearTimeout(this.#typing);
    this.#typing = window.setTimeout(() => this.#go(queryOf(this.#form)), TYPING_PAUSE);
  }

  #go(query: URLSearchParams): void {
    window.clearTimeout(this.#typing);
    const search = query.size > 0 ? `?${query}` : "";
    if (search === this.#shown) return;
    window.history.pushState(null, "", `${window.location.pathname}${search}`);
    this.#show(query);
  }

  #show(query: URLSearchParams): void {
    this.#shown = window.location.search;
    this.#update(query);
    void this.#load(window.location.href);
  }

  /** Sorting and turning pages stay on this page too. */
  #follow(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const url = new URL(link.href);
    const here = window.location;
    if (url.origin !== here.origin || url.pathname !== here.pathname || url.search === here.search || link.target || link.hasAttribute("download")) return;
    event.preventDefault();
    window.history.pushState(null, "", url);
    fill(this.#form, url.searchParams);
    this.#show(url.searchParams);
    if (this.#results.getBoundingClientRect().top < 0) this.#results.scrollIntoView();
  }

  /** Takes the results of the same page from the server, which has escaped them. */
  async #load(url: string): Promise<void> {
    this.#request?.abort();
    const request = (this.#request = new AbortController());
    this.#results.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(url, { signal: request.signal, headers: { Accept: "text/html" } });
      if (response.status >= 400 && response.status < 500) return this.#refuse(request);
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const fresh = page.getElementById("results");
      if (!response.ok || !fresh) throw new Error(`${url}: ${response.status}`);
      this.#swap(page, fresh);
      notice(this.#results, "");
    } catch (error) {
      if (request.signal.aborted) return;
      console.warn(error);
      notice(this.#results, words.pageFailed);
    }
    if (this.#request === request) this.#results.removeAttribute("aria-busy");
  }

  #refuse(request: AbortController): void {
    notice(this.#results, words.pageRefused);
    if (this.#request === request) this.#results.removeAttribute("aria-busy");
  }

  #swap(page: Document, fresh: HTMLElement): void {
    const focused = this.#results.contains(document.activeElement);
    this.#results.replaceChildren(...[...fresh.childNodes].map((node) => document.adoptNode(node)));
    for (const part of document.querySelectorAll<HTMLElement>("[data-live][id]")) {
      const other = page.getElementById(part.id);
      if (other) part.replaceChildren(...[...other.childNodes].map((node) => document.adoptNode(node)));
    }
    document.title = page.title || document.title;
    this.#said.textContent = this.#results.querySelector("h2")?.textContent?.trim() ?? "";
    if (!focused) return;
    this.#results.tabIndex = -1;
    this.#results.focus({ preventScroll: true });
  }
}
