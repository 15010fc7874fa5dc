// Text made findable, by the same rules as the server (src/overt/index/search_text.py).

export interface Signs {
  /** How letters of alphabets are written as they sound. */
  heard: Record<string, string>;
  /** Traditional Chinese signs as simplified ones. */
  simple: Record<string, string>;
}

export type Run = readonly [text: string, unspaced: boolean];

export const LONGEST_QUERY = 200;
export const MOST_WORDS = 12;
export const LONGEST_WORD = 24;
export const FIRST = "\ue000";
const READ = "\\u3005\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}\\u3041-\\u30ff\\u31f0-\\u31ff\\u1100-\\u11ff\\uac00-\\ud7af";
const UNSPACED = `${READ}\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff`;
const RUNS = new RegExp(`[${UNSPACED}]+|[^${UNSPACED}]+`, "gu");
const IS_UNSPACED = new RegExp(`^[${UNSPACED}]`, "u");
const ALL_READ = new RegExp(`^[${READ}]+$`, "u");
const ARABIC = /^[\u0621-\u064a\u066e-\u06d3]+$/u;
const WORD = /[\p{L}\p{N}\p{M}]/u;

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

/** Small, and taken apart into letters and accents; as Python's casefold for what names are written in. */
function small(text: string): string {
  return text.normalize("NFKD").toLowerCase().replaceAll("ß", "ss").replaceAll("ς", "σ").normalize("NFKD");
}

/** How the text of names and queries is compared. */
export class Text {
  readonly #signs: Signs;

  constructor(signs: Signs) {
    this.#signs = signs;
  }

  #simplified(text: string): string {
    return isAscii(text) ? text : [...text].map((sign) => this.#signs.simple[sign] ?? sign).join("");
  }

  written(text: string): string {
    return this.#simplified(spaced([...small(text)].map(folded).join("")).normalize("NFC"));
  }

  sound(text: string): string {
    const heard = [...small(text)].map((sign) => this.#signs.heard[sign] ?? folded(sign)).join("");
    return spaced(settled(this.#simplified(heard.normalize("NFC"))));
  }
}

/** Words cut where scripts with and without spaces meet. */
export function runs(text: string): Run[] {
  return text.split(" ").filter(Boolean).flatMap((word) => [...word.matchAll(RUNS)].map(([run]): Run => [run, IS_UNSPACED.test(run)]));
}

export function pairs(run: string): string[] {
  const signs = [...run];
  return signs.length > 1 ? signs.slice(1).map((sign, at) => (signs[at] ?? "") + sign) : [run];
}

export function joined(syllables: readonly string[]): string[] {
  return syllables.length > 1 ? syllables.slice(1).map((syllable, at) => settled((syllables[at] ?? "") + syllable)) : [...syllables];
}

export function squeeze(text: string): string {
  return settled(text.replaceAll(" ", ""));
}

/** How signs of a text without spaces are read; nothing of scripts that are not read sign by sign. `read`: of the blocks of signs. */
export async function reading(signs: string, read: (sign: string) => Promise<string>): Promise<string[]> {
  return ALL_READ.test(signs) ? Promise.all([...signs].map(read)) : [];
}

/** A word in Arabic letters with the vowels that are written; any other as it is. */
export async function vowelled(word: string, read: (sign: string) => Promise<string>): Promise<string> {
  if (!ARABIC.test(word)) return word;
  let heard = "";
  for (const sign of word) {
    const afterConsonant = heard !== "" && !"aiu".includes(heard.at(-1) ?? "");
    heard += sign === "ا" ? "a" : sign === "و" && afterConsonant ? "u" : await read(sign);
  }
  return settled(heard);
}
