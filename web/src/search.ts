// The script of every page. Turns the search form in the header into an ARIA combobox that searches as you type. The key /
// focuses it. Without this script, or if the reader saves data, the plain form leads to a page of results. Also offers the
// page in another language.
import { savesData } from "./data-saving.ts";
import { element } from "./dom.ts";
import { page } from "./static-edition-interface.ts";
import { offerLanguage } from "./language-hint.ts";
import { marked, type SearchResult } from "./search-result.ts";
import { words } from "./words.ts";

/** Milliseconds after a keystroke before the search starts. */
const PAUSE = 80;
/** The maximum number of queries with cached results. */
const MAX_CACHED = 200;
const EDITABLE = "input, textarea, select, [contenteditable]";

function option(result: SearchResult, id: string): HTMLAnchorElement {
  const name = element("span", { className: "found-name" }, [marked(result.label, result.lang)]);
  if (result.name) name.append(" ", element("span", { className: "also-called" }, [marked(result.name)]));
  const link = element("a", { id, className: "found" }, [name, " ", element("span", { className: "found-what", textContent: result.what })]);
  link.href = result.address;
  link.tabIndex = -1; // the field keeps the focus
  link.setAttribute("role", "option");
  link.setAttribute("aria-selected", "false");
  return link;
}

/** Finds the best results for what was typed. */
type Find = (typed: string, signal: AbortSignal) => Promise<SearchResult[]>;

/** Returns a search that queries the server. */
function serverSearch(source: string): Find {
  return async (typed, signal) => {
    const address = new URL(source, window.location.href);
    address.searchParams.set("q", typed);
    const response = await fetch(address, { signal, headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(`${address.pathname}: ${response.status}`);
    return ((await response.json()) as { results: SearchResult[] }).results;
  };
}

class Search {
  readonly #input: HTMLInputElement;
  readonly #find: Find;
  readonly #list: HTMLElement;
  readonly #note: HTMLElement;
  readonly #panel: HTMLElement;
  readonly #status = element("div", { className: "visually-hidden" });
  readonly #cache = new Map<string, SearchResult[]>();
  #options: HTMLAnchorElement[] = [];
  #active = -1;
  /** The query whose results are listed. */
  #listed: string | undefined;
  #request: AbortController | undefined;
  #timer: number | undefined;

  constructor(form: HTMLFormElement, input: HTMLInputElement, find: Find) {
    this.#input = input;
    this.#find = find;
    this.#list = element("div", { id: `${input.id}-found` });
    this.#list.setAttribute("role", "listbox");
    this.#list.setAttribute("aria-label", words.matches);
    this.#note = element("p", { className: "found-note" });
    this.#panel = element("div", { className: "found-panel", hidden: true }, [this.#list, this.#note]);
    this.#status.setAttribute("role", "status");
    input.type = "text"; // ARIA in HTML doesn't allow the role combobox for a field of type search
    input.enterKeyHint = "search";
    input.autocomplete = "off";
    input.spellcheck = false;
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.#list.id };
    for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
    form.append(this.#panel, this.#status);
    input.addEventListener("input", (event) => event instanceof InputEvent && event.isComposing || this.#later());
    input.addEventListener("compositionend", () => this.#later());
    input.addEventListener("focus", () => this.#typed() !== "" && this.#later());
    input.addEventListener("keydown", (event) => this.#key(event));
    this.#panel.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    form.addEventListener("focusout", ({ relatedTarget }) => relatedTarget instanceof Node && form.contains(relatedTarget) || this.#close());
    form.addEventListener("submit", () => this.#close());
    window.addEventListener("pageshow", () => this.#close()); // the reader has come back from a result's page
  }

  focus(): void {
    this.#input.focus();
    this.#input.select();
  }

  #typed(): string {
    return this.#input.value.trim().replace(/\s+/g, " ");
  }

  #later(): void {
    window.clearTimeout(this.#timer);
    const typed = this.#typed();
    const cached = this.#cache.get(typed);
    if (typed === "") this.#close();
    else if (cached) this.#show(typed, cached);
    else this.#timer = window.setTimeout(() => void this.#ask(typed), PAUSE);
  }

  async #ask(typed: string): Promise<void> {
    this.#request?.abort();
    const request = (this.#request = new AbortController());
    try {
      const results = await this.#find(typed, request.signal);
      if (request.signal.aborted) return;
      if (this.#cache.size >= MAX_CACHED) this.#cache.clear();
      this.#cache.set(typed, results);
      if (this.#typed() === typed && document.activeElement === this.#input) this.#show(typed, results);
    } catch (error) {
      if (request.signal.aborted) return;
      console.warn(error); // the form works without it
      this.#close();
    }
  }

  #show(typed: string, results: SearchResult[]): void {
    if (typed === this.#listed && !this.#panel.hidden) return;
    this.#listed = typed;
    this.#options = results.map((result, at) => option(result, `${this.#list.id}-${at}`));
    this.#list.replaceChildren(...this.#options);
    this.#list.hidden = results.length === 0;
    const near = results.every(({ fit }) => fit === "slip") ? words.searchNear : "";
    this.#note.textContent = results.length > 0 ? near + words.searchKeys : words.searchNothing;
    this.#status.textContent = results.length > 0 ? near + words.searchFound(results.length) : words.searchNothing;
    this.#panel.hidden = false;
    this.#input.setAttribute("aria-expanded", String(results.length > 0));
    this.#choose(-1);
  }

  #close(): void {
    window.clearTimeout(this.#timer);
    this.#request?.abort();
    this.#panel.hidden = true;
    this.#status.textContent = "";
    this.#input.setAttribute("aria-expanded", "false");
    this.#choose(-1);
  }

  #choose(at: number): void {
    this.#options[this.#active]?.setAttribute("aria-selected", "false");
    this.#active = at;
    const chosen = this.#options[at];
    if (!chosen) return this.#input.removeAttribute("aria-activedescendant");
    chosen.setAttribute("aria-selected", "true");
    chosen.scrollIntoView({ block: "nearest" });
    this.#input.setAttribute("aria-activedescendant", chosen.id);
  }

  #key(event: KeyboardEvent): void {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const open = !this.#panel.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (event.altKey && event.key === "ArrowUp") this.#close();
      else if (!open) this.#later();
      else this.#step(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (open) this.#close();
      else if (this.#input.value !== "") this.#input.value = "";
      else this.#input.blur();
    } else if (event.key === "Enter" && open && this.#options[this.#active]) {
      event.preventDefault();
      this.#options[this.#active]?.click();
    }
  }

  /** Chooses the next option (`by` 1) or the previous one (−1); beyond either end, none. */
  #step(by: number): void {
    const places = this.#options.length + 1;
    this.#choose(((this.#active + 1 + by + places) % places) - 1);
  }
}

const searches: Search[] = [];
for (const form of document.querySelectorAll<HTMLFormElement>("form.site-search[data-source]")) {
  const input = form.querySelector<HTMLInputElement>("input[name=q]");
  const source = form.dataset["source"];
  if (input?.id && source && !savesData()) searches.push(new Search(form, input, page.edition?.search ?? serverSearch(source)));
}

document.addEventListener("keydown", (event) => {
  const typing = event.target instanceof Element && event.target.closest(EDITABLE) !== null;
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  event.preventDefault();
  searches[0]?.focus();
});

offerLanguage();
