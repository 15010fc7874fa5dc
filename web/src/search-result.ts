// A result of the search, and how a name is shown with the matched part marked.
import { element } from "./dom.ts";

/** A name in pieces, every second of which matches what was typed. */
type Pieces = string[];

/** A result as `/api/v1/search` has it. */
export interface SearchResult {
  label: Pieces;
  lang: string | null;
  name: Pieces | null;
  what: string;
  address: string;
  fit: string;
}

/** Returns an element of a name with its matching pieces marked. */
export function marked(pieces: Pieces, lang?: string | null): HTMLElement {
  const name = element("bdi", {}, pieces.map((piece, at) => (at % 2 === 1 ? element("mark", { textContent: piece }) : piece)));
  if (lang) name.lang = lang;
  return name;
}
