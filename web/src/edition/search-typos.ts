// Words with one or two typing errors, by the server's rules (src/overt/index/search_typos.py).

/** Minimum length of words that are corrected. */
const MIN_WORD_LENGTH = 4;
/** Minimum length of words that may have two errors. */
const TWO_SLIPS = 9;
/** The lengths of a word's keys, in letters. Only words that share a key are compared. */
const SIZES = [4, 6];
/** Length of the additional keys of words with at most five letters. */
const SHORT_SIZE = 3;
const MAX_WORDS = 12;

/** Returns the first `size` letters of a word, and its first `size` + 1 letters with each letter left out in turn. */
function keysOf(word: string, size: number): string[] {
  const head = word.slice(0, size + 1);
  const keys = head.length >= size ? [head.slice(0, size)] : [];
  if (head.length > size) for (let at = 0; at < size; at++) keys.push(head.slice(0, at) + head.slice(at + 1));
  return keys;
}

function keys(word: string): string[] {
  return [...(word.length <= MIN_WORD_LENGTH + 1 ? [SHORT_SIZE] : []), ...SIZES].flatMap((size) => keysOf(word, size));
}

/** Returns the edit distance of two words, with transpositions, or `most` + 1 if it is more than `most`. */
function distance(left: string, right: string, most: number): number {
  if (Math.abs(left.length - right.length) > most) return most + 1;
  let [before, last]: [number[], number[]] = [[], Array.from({ length: right.length + 1 }, (_, at) => at)];
  for (let row = 1; row <= left.length; row++) {
    const line = [row];
    for (let at = 1; at <= right.length; at++) {
      const same = left[row - 1] === right[at - 1];
      let least = Math.min((last[at] ?? 0) + 1, (line[at - 1] ?? 0) + 1, (last[at - 1] ?? 0) + (same ? 0 : 1));
      if (row > 1 && at > 1 && left[row - 1] === right[at - 2] && left[row - 2] === right[at - 1]) least = Math.min(least, (before[at - 2] ?? 0) + 1);
      line.push(least);
    }
    [before, last] = [last, line];
  }
  return Math.min(last[right.length] ?? 0, most + 1);
}

/**
 * Returns at most `MAX_WORDS` words that are similar to a typed word, each with its distance, closest first.
 *
 * A distance is twice the number of edits, plus one if only the beginning of the word is similar. One edit is allowed, or two
 * if the typed word has `TWO_SLIPS` letters or more. The typed word itself is left out. So are words that begin with it, if it
 * has more than `MIN_WORD_LENGTH` letters. Empty if the typed word is shorter than `MIN_WORD_LENGTH`, or not only a–z.
 */
export function nearWords(typed: string, words: readonly string[]): Map<string, number> {
  if (typed.length < MIN_WORD_LENGTH || !/^[a-z]+$/.test(typed)) return new Map();
  const size = Math.max(...[SHORT_SIZE, ...SIZES].filter((length) => length < typed.length));
  const typedKeys = new Set(keysOf(typed, size));
  const most = typed.length >= TWO_SLIPS ? 2 : 1;
  const heads = typed.length > MIN_WORD_LENGTH ? [-1, 0, 1] : [];
  const near: [string, number][] = [];
  for (const word of words) {
    if (!keys(word).some((key) => typedKeys.has(key))) continue;
    const prefixes = heads.map((more) => 2 * distance(typed, word.slice(0, typed.length + more), most) + 1);
    const least = Math.min(2 * distance(typed, word, most), ...prefixes);
    if (least > 1 && least <= 2 * most + (heads.length > 0 ? 1 : 0)) near.push([word, least]);
  }
  return new Map(near.sort((a, b) => a[1] - b[1]).slice(0, MAX_WORDS));
}
