// The script of every page of an edition: the search, the page of results, and the domain lookup.
import "./server-replacement.ts";
import "../search.ts";
import "./domain-lookup.ts";
import { element } from "../dom.ts";
import { marked, type SearchResult } from "../search-result.ts";
import { words } from "../words.ts";
import { search } from "./offline-search.ts";

/** The maximum number of results on the page. */
const MAX_RESULTS = 50;

function row({ label, lang, name, what, address }: SearchResult): HTMLTableRowElement {
  const link = element("a", {}, [marked(label, lang)]);
  link.href = address;
  const head = element("th", {}, [link, ...(name ? [" ", element("span", { className: "also-called" }, [marked(name)])] : [])]);
  head.scope = "row";
  return element("tr", {}, [head, element("td", { textContent: what })]);
}

async function showResults(main: HTMLElement, typed: string): Promise<void> {
  const results = await search(typed, MAX_RESULTS);
  const lead = main.querySelector("p.lead") ?? main.appendChild(element("p", { className: "lead" }));
  lead.textContent = results.length > 0 ? words.resultsOf(results.length, typed) : words.nothingOf(typed);
  if (results.length === 0) return;
  const heads = [words.name, words.what].map((text) => Object.assign(element("th", { textContent: text }), { scope: "col" }));
  const table = element("table", { className: "data" }, [element("thead", {}, [element("tr", {}, heads)]), element("tbody", {}, results.map(row))]);
  lead.after(element("div", { className: "table-wrap" }, [table]));
}

const field = document.querySelector<HTMLInputElement>("#search-again");
const typed = new URLSearchParams(window.location.search).get("q")?.trim();
const main = document.getElementById("main");
if (field && typed && main) {
  field.value = typed;
  document.title = `${typed} · Overt`;
  void showResults(main, typed);
}
