// The search without a server: what bears typed words in its names, in the server's order (src/overt/queries/search.py).
import type { Columns } from "../columns.ts";
import type { Found } from "../search.ts";
import { words as said } from "../words.ts";
import { allOf, anyOf, Dictionary, type Index } from "./dictionary.ts";
import { FIT, FIT_NAMES, fit, type Query, readAloud, readQuery, singular, spoken } from "./fit.ts";
import { held, root } from "./held.ts";
import { marked } from "./marks.ts";
import { nearWords } from "./near.ts";
import { FIRST, isAscii, joined, pairs, type Run, Text } from "./text.ts";

/** Type, id, name, its language, Chinese name, what it is and where it leads in English and in Chinese, names, projects by country. */
type Thing = [string, string, string, string | null, string | null, string, string, string, string, string[], Record<string, number>?];

interface Way {
  fit: number;
  line: string;
  query: Query;
  apart: number;
  near: string[];
  cited: boolean;
}

const FEW = 5;
const AT_LEAST = 24;
const MOST = 1000;
const SPACES = 3;
const PARTS = 6;
const chinese = document.documentElement.lang.startsWith("zh");

function several(query: Query): string[] {
  const letters = query.runs.filter(([, unspaced]) => !unspaced).map(([run]) => run);
  return letters.length > 1 && letters.length === query.runs.length ? letters : [];
}

class Finder {
  readonly #index: Index;
  readonly #dictionary: Dictionary;
  readonly text: Text;
  readonly #ways = new Map<number, Way>();
  #most = AT_LEAST;

  constructor(index: Index) {
    this.#index = index;
    this.#dictionary = new Dictionary(index);
    this.text = new Text(index);
  }

  /** Numbers of things with a word that begins so, or all its pairs of signs. */
  run([run, unspaced]: Run, before = ""): Promise<number[]> {
    const signs = [...run];
    if (!unspaced || signs.length < 2) return this.#dictionary.beginning(before + run);
    const [first = "", ...others] = [...new Set(pairs(run))];
    return Promise.all([before + first, ...others].map((pair) => this.#dictionary.of(pair))).then(allOf);
  }

  words(query: Query, before = ""): Promise<number[]> {
    return Promise.all(query.runs.map((run) => this.run(run, before))).then(allOf);
  }

  async thing(number: number): Promise<Thing | undefined> {
    const things = await held<Thing[]>(`search/things-${Math.floor((number - 1) / this.#index.chunk)}`);
    return things[(number - 1) % this.#index.chunk];
  }

  read = async (sign: string): Promise<string> => {
    const code = sign.codePointAt(0) ?? 0;
    const block = await held<Record<string, string>>(`search/read-${(code >> 8).toString(16)}`).catch(() => ({}) as Record<string, string>);
    return block[sign] ?? "";
  };

  async #compare(numbers: readonly number[], query: Query, whole = false, worst?: number): Promise<void> {
    const fresh = numbers.slice(0, this.#most).filter((number) => !this.#ways.has(number));
    const things = await Promise.all(fresh.map((number) => this.thing(number)));
    fresh.forEach((number, at) => {
      const thing = things[at];
      if (!thing) return;
      const best = fit(this.text, thing[9], query, whole) ?? (worst === undefined ? undefined : ([worst, thing[9][0] ?? ""] as [number, string]));
      if (best) this.#ways.set(number, { fit: best[0], line: best[1], query, apart: 0, near: [], cited: thing[0] === "document" });
    });
  }

  async #compareNear(numbers: readonly number[], query: Query, near: ReadonlyMap<string, number>): Promise<void> {
    for (const number of numbers.slice(0, this.#most).filter((one) => !this.#ways.has(one))) {
      const thing = await this.thing(number);
      let best: Way | undefined;
      for (const line of thing?.[9] ?? []) {
        const word = spoken(this.text, line, near.keys());
        const apart = word === undefined ? undefined : near.get(word);
        if (word !== undefined && apart !== undefined && (!best || apart < best.apart)) best = { fit: FIT.SLIP, line, query, apart, near: [word], cited: thing?.[0] === "document" };
      }
      if (best) this.#ways.set(number, best);
    }
  }

  async #together(query: Query): Promise<number[]> {
    const letters = several(query);
    if (letters.length === 0) return [];
    const syllables = joined(letters);
    const [last = ""] = syllables.slice(-1);
    const ways = [this.run([query.squeezed, false])];
    if (syllables.length > 1) ways.push(Promise.all([...syllables.slice(0, -1).map((pair) => this.#dictionary.of(pair)), this.run([last, false])]).then(allOf));
    return anyOf(await Promise.all(ways));
  }

  /** One word that is several written without spaces: the fewest words, the first ones long. */
  async #parted(query: Query): Promise<number[]> {
    const text = query.squeezed;
    if (query.runs.length > 1 || text.length < 4 || !isAscii(text)) return [];
    const known = new Set((await held<string>("search/words")).split(" "));
    const best: (string[] | undefined)[] = [[], ...Array.from({ length: text.length }, () => undefined)];
    for (let at = 0; at < text.length; at++) {
      const soFar = best[at];
      if (!soFar || soFar.length >= PARTS) continue;
      for (const begin of new Set([at, Math.max(0, at - 1)])) {
        for (let end = text.length - 1; end > at + 1; end--) {
          const way = best[end];
          if (known.has(text.slice(begin, end)) && (!way || way.length > soFar.length + 1)) best[end] = [...soFar, text.slice(begin, end)];
        }
      }
    }
    const ways = best.flatMap((soFar, at) => (soFar && soFar.length > 0 && at < text.length ? [at, at - 1].map((begin) => [...soFar, text.slice(begin)]) : []));
    ways.sort((a, b) => a.length - b.length || (b[0]?.length ?? 0) - (a[0]?.length ?? 0));
    const found = ways.slice(0, 4).map(async (way) => allOf(await Promise.all([...way.slice(0, -1).map((word) => this.#dictionary.of(word)), this.run([way.at(-1) ?? "", false])])));
    return anyOf(await Promise.all(found));
  }

  async #near(query: Query, wanted: number): Promise<void> {
    const vocabulary = (await held<string>("search/words")).split(" ");
    const known = new Set(vocabulary);
    const ways: Run[][] = [query.runs, ...(several(query).length > 0 ? [[[query.squeezed, false] as Run]] : [])];
    const meant = new Map(ways.flat().filter(([, unspaced]) => !unspaced).map(([run]) => [run, known.has(run) ? new Map<string, number>() : nearWords(run, vocabulary)]));
    const distances = [...new Set([...meant.values()].flatMap((far) => [...far.values()]))].sort((a, b) => a - b);
    for (const most of distances) {
      const allowed = (run: string): string[] => [...(meant.get(run) ?? [])].filter(([, far]) => far <= most).map(([word]) => word);
      const found = ways.map(async (way) => allOf(await Promise.all(way.map(async ([run, unspaced]) => anyOf([await this.run([run, unspaced]), ...(await Promise.all(allowed(run).map((word) => this.#dictionary.of(word))))])))));
      const every = [...meant.values()].flatMap((far) => [...far]).filter(([, far]) => far <= most).sort((a, b) => a[1] - b[1]);
      await this.#compareNear(anyOf(await Promise.all(found)), query, new Map(every));
      if (this.#ways.size >= wanted) return;
    }
  }

  async #further(query: Query, wanted: number): Promise<void> {
    const few = (): boolean => this.#ways.size < FEW;
    const letters = several(query);
    if (few() && letters.length > 2) {
      for (let at = 0; at < Math.min(letters.length - 1, SPACES); at++) {
        const way = [...letters.slice(0, at), (letters[at] ?? "") + (letters[at + 1] ?? ""), ...letters.slice(at + 2)];
        await this.#compare(allOf(await Promise.all(way.map((word) => this.run([word, false])))), query);
      }
    }
    if (few()) await this.#compare(await this.#parted(query), query);
    const aloud = await readAloud(this.text, query, this.read);
    for (const other of [singular(this.text, query), aloud]) {
      if (!other || !few()) continue;
      await this.#compare(await this.#dictionary.of(`=${other.squeezed}`), other, true);
      await this.#compare(await this.words(other), other);
    }
    for (const meant of [query, aloud]) if (meant && few()) await this.#near(meant, wanted);
  }

  /** The numbers of the best, each with how it was found; the best first. */
  async look(query: Query, wanted: number): Promise<[number, Way][]> {
    this.#most = query.thin ? MOST : Math.max(AT_LEAST, wanted);
    const [first = ["", false] as Run, ...others] = query.runs;
    const [whole, together, all] = await Promise.all([this.#dictionary.of(`=${query.squeezed}`), this.#together(query), this.words(query)]);
    await this.#compare(whole, query, true);
    if (!query.thin) await this.#compare(together, query);
    await this.#compare(all, query, false, query.thin ? undefined : FIT.SCATTERED);
    if (query.thin) return this.#best(wanted);
    if (all.length >= this.#most) await this.#compare(allOf(await Promise.all([this.run(first, FIRST), ...others.map((run) => this.run(run))])), query, false, FIT.SCATTERED);
    else await this.#further(query, wanted);
    return this.#best(wanted);
  }

  #best(wanted: number): [number, Way][] {
    const rank = ({ fit: held, cited }: Way): number => (cited ? Math.max(held, FIT.CONTAINS) : held);
    return [...this.#ways].sort(([one, a], [other, b]) => rank(a) - rank(b) || a.apart - b.apart || one - other).slice(0, wanted);
  }

  async wholeCountry(words: string): Promise<Thing | undefined> {
    const query = readQuery(this.text, words);
    if (!query) return undefined;
    for (const number of await this.#dictionary.of(`=${query.squeezed}`)) {
      const thing = await this.thing(number);
      if (thing?.[0] === "country" && fit(this.text, thing[9], query, true)?.[0] === FIT.WHOLE) return thing;
    }
    return undefined;
  }
}

const addressOf = (thing: Thing): string => root + (chinese ? thing[8] : thing[6]);

function onLabel(label: string, name: string[]): string[] | undefined {
  const whole = name.join("");
  if (whole === label) return name;
  const last = name.at(-1) ?? "";
  return last.endsWith("…") && label.startsWith(whole.slice(0, -1)) ? [...name.slice(0, -1), last.slice(0, -1) + label.slice(whole.length - 1)] : undefined;
}

function toFound(text: Text, thing: Thing, way: Way): Found {
  const [, id, name, lang, inChinese] = thing;
  const label = (chinese && inChinese) || name || id;
  const pieces = marked(text, way.line, way.query, way.near);
  const on = onLabel(label, pieces);
  return { label: on ?? [label], lang: chinese && inChinese ? "zh" : lang, name: on ? null : pieces, what: chinese ? thing[7] : thing[5], address: addressOf(thing), fit: FIT_NAMES[way.fit] ?? "" };
}

/** What an organisation, a kind or a layer has in a country, where the words name both. */
async function somewhere(typed: string): Promise<Found | undefined> {
  const words = typed.split(/\s+/u).filter(Boolean);
  if (words.length < 2 || words.length > 8) return undefined;
  for (let cut = 1; cut < words.length; cut++) {
    for (const [what, where] of [[words.slice(0, cut), words.slice(cut)], [words.slice(cut), words.slice(0, cut)]] as const) {
      const country = await (await finder()).wholeCountry(where.join(" "));
      if (!country) continue;
      const bare = what.length > 1 && ["in", "at", "在"].includes(what.at(-1)?.toLowerCase() ?? "") ? what.slice(0, -1) : what;
      const one = await finder();
      const query = readQuery(one.text, bare.join(" "));
      const [best] = query ? await one.look(query, 1) : [];
      const thing = best && (await one.thing(best[0]));
      if (!best || !thing || best[1].fit > FIT.CONTAINS) continue;
      const filter = { organization: "company", kind: "kind", layer: "layer" }[thing[0]];
      if (!filter) continue;
      const counted = thing[10]?.[country[1]] ?? 0;
      const home = `${root}${chinese ? "zh/" : ""}index.html?${new URLSearchParams([[filter, thing[1]], ["country", country[1]]])}`;
      const label = said.somewhere((chinese && thing[4]) || thing[2], (chinese && country[4]) || country[2]);
      return { label: [label], lang: null, name: null, what: counted > 0 ? said.projects(counted, false) : said.noProject, address: home, fit: "words" };
    }
  }
  return undefined;
}

async function finder(): Promise<Finder> {
  return new Finder(await held<Index>("search/index"));
}

/** The best of what bears what was typed in its names. */
export async function search(typed: string, wanted = 8): Promise<Found[]> {
  const one = await finder();
  const query = readQuery(one.text, typed);
  if (!query) return [];
  const pair = await somewhere(typed);
  const ways = await one.look(query, wanted);
  const found = await Promise.all(ways.map(async ([number, way]) => [await one.thing(number), way] as const));
  const all = found.flatMap(([thing, way]) => (thing ? [toFound(one.text, thing, way)] : []));
  return [...(pair ? [pair] : []), ...all].slice(0, wanted);
}

/** Which projects have these words in their names, organisations or places. */
export async function fitting(columns: Columns, words: string): Promise<Uint8Array> {
  const bits = new Uint8Array(columns.size);
  const one = await finder();
  const query = readQuery(one.text, words);
  for (const project of query ? await one.words(query, "~") : []) bits[project] = 1;
  return bits;
}
