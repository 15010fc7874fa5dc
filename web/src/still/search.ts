// The script of every page of an edition: the search, and the page of what it finds.
import "./setup.ts";
import "../search.ts";
import "./lookup.ts";
import { element } from "../dom.ts";
import { type Found, marked } from "../search.ts";
import { words } from "../words.ts";
import { search } from "./find.ts";

const MOST = 50;

function row({ label, lang, name, what, address }: Found): HTMLTableRowElement {
  const link = element("a", {}, [marked(label, lang)]);
  link.href = address;
  const head = element("th", {}, [link, ...(name ? [" ", element("span", { className: "also-called" }, [marked(name)])] : [])]);
  head.scope = "row";
  return element("tr", {}, [head, element("td", { textContent: what })]);
}

async function results(main: HTMLElement, typed: string): Promise<void> {
  const found = await search(typed, MOST);
  const lead = main.querySelector("p.lead") ?? main.appendChild(element("p", { className: "lead" }));
  lead.textContent = found.length > 0 ? words.resultsOf(found.length, typed) : words.nothingOf(typed);
  if (found.length === 0) return;
  const heads = [words.name, words.what].map((text) => Object.assign(element("th", { textContent: text }), { scope: "col" }));
  const table = element("table", { className: "data" }, [element("thead", {}, [element("tr", {}, heads)]), element("tbody", {}, found.map(row))]);
  lead.after(element("div", { className: "table-wrap" }, [table]));
}

const field = document.querySelector<HTMLInputElement>("#search-again");
const typed = new URLSearchParams(window.location.search).get("q")?.trim();
const main = document.getElementById("main");
if (field && typed && main) {
  field.value = typed;
  document.title = `${typed} · Overt`;
  void results(main, typed);
}
