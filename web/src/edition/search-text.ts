// Searchable text, by the server's rules (src/overt/index/search_text.py).

export interface LetterTables {
  /** Transliterations of letters. */
  heard: Record<string, string>;
  /** Simplified forms of traditional Chinese characters. */
  simple: Record<string, string>;
}

/** A word or a part of one, and whether its script has no spaces between words. */
export type Run = readonly [text: string, unspaced: boolean];

export const MAX_QUERY_LENGTH = 200;
export const MAX_WORDS = 12;
export const MAX_WORD_LENGTH = 24;
/** Marks the first word of a name in the index. */
export const FIRST = "\ue000";
/** Scripts in which each character has a reading. */
const READ = "\\u3005\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}\\u3041-\\u30ff\\u31f0-\\u31ff\\u1100-\\u11ff\\uac00-\\ud7af";
const UNSPACED = `${READ}\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff`;
const RUNS = new RegExp(`[${UNSPACED}]+|[^${UNSPACED}]+`, "gu");
const IS_UNSPACED = new RegExp(`^[${UNSPACED}]`, "u");
const ALL_READ = new RegExp(`^[${READ}]+$`, "u");
const ARABIC = /^[\u0621-\u064a\u066e-\u06d3]+$/u;
const WORD = /[\p{L}\p{N}\p{M}]/u;

/** Merges doubled letters, and the spellings of ü: “lv” becomes “lu”, “nv” becomes “nu”. */
export function settled(text: string): string {
  return text.replace(/([a-z])\1+/g, "$1").replaceAll("lv", "lu").replaceAll("nv", "nu");
}

export function isAscii(text: string): boolean {
  return /^[\x00-\x7f]*$/.test(text);
}

function folded(sign: string): string {
  const code = sign.codePointAt(0) ?? 0;
  if ((code < 0x370 && /\p{M}/u.test(sign)) || "'’ʼ".includes(sign) || /\p{Cf}/u.test(sign)) return "";
  return WORD.test(sign) ? sign : " ";
}

function spaced(text: string): string {
  return text.split(/\s+/u).filter(Boolean).join(" ");
}

/** Decomposes and lowercases a string, like Python's casefold for the scripts of names. */
function casefold(text: string): string {
  return text.normalize("NFKD").toLowerCase().replaceAll("ß", "ss").replaceAll("ς", "σ").normalize("NFKD");
}

/** Normalizes the text of names and queries for comparison. */
export class TextNormalizer {
  readonly #tables: LetterTables;

  constructor(tables: LetterTables) {
    this.#tables = tables;
  }

  #simplified(text: string): string {
    return isAscii(text) ? text : [...text].map((sign) => this.#tables.simple[sign] ?? sign).join("");
  }

  /** Returns a string in its written form: folded, simplified and composed. */
  written(text: string): string {
    return this.#simplified(spaced([...casefold(text)].map(folded).join("")).normalize("NFC"));
  }

  /** Returns a string as it sounds: folded, transliterated, simplified and composed, with doubled letters merged. */
  sound(text: string): string {
    const heard = [...casefold(text)].map((sign) => this.#tables.heard[sign] ?? folded(sign)).join("");
    return spaced(settled(this.#simplified(heard.normalize("NFC"))));
  }
}

/** Splits words where scripts with and without spaces meet. */
export function runs(text: string): Run[] {
  return text.split(" ").filter(Boolean).flatMap((word) => [...word.matchAll(RUNS)].map(([run]): Run => [run, IS_UNSPACED.test(run)]));
}

/** Returns the pairs of adjacent characters; a single character stays as it is. */
export function pairs(run: string): string[] {
  const signs = [...run];
  return signs.length > 1 ? signs.slice(1).map((sign, at) => (signs[at] ?? "") + sign) : [run];
}

/** Returns the pairs of adjacent syllables; a single syllable stays as it is. */
export function joined(syllables: readonly string[]): string[] {
  return syllables.length > 1 ? syllables.slice(1).map((syllable, at) => settled((syllables[at] ?? "") + syllable)) : [...syllables];
}

/** Removes spaces, then applies `settled`, because the letters on both sides of a space can be equal. */
export function squeeze(text: string): string {
  return settled(text.replaceAll(" ", ""));
}

/** Returns the readings of characters; empty for scripts without a reading for each. `read` returns a character's reading. */
export async function reading(signs: string, read: (sign: string) => Promise<string>): Promise<string[]> {
  return ALL_READ.test(signs) ? Promise.all([...signs].map(read)) : [];
}

/** Transliterates a word in Arabic letters with its written vowels. Any other word stays unchanged. */
export async function vowelled(word: string, read: (sign: string) => Promise<string>): Promise<string> {
  if (!ARABIC.test(word)) return word;
  let heard = "";
  for (const sign of word) {
    const afterConsonant = heard !== "" && !"aiu".includes(heard.at(-1) ?? "");
    heard += sign === "ا" ? "a" : sign === "و" && afterConsonant ? "u" : await read(sign);
  }
  return settled(heard);
}
