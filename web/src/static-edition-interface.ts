// The interface that replaces the server on pages of a static edition; `page.edition` is undefined on a server's pages.
import type { Columns } from "./project-columns.ts";
import type { SearchResult } from "./search-result.ts";

interface Edition {
  /** Returns the data at an address, as the server would. */
  get(address: string): Promise<unknown>;
  /** Returns, for each project, 1 if it has these words in its names, organisations or places, otherwise 0. */
  matching(columns: Columns, words: string): Promise<Uint8Array>;
  /** Returns the best results for what was typed. */
  search(typed: string): Promise<SearchResult[]>;
}

export const page: { edition: Edition | undefined } = { edition: undefined };
