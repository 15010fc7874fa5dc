// How well a name fits a query, by the rules of the server (src/overt/queries/name_search/name_fit.py).
import { isAscii, MAX_QUERY_LENGTH, MAX_WORD_LENGTH, MAX_WORDS, type Run, reading, runs, squeeze, type TextNormalizer, vowelled } from "./search-text.ts";

/** How a name fits a query, best first. Names that only sound like the query have SOUNDS_…; Python's `Fit` explains each. */
export const FIT = { WHOLE: 0, BEGINS: 1, SOUNDS_WHOLE: 2, CONTAINS: 3, WORDS: 4, SOUNDS_BEGIN: 5, SOUNDS_CONTAIN: 6, SOUNDS_WORDS: 7, SCATTERED: 8, SLIP: 9 } as const;
export const FIT_NAMES = ["whole", "begins", "sounds-whole", "contains", "words", "sounds-begin", "sounds-contain", "sounds-words", "scattered", "slip"];

export interface Query {
  /** The query as returned by `written`. */
  text: string;
  words: string[];
  /** The words without spaces. */
  compact: string;
  /** The words by sound, split where scripts with and without spaces meet. */
  runs: Run[];
  /** The words by sound, without spaces. */
  squeezed: string;
  /** Whether the query has letters other than ASCII. */
  foreign: boolean;
  /** Whether a word consists mostly of repeated letters, so that too little of it remains to search by sound. */
  thin: boolean;
}

export type Read = (sign: string) => Promise<string>;
type Best = [fit: number, line: string];

/** For each fit of a name that is spelled like the query, the fit of a name that only sounds like it. */
const ALIKE: Record<number, number> = { [FIT.WHOLE]: FIT.SOUNDS_WHOLE, [FIT.BEGINS]: FIT.SOUNDS_BEGIN, [FIT.CONTAINS]: FIT.SOUNDS_CONTAIN, [FIT.WORDS]: FIT.SOUNDS_WORDS };

/** Parses a query, cut to the maximum lengths of search-text.ts. Undefined if it contains no word. */
export function readQuery(text: TextNormalizer, typed: string): Query | undefined {
  const cut = [...typed].slice(0, MAX_QUERY_LENGTH).join("");
  const words = text.written(cut).split(" ").filter(Boolean).slice(0, MAX_WORDS);
  const heard = text.sound(cut).split(" ").filter(Boolean).slice(0, MAX_WORDS).join(" ");
  const queryRuns = runs(heard).slice(0, MAX_WORDS).map(([run, unspaced]): Run => [[...run].slice(0, MAX_WORD_LENGTH).join(""), unspaced]);
  if (queryRuns.length === 0) return undefined;
  const written = words.join(" ");
  return { text: written, words, compact: words.join(""), runs: queryRuns, squeezed: squeeze(heard), foreign: !isAscii(written), thin: words.some((word) => thin(text, word)) };
}

function thin(text: TextNormalizer, word: string): boolean {
  const heard = text.sound(word);
  const length = [...word].length;
  return /^[a-z]+$/.test(heard) && heard.length < length && (heard.length === 1 || 2 * heard.length < length);
}

/** Returns the query transliterated into Latin letters. Undefined if that changes nothing, or a word can't be transliterated. */
export async function readAloud(text: TextNormalizer, query: Query, read: Read): Promise<Query | undefined> {
  const heard = await Promise.all(query.runs.map(async ([run, unspaced]) => (unspaced ? (await reading(run, read)).join("") : vowelled(run, read))));
  const same = heard.every((word, at) => word === query.runs[at]?.[0]);
  return heard.every(Boolean) && !same ? readQuery(text, heard.join(" ")) : undefined;
}

function singularWord(word: string): string {
  if (word.length < 5 || !isAscii(word) || !word.endsWith("s") || /(?:ss|us|is)$/.test(word)) return word;
  return word.endsWith("ies") ? `${word.slice(0, -3)}y` : word.slice(0, -1);
}

/** Returns the query with English plurals in the singular. Undefined if it has none. */
export function singular(text: TextNormalizer, query: Query): Query | undefined {
  const words = query.words.map(singularWord);
  return words.join(" ") === query.words.join(" ") ? undefined : readQuery(text, words.join(" "));
}

/**
 * Returns the best fit among an entry's names, and the name. Undefined if none fits. `exact`: look for an equal name even if
 * another begins with the query.
 */
export function fit(text: TextNormalizer, lines: readonly string[], query: Query, exact: boolean): Best | undefined {
  let best: Best | undefined;
  for (const line of lines) {
    const fitOfLine = spelled(text, line, query);
    if (fitOfLine === undefined || (best && fitOfLine >= best[0])) continue;
    best = [fitOfLine, line];
    if (fitOfLine <= (exact ? FIT.WHOLE : FIT.BEGINS)) return best;
  }
  if (query.thin || (best && !(exact && best[0] > FIT.SOUNDS_WHOLE))) return best;
  for (const line of lines) {
    const fitOfLine = alike(text, line, query);
    if (fitOfLine !== undefined && (!best || fitOfLine < best[0])) best = [fitOfLine, line];
  }
  return best;
}

/** Returns the first of `words` that is the beginning of a word or syllable of a name. Undefined if there is none. */
export function spoken(text: TextNormalizer, line: string, words: Iterable<string>): string | undefined {
  const [name = "", heard] = line.split("\t");
  const spellings = [together(text.sound(name)), ...(heard ? [together(heard)] : [])];
  for (const word of words) if (spellings.some(([letters, begins]) => at(letters, begins, word))) return word;
  return undefined;
}

function spelled(text: TextNormalizer, line: string, query: Query): number | undefined {
  const [name = "", heard = ""] = line.split("\t");
  const written = text.written(name);
  const compact = written.replaceAll(" ", "");
  if (compact.startsWith(query.compact)) return compact.length === query.compact.length ? FIT.WHOLE : FIT.BEGINS;
  let best: number | undefined = has(written, query.text) ? FIT.CONTAINS : query.words.every((word) => has(written, word)) ? FIT.WORDS : undefined;
  for (const spelling of [heard, query.foreign ? text.sound(name) : ""]) {
    const bySound = spelling && !query.thin ? sounds(spelling, query, !query.foreign) : undefined;
    if (bySound !== undefined) best = best === undefined ? bySound : Math.min(best, bySound);
  }
  return best;
}

function alike(text: TextNormalizer, line: string, query: Query): number | undefined {
  const [name = "", heard = ""] = line.split("\t");
  const fits = [text.sound(name), heard].flatMap((spelling) => (spelling ? (sounds(spelling, query, false) ?? []) : []));
  return fits.length > 0 ? ALIKE[Math.min(...fits)] : undefined;
}

function sounds(spelling: string, query: Query, two: boolean): number | undefined {
  const [text, begins] = together(spelling);
  for (const start of begins) {
    if (!text.startsWith(query.squeezed, start)) continue;
    if (two && !begins.some((next) => start < next && next < start + query.squeezed.length)) continue;
    return start > 0 ? FIT.CONTAINS : text.length === query.squeezed.length ? FIT.WHOLE : FIT.BEGINS;
  }
  if (query.runs.length < 2 && !query.foreign) return undefined;
  return query.runs.every(([run, unspaced]) => at(text, begins, run) || (unspaced && text.includes(run))) ? FIT.WORDS : undefined;
}

function together(spelling: string): [string, number[]] {
  let text = "";
  const begins: number[] = [];
  for (const piece of spelling.split(" ").filter(Boolean)) {
    const first = piece[0] ?? "";
    const shared = /[a-z]/.test(first) && text.endsWith(first) ? 1 : 0;
    begins.push(text.length - shared);
    text += piece.slice(shared);
  }
  return [text.replaceAll("lv", "lu").replaceAll("nv", "nu"), begins];
}

function at(text: string, begins: readonly number[], word: string): boolean {
  return text.includes(word) && begins.some((start) => text.startsWith(word, start));
}

function has(text: string, word: string): boolean {
  return text.startsWith(word) || text.includes(` ${word}`) || (!isAscii(word) && text.includes(word) && runs(word).some(([, unspaced]) => unspaced));
}
