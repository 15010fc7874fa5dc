// A search result, and how a name is shown with the matching part marked.
import { element } from "./dom.ts";

/** A name in pieces. Every second piece matches what was typed. */
type Pieces = string[];

/** A result in the format of `/api/v1/search`. */
export interface SearchResult {
  label: Pieces;
  lang: string | null;
  name: Pieces | null;
  what: string;
  address: string;
  fit: string;
}

/** Returns an element with a name whose matching pieces are marked. */
export function marked(pieces: Pieces, lang?: string | null): HTMLElement {
  const name = element("bdi", {}, pieces.map((piece, at) => (at % 2 === 1 ? element("mark", { textContent: piece }) : piece)));
  if (lang) name.lang = lang;
  return name;
}
