// Marks the part of a name that matches a query, by the rules of the server (src/overt/queries/name_search/match_marks.py).
import type { Query } from "./search-query-and-fit.ts";
import { isAscii, runs, type TextNormalizer } from "./search-text.ts";

type Span = [start: number, end: number];

interface Spelling {
  text: string;
  /** For each letter of `text`, the index of its character in the name. */
  places: number[];
  /** The indexes in `text` at which an ASCII match can begin. */
  begins: Set<number>;
}

/** Splits a name into pieces. Every second piece matches the query. `near`: words similar to typed words. */
export function matchPieces(text: TextNormalizer, line: string, query: Query, near: readonly string[] = []): string[] {
  const [name = "", heard] = line.split("\t");
  const signs = [...name];
  const sounds = signs.map((sign) => text.sound(sign));
  const letters = spell(text, signs, signs.map((sign) => text.written(sign)), true);
  const heardAs = [spell(text, signs, sounds, false), ...(heard ? [spell(text, signs, readOf(text, name, sounds, heard), false)] : [])];
  const each = query.runs.map(([run]) => run);
  const tries: [Spelling, string[]][] = [[letters, [query.compact]], [letters, query.words], ...heardAs.flatMap((spelling): [Spelling, string[]][] => [[spelling, [query.squeezed]], [spelling, each]])];
  let partly: Span[] = [];
  for (const [spelling, words] of tries) {
    const spans = words.flatMap((word) => find(spelling, word));
    if (spans.length === words.length) return cut(signs, spans);
    if (partly.length === 0) partly = spans;
  }
  const slipped = heardAs.flatMap((spelling) => near.flatMap((word) => find(spelling, word))).slice(0, 1);
  return cut(signs, slipped.length > 0 ? slipped : partly);
}

function spell(text: TextNormalizer, signs: readonly string[], pieces: readonly string[], doubled: boolean): Spelling {
  let [letters, border] = ["", true];
  const places: number[] = [];
  const begins = new Set<number>();
  pieces.forEach((piece, at) => {
    const sign = signs[at] ?? "";
    if (piece === "") {
      border ||= text.written(`a${sign}a`).includes(" ");
      return;
    }
    const first = piece[0] ?? "";
    const shared = !doubled && letters.endsWith(first) && /[a-z]/.test(first) ? 1 : 0;
    if (border || !isAscii(sign)) begins.add(letters.length - shared);
    border = false;
    letters += piece.slice(shared);
    for (let letter = shared; letter < piece.length; letter++) places.push(at);
  });
  return { text: doubled ? letters : letters.replaceAll("lv", "lu").replaceAll("nv", "nu"), places, begins };
}

function readOf(text: TextNormalizer, name: string, sounds: readonly string[], heard: string): string[] {
  const syllables = heard.split(" ");
  const read: string[] = [];
  let next = 0;
  for (const [run, unspaced] of runs(text.sound(name))) {
    const readings = (unspaced ? [...run] : [" "]).map(() => syllables[next++] ?? "");
    if (unspaced) read.push(...readings);
  }
  let position = 0;
  return sounds.map((piece) => (runs(piece).some(([, unspaced]) => unspaced) ? (read[position++] ?? "") : piece));
}

function find({ text, places, begins }: Spelling, word: string): [Span] | [] {
  let at = text.indexOf(word);
  while (at >= 0 && !begins.has(at) && isAscii(word)) at = text.indexOf(word, at + 1);
  return at >= 0 && word !== "" ? [[places[at] ?? 0, (places[at + word.length - 1] ?? 0) + 1]] : [];
}

function cut(signs: readonly string[], spans: Span[]): string[] {
  const parts = [""];
  let done = 0;
  const piece = (start: number, end: number): string => signs.slice(start, end).join("");
  for (const [start, stop] of [...spans].sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    let end = stop;
    while (/\p{M}/u.test(signs[end] ?? "")) end++;
    if (start > done || parts.length === 1) {
      parts.push((parts.pop() ?? "") + piece(done, start), piece(start, end), "");
    } else if (end > done) parts[parts.length - 2] += piece(done, end);
    done = Math.max(done, end);
  }
  return [...parts.slice(0, -1), (parts.at(-1) ?? "") + piece(done, signs.length)];
}
