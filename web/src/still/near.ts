// Words that are a slip of the fingers away, by the same rules as the server (src/overt/index/search_typos.py).

const SHORTEST = 4;
const TWO_SLIPS = 9;
const SIZES = [4, 6];
const SHORT_SIZE = 3;
const MOST = 12;

function keysOf(word: string, size: number): string[] {
  const head = word.slice(0, size + 1);
  const keys = head.length >= size ? [head.slice(0, size)] : [];
  if (head.length > size) for (let at = 0; at < size; at++) keys.push(head.slice(0, at) + head.slice(at + 1));
  return keys;
}

function keys(word: string): string[] {
  return [...(word.length <= SHORTEST + 1 ? [SHORT_SIZE] : []), ...SIZES].flatMap((size) => keysOf(word, size));
}

/** Slips between two words: letters more, less or another, and neighbours that changed places; more than `most` is `most` + 1. */
function slips(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let [before, last]: [number[], number[]] = [[], Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let row = 1; row <= one.length; row++) {
    const line = [row];
    for (let at = 1; at <= other.length; at++) {
      const same = one[row - 1] === other[at - 1];
      let least = Math.min((last[at] ?? 0) + 1, (line[at - 1] ?? 0) + 1, (last[at - 1] ?? 0) + (same ? 0 : 1));
      if (row > 1 && at > 1 && one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1]) least = Math.min(least, (before[at - 2] ?? 0) + 1);
      line.push(least);
    }
    [before, last] = [last, line];
  }
  return Math.min(last[other.length] ?? 0, most + 1);
}

/** Words near to a typed one with how far they are: twice the slips, and one more where it is only the beginning of the word. */
export function nearWords(typed: string, words: readonly string[]): Map<string, number> {
  if (typed.length < SHORTEST || !/^[a-z]+$/.test(typed)) return new Map();
  const size = Math.max(...[SHORT_SIZE, ...SIZES].filter((held) => held < typed.length));
  const asked = new Set(keysOf(typed, size));
  const most = typed.length >= TWO_SLIPS ? 2 : 1;
  const heads = typed.length > SHORTEST ? [-1, 0, 1] : [];
  const far: [string, number][] = [];
  for (const word of words) {
    if (!keys(word).some((key) => asked.has(key))) continue;
    const begun = heads.map((more) => 2 * slips(typed, word.slice(0, typed.length + more), most) + 1);
    const least = Math.min(2 * slips(typed, word, most), ...begun);
    if (least > 1 && least <= 2 * most + (heads.length > 0 ? 1 : 0)) far.push([word, least]);
  }
  return new Map(far.sort((a, b) => a[1] - b[1]).slice(0, MOST));
}
