// The search index, stored in pages: which entries have a word, or a word that begins with a string.
import { loadFile } from "./data-file-loading.ts";
import type { LetterTables } from "./search-text.ts";

export interface Index extends LetterTables {
  release: string;
  /** The number of entries in a file. */
  chunk: number;
  /** The first key of each page. */
  pages: string[];
  /** Keys that list the entries for all keys with a prefix, such as `hu*`. */
  unions: string[];
}

/** Keys, sorted, each with the numbers of its entries as differences from the previous number. */
type Page = [key: string, steps: number[]][];

/** A character that sorts after all others. */
const LAST_CHARACTER = "\uffff";

function numbers(steps: readonly number[]): number[] {
  let at = 0;
  return steps.map((step) => (at += step));
}

/** Returns the union of sorted lists of numbers, sorted. */
export function union(lists: readonly (readonly number[])[]): number[] {
  if (lists.length === 1) return [...(lists[0] ?? [])];
  return [...new Set(lists.flat())].sort((a, b) => a - b);
}

/** Returns the intersection of sorted lists of numbers, sorted. */
export function intersection(lists: readonly (readonly number[])[]): number[] {
  const [shortest = [], ...longer] = [...lists].sort((a, b) => a.length - b.length);
  const sets = longer.map((list) => new Set(list));
  return shortest.filter((number) => sets.every((set) => set.has(number)));
}

export class Dictionary {
  readonly #index: Index;
  readonly #unions: Set<string>;

  constructor(index: Index) {
    this.#index = index;
    this.#unions = new Set(index.unions);
  }

  /** Returns the number of the last page whose first key is not greater than `key`; 0 if there is none. */
  #pageOf(key: string): number {
    let [low, high] = [0, this.#index.pages.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#index.pages[middle] ?? "") <= key) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #page(number: number): Promise<Page> {
    return loadFile<Page>(`search/page-${number}`);
  }

  /** Returns the numbers of the entries with a key. */
  async get(key: string): Promise<number[]> {
    const page = await this.#page(this.#pageOf(key));
    return numbers(page.find(([name]) => name === key)?.[1] ?? []);
  }

  /** Returns the numbers of the entries with any key that begins with a string. */
  async withPrefix(start: string): Promise<number[]> {
    if (this.#unions.has(`${start}*`)) return this.get(`${start}*`);
    const pages = [];
    for (let page = this.#pageOf(start), last = this.#pageOf(start + LAST_CHARACTER); page <= last; page++) pages.push(this.#page(page));
    const keys = (await Promise.all(pages)).flat().filter(([key]) => key.startsWith(start) && !key.endsWith("*"));
    return union(keys.map(([, steps]) => numbers(steps)));
  }
}
