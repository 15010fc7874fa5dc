// The facets of the form: their counts, the number of chosen values, and their menus. Only one menu is open at a time.
import { FACETS } from "../filter-names.ts";
import type { Columns } from "../project-columns.ts";
import type { Matches } from "./project-filter.ts";
import { words } from "../words.ts";

function countOf(input: HTMLInputElement): HTMLElement | null {
  return input.closest("label")?.querySelector(".facet-count") ?? null;
}

function setCount(input: HTMLInputElement, text: string, none: boolean): void {
  const count = countOf(input);
  if (count && count.textContent !== text) count.textContent = text;
  const line = input.closest("li");
  if (line) line.hidden = none && !input.checked;
}

/** Shows how many values of each facet are chosen, and opens “More filters” if a value in it is chosen. */
export function markChosen(form: HTMLFormElement): void {
  for (const menu of form.querySelectorAll(".facet-menu")) {
    const chosen = menu.querySelectorAll("input:checked").length;
    const badge = menu.querySelector(".facet-chosen");
    if (badge) badge.textContent = chosen > 0 ? String(chosen) : "";
    const more = menu.closest<HTMLDetailsElement>("details.facet-more");
    if (more && chosen > 0) more.open = true;
  }
}

/** Shows how many projects each value would match, and hides values that would match none unless they are chosen. */
export function showCounts(form: HTMLFormElement, columns: Columns, matches: Matches): void {
  for (const facet of FACETS) {
    const numbers = new Map(columns.values[facet].map((value, number) => [value, number]));
    for (const input of form.querySelectorAll<HTMLInputElement>(`input[type="checkbox"][name="${facet}"]`)) {
      const count = matches.counts[facet][numbers.get(input.value) ?? -1] ?? 0;
      setCount(input, words.number(count), count === 0);
    }
  }
}

/** Copies the counts from the server's page for the same filter, and adds the values that only that page has. */
export function takeCounts(form: HTMLFormElement, page: Document): void {
  for (const other of page.querySelectorAll<HTMLInputElement>('#filters .facet-choices input[type="checkbox"]')) {
    const mine = form.querySelector<HTMLInputElement>(`input[name="${CSS.escape(other.name)}"][value="${CSS.escape(other.value)}"]`);
    const line = other.closest("li");
    if (mine) setCount(mine, countOf(other)?.textContent ?? "", line?.hidden === true);
    else if (line) form.querySelector(`[data-facet="${CSS.escape(other.name)}"] .facet-choices`)?.append(document.adoptNode(line));
  }
  markChosen(form);
}

/** Lets only one menu be open at a time; Escape and a click outside close it. */
export function asMenus(form: HTMLFormElement): void {
  const menus = [...form.querySelectorAll<HTMLDetailsElement>("details.facet-menu")];
  for (const menu of menus) {
    menu.addEventListener("toggle", () => {
      if (menu.open) for (const other of menus) if (other !== menu) other.open = false;
    });
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary")?.focus();
    });
  }
  document.addEventListener("click", ({ target }) => {
    for (const menu of menus) if (menu.open && target instanceof Node && !menu.contains(target)) menu.open = false;
  });
}
