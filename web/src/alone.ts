// What a page does where no server is behind it; pages of a server leave it unset.
import type { Columns } from "./columns.ts";
import type { Found } from "./search.ts";

interface Alone {
  /** The data of an address, as the server would answer it. */
  get(address: string): Promise<unknown>;
  /** Which projects have words in their names, organisations or places. */
  fitting(columns: Columns, words: string): Promise<Uint8Array>;
  /** The best of what bears what was typed in its names. */
  search(typed: string): Promise<Found[]>;
}

export const page: { alone: Alone | undefined } = { alone: undefined };
