// The index of the search, page by page: which things bear a word, or a word that begins so.
import { held } from "./held.ts";
import type { Signs } from "./text.ts";

export interface Index extends Signs {
  release: string;
  /** Things in one file. */
  chunk: number;
  /** The first key of each page. */
  pages: string[];
  /** Beginnings of words that have a key of their own, as `hu*`. */
  unions: string[];
}

type Page = [key: string, steps: number[]][];

const AFTER_ALL = "\uffff";

function numbers(steps: readonly number[]): number[] {
  let at = 0;
  return steps.map((step) => (at += step));
}

/** Numbers of any of the lists, in order. */
export function anyOf(lists: readonly (readonly number[])[]): number[] {
  if (lists.length === 1) return [...(lists[0] ?? [])];
  return [...new Set(lists.flat())].sort((a, b) => a - b);
}

/** Numbers of all of the lists, in order. */
export function allOf(lists: readonly (readonly number[])[]): number[] {
  const [first = [], ...others] = [...lists].sort((a, b) => a.length - b.length);
  const sets = others.map((list) => new Set(list));
  return first.filter((number) => sets.every((set) => set.has(number)));
}

export class Dictionary {
  readonly #index: Index;
  readonly #unions: Set<string>;

  constructor(index: Index) {
    this.#index = index;
    this.#unions = new Set(index.unions);
  }

  /** The last page whose first key is not behind this one. */
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
    return held<Page>(`search/page-${number}`);
  }

  async of(key: string): Promise<number[]> {
    const page = await this.#page(this.#pageOf(key));
    return numbers(page.find(([name]) => name === key)?.[1] ?? []);
  }

  /** Of all keys that begin so; those with a `*` are only beginnings themselves. */
  async beginning(start: string): Promise<number[]> {
    if (this.#unions.has(`${start}*`)) return this.of(`${start}*`);
    const pages = [];
    for (let page = this.#pageOf(start), last = this.#pageOf(start + AFTER_ALL); page <= last; page++) pages.push(this.#page(page));
    const found = (await Promise.all(pages)).flat().filter(([key]) => key.startsWith(start) && !key.endsWith("*"));
    return anyOf(found.map(([, steps]) => numbers(steps)));
  }
}
