// The search without a server, with the same results in the same order as the server's (src/overt/queries/name_search/name_lookup.py).
import { loadFile, root } from "./data-file-loading.ts";
import type { Columns } from "../project-columns.ts";
import { Dictionary, type Index, intersection, union } from "./search-dictionary.ts";
import { FIT, FIT_NAMES, fit, type Query, readAloud, readQuery, singular, spoken } from "./search-query-and-fit.ts";
import { matchPieces } from "./search-marks.ts";
import type { SearchResult } from "../search-result.ts";
import { FIRST, isAscii, joined, pairs, type Run, TextNormalizer } from "./search-text.ts";
import { nearWords } from "./search-typos.ts";
import { words as texts } from "../words.ts";

/**
 * An entry's type, id, name, language of the name and Chinese name; its description and address in English, then in Chinese;
 * all its names; and its number of projects by country.
 */
type Entry = [string, string, string, string | null, string | null, string, string, string, string, string[], Record<string, number>?];

/** How an entry matches a query. */
interface Match {
  fit: number;
  /** The name that matches best. */
  line: string;
  /** The query, or a variant of it, that the name matches. */
  query: Query;
  /** How far a similar word is from the typed one (`nearWords`); 0 if none was needed. */
  distance: number;
  /** The similar word of the name, if one was needed. */
  near: string[];
  /** Whether the entry is a document. It then ranks no higher than names that only contain the query. */
  cited: boolean;
}

/** With fewer matches than this, other spaces, spellings and typing errors are also tried. */
const FEW = 5;
/** How many entries of each list to compare with a query, at least. More are compared for more results or a `thin` query. */
const AT_LEAST = 24;
const MAX_RESULTS = 1000;
/** How many of a query's spaces are left out, one at a time, from the first on. */
const SPACES = 3;
/** Maximum number of known words before the last part of a query that is split. */
const PARTS = 6;
const chinese = document.documentElement.lang.startsWith("zh");

/** Returns the words of a query if there are several and none is in a script without spaces; empty for any other query. */
function letterWords(query: Query): string[] {
  const letters = query.runs.filter(([, unspaced]) => !unspaced).map(([run]) => run);
  return letters.length > 1 && letters.length === query.runs.length ? letters : [];
}

class Finder {
  readonly #index: Index;
  readonly #dictionary: Dictionary;
  readonly text: TextNormalizer;
  readonly #matches = new Map<number, Match>();
  #most = AT_LEAST;

  constructor(index: Index) {
    this.#index = index;
    this.#dictionary = new Dictionary(index);
    this.text = new TextNormalizer(index);
  }

  /**
   * Returns the entries in which a word begins with a run. For several characters of a script without spaces, returns the
   * entries that have all of the run's pairs of adjacent characters. `before`: a prefix of the first key, such as `FIRST`.
   */
  run([run, unspaced]: Run, before = ""): Promise<number[]> {
    const signs = [...run];
    if (!unspaced || signs.length < 2) return this.#dictionary.withPrefix(before + run);
    const [first = "", ...rest] = [...new Set(pairs(run))];
    return Promise.all([before + first, ...rest].map((pair) => this.#dictionary.get(pair))).then(intersection);
  }

  /** Returns the entries that `run` returns for every run of a query. */
  words(query: Query, before = ""): Promise<number[]> {
    return Promise.all(query.runs.map((run) => this.run(run, before))).then(intersection);
  }

  async entry(number: number): Promise<Entry | undefined> {
    const entries = await loadFile<Entry[]>(`search/things-${Math.floor((number - 1) / this.#index.chunk)}`);
    return entries[(number - 1) % this.#index.chunk];
  }

  read = async (sign: string): Promise<string> => {
    const code = sign.codePointAt(0) ?? 0;
    const block = await loadFile<Record<string, string>>(`search/read-${(code >> 8).toString(16)}`).catch(() => ({}) as Record<string, string>);
    return block[sign] ?? "";
  };

  async #compare(numbers: readonly number[], query: Query, exact = false, worst?: number): Promise<void> {
    const fresh = numbers.slice(0, this.#most).filter((number) => !this.#matches.has(number));
    const entries = await Promise.all(fresh.map((number) => this.entry(number)));
    fresh.forEach((number, at) => {
      const entry = entries[at];
      if (!entry) return;
      const best = fit(this.text, entry[9], query, exact) ?? (worst === undefined ? undefined : ([worst, entry[9][0] ?? ""] as [number, string]));
      if (best) this.#matches.set(number, { fit: best[0], line: best[1], query, distance: 0, near: [], cited: entry[0] === "document" });
    });
  }

  async #compareNear(numbers: readonly number[], query: Query, near: ReadonlyMap<string, number>): Promise<void> {
    for (const number of numbers.slice(0, this.#most).filter((candidate) => !this.#matches.has(candidate))) {
      const entry = await this.entry(number);
      let best: Match | undefined;
      for (const line of entry?.[9] ?? []) {
        const word = spoken(this.text, line, near.keys());
        const distance = word === undefined ? undefined : near.get(word);
        if (word !== undefined && distance !== undefined && (!best || distance < best.distance)) best = { fit: FIT.SLIP, line, query, distance, near: [word], cited: entry?.[0] === "document" };
      }
      if (best) this.#matches.set(number, best);
    }
  }

  /** Returns the entries that match the words of a query as one word, or as syllables. */
  async #joined(query: Query): Promise<number[]> {
    const letters = letterWords(query);
    if (letters.length === 0) return [];
    const syllables = joined(letters);
    const [last = ""] = syllables.slice(-1);
    const searches = [this.run([query.squeezed, false])];
    if (syllables.length > 1) searches.push(Promise.all([...syllables.slice(0, -1).map((pair) => this.#dictionary.get(pair)), this.run([last, false])]).then(intersection));
    return union(await Promise.all(searches));
  }

  /**
   * Splits a query of one ASCII word with at least four letters, preferably into few words with a long first one. Returns the
   * entries that match. Returns none for other queries.
   */
  async #split(query: Query): Promise<number[]> {
    const text = query.squeezed;
    if (query.runs.length > 1 || text.length < 4 || !isAscii(text)) return [];
    const known = new Set((await loadFile<string>("search/words")).split(" "));
    const best: (string[] | undefined)[] = [[], ...Array.from({ length: text.length }, () => undefined)];
    for (let at = 0; at < text.length; at++) {
      const soFar = best[at];
      if (!soFar || soFar.length >= PARTS) continue;
      for (const begin of new Set([at, Math.max(0, at - 1)])) {
        for (let end = text.length - 1; end > at + 1; end--) {
          const split = best[end];
          if (known.has(text.slice(begin, end)) && (!split || split.length > soFar.length + 1)) best[end] = [...soFar, text.slice(begin, end)];
        }
      }
    }
    const splits = best.flatMap((soFar, at) => (soFar && soFar.length > 0 && at < text.length ? [at, at - 1].map((begin) => [...soFar, text.slice(begin)]) : []));
    splits.sort((a, b) => a.length - b.length || (b[0]?.length ?? 0) - (a[0]?.length ?? 0));
    const numbers = splits.slice(0, 4).map(async (split) => intersection(await Promise.all([...split.slice(0, -1).map((word) => this.#dictionary.get(word)), this.run([split.at(-1) ?? "", false])])));
    return union(await Promise.all(numbers));
  }

  /** Adds entries with words similar to a query's, the most similar first, until there are `limit` matches. */
  async #addNear(query: Query, limit: number): Promise<void> {
    const vocabulary = (await loadFile<string>("search/words")).split(" ");
    const known = new Set(vocabulary);
    const alternatives: Run[][] = [query.runs, ...(letterWords(query).length > 0 ? [[[query.squeezed, false] as Run]] : [])];
    const nearByRun = new Map(alternatives.flat().filter(([, unspaced]) => !unspaced).map(([run]) => [run, known.has(run) ? new Map<string, number>() : nearWords(run, vocabulary)]));
    const distances = [...new Set([...nearByRun.values()].flatMap((near) => [...near.values()]))].sort((a, b) => a - b);
    for (const most of distances) {
      const allowed = (run: string): string[] => [...(nearByRun.get(run) ?? [])].filter(([, distance]) => distance <= most).map(([word]) => word);
      const numbers = alternatives.map(async (runs) => intersection(await Promise.all(runs.map(async ([run, unspaced]) => union([await this.run([run, unspaced]), ...(await Promise.all(allowed(run).map((word) => this.#dictionary.get(word))))])))));
      const every = [...nearByRun.values()].flatMap((near) => [...near]).filter(([, distance]) => distance <= most).sort((a, b) => a[1] - b[1]);
      await this.#compareNear(union(await Promise.all(numbers)), query, new Map(every));
      if (this.#matches.size >= limit) return;
    }
  }

  /** While there are few matches, adds entries that match with different spacing, with another spelling, or despite a typing error. */
  async #addFurther(query: Query, limit: number): Promise<void> {
    const few = (): boolean => this.#matches.size < FEW;
    const letters = letterWords(query);
    if (few() && letters.length > 2) {
      for (let at = 0; at < Math.min(letters.length - 1, SPACES); at++) {
        const joinedWords = [...letters.slice(0, at), (letters[at] ?? "") + (letters[at + 1] ?? ""), ...letters.slice(at + 2)];
        await this.#compare(intersection(await Promise.all(joinedWords.map((word) => this.run([word, false])))), query);
      }
    }
    if (few()) await this.#compare(await this.#split(query), query);
    const aloud = await readAloud(this.text, query, this.read);
    for (const variant of [singular(this.text, query), aloud]) {
      if (!variant || !few()) continue;
      await this.#compare(await this.#dictionary.get(`=${variant.squeezed}`), variant, true);
      await this.#compare(await this.words(variant), variant);
    }
    for (const variant of [query, aloud]) if (variant && few()) await this.#addNear(variant, limit);
  }

  /** Returns the numbers and matches of the best entries, at most `limit`, best first. */
  async find(query: Query, limit: number): Promise<[number, Match][]> {
    this.#most = query.thin ? MAX_RESULTS : Math.max(AT_LEAST, limit);
    const [first = ["", false] as Run, ...rest] = query.runs;
    const [equal, together, all] = await Promise.all([this.#dictionary.get(`=${query.squeezed}`), this.#joined(query), this.words(query)]);
    await this.#compare(equal, query, true);
    if (!query.thin) await this.#compare(together, query);
    await this.#compare(all, query, false, query.thin ? undefined : FIT.SCATTERED);
    if (query.thin) return this.#best(limit);
    if (all.length >= this.#most) await this.#compare(intersection(await Promise.all([this.run(first, FIRST), ...rest.map((run) => this.run(run))])), query, false, FIT.SCATTERED);
    else await this.#addFurther(query, limit);
    return this.#best(limit);
  }

  #best(limit: number): [number, Match][] {
    const rank = ({ fit: value, cited }: Match): number => (cited ? Math.max(value, FIT.CONTAINS) : value);
    return [...this.#matches].sort(([left, a], [right, b]) => rank(a) - rank(b) || a.distance - b.distance || left - right).slice(0, limit);
  }

  /** Returns the country with exactly this name. Undefined if there is none. */
  async country(words: string): Promise<Entry | undefined> {
    const query = readQuery(this.text, words);
    if (!query) return undefined;
    for (const number of await this.#dictionary.get(`=${query.squeezed}`)) {
      const entry = await this.entry(number);
      if (entry?.[0] === "country" && fit(this.text, entry[9], query, true)?.[0] === FIT.WHOLE) return entry;
    }
    return undefined;
  }
}

const addressOf = (entry: Entry): string => root + (chinese ? entry[8] : entry[6]);

/** Returns the label, split like a name in pieces. Undefined if the name is neither the label nor its beginning with “…”. */
function labelPieces(label: string, name: string[]): string[] | undefined {
  const text = name.join("");
  if (text === label) return name;
  const last = name.at(-1) ?? "";
  return last.endsWith("…") && label.startsWith(text.slice(0, -1)) ? [...name.slice(0, -1), last.slice(0, -1) + label.slice(text.length - 1)] : undefined;
}

function toResult(text: TextNormalizer, entry: Entry, match: Match): SearchResult {
  const [, id, name, lang, inChinese] = entry;
  const label = (chinese && inChinese) || name || id;
  const pieces = matchPieces(text, match.line, match.query, match.near);
  const marked = labelPieces(label, pieces);
  return { label: marked ?? [label], lang: chinese && inChinese ? "zh" : lang, name: marked ? null : pieces, what: chinese ? entry[7] : entry[5], address: addressOf(entry), fit: FIT_NAMES[match.fit] ?? "" };
}

/** Types of entries that lead to a section of a country's page (src/overt/queries/name_search/subject_in_country.py). */
const SECTIONS: Record<string, string> = { topic: "agreements", "programme-kind": "programmes", "restriction-kind": "restrictions" };

/** Returns a result for a subject, such as an organisation, in a country; undefined unless two to eight words name both. */
async function subjectInCountry(typed: string): Promise<SearchResult | undefined> {
  const words = typed.split(/\s+/u).filter(Boolean);
  if (words.length < 2 || words.length > 8) return undefined;
  for (let cut = 1; cut < words.length; cut++) {
    for (const [what, where] of [[words.slice(0, cut), words.slice(cut)], [words.slice(cut), words.slice(0, cut)]] as const) {
      const country = await (await createFinder()).country(where.join(" "));
      if (!country) continue;
      const bare = what.length > 1 && ["in", "at", "在"].includes(what.at(-1)?.toLowerCase() ?? "") ? what.slice(0, -1) : what;
      const finder = await createFinder();
      const query = readQuery(finder.text, bare.join(" "));
      const [best] = query ? await finder.find(query, 1) : [];
      const entry = best && (await finder.entry(best[0]));
      if (!best || !entry || best[1].fit > FIT.CONTAINS) continue;
      const filter = { organization: "company", kind: "kind", layer: "layer" }[entry[0]];
      const section = SECTIONS[entry[0]];
      const label = texts.organizationIn((chinese && entry[4]) || entry[2], (chinese && country[4]) || country[2]);
      if (section) return { label: [label], lang: null, name: null, what: texts.section, address: `${addressOf(country).replace(/index\.html$/, "")}${section}/index.html`, fit: "words" };
      if (!filter) continue;
      const counted = entry[10]?.[country[1]] ?? 0;
      const explorer = `${root}${chinese ? "zh/" : ""}explorer/index.html?${new URLSearchParams([[filter, entry[1]], ["country", country[1]]])}`;
      return { label: [label], lang: null, name: null, what: counted > 0 ? texts.projects(counted, false) : texts.noProject, address: explorer, fit: "words" };
    }
  }
  return undefined;
}

async function createFinder(): Promise<Finder> {
  return new Finder(await loadFile<Index>("search/index"));
}

/** Returns at most `limit` results, best first. The first is the page about a subject in a country if the words name both. */
export async function search(typed: string, limit = 8): Promise<SearchResult[]> {
  const finder = await createFinder();
  const query = readQuery(finder.text, typed);
  if (!query) return [];
  const inCountry = await subjectInCountry(typed);
  const matches = await finder.find(query, limit);
  const entries = await Promise.all(matches.map(async ([number, match]) => [await finder.entry(number), match] as const));
  const results = entries.flatMap(([entry, match]) => (entry ? [toResult(finder.text, entry, match)] : []));
  return [...(inCountry ? [inCountry] : []), ...results].slice(0, limit);
}

/** Returns, for each project, 1 if it has these words in its names, organisations or places, otherwise 0. */
export async function matching(columns: Columns, words: string): Promise<Uint8Array> {
  const bits = new Uint8Array(columns.size);
  const finder = await createFinder();
  const query = readQuery(finder.text, words);
  for (const project of query ? await finder.words(query, "~") : []) bits[project] = 1;
  return bits;
}
