// The interface that the texts of the explorer, its map and the search have in every language, and a helper for such texts.
import type { Layer } from "../project-layers.ts";

export interface Words {
  layers: Record<Layer, string>;
  precision: Record<string, string>;
  /** Projects in a country, with or without submarine cables. */
  projects: (count: number, withoutCables: boolean) => string;
  /** The text of a country without matches. */
  noneHere: (filtered: boolean, withoutCables: boolean) => string;
  noneOfPart: string;
  number: (count: number) => string;
  /** The number of matches. */
  resultCount: (projects: number, cables: number) => string;
  /** The heading of the table if it lists systems with a named supplier. */
  systemsListed: (systems: number) => string;
  countrySummary: (country: string, text: string) => string;
  cableEnd: (cable: string) => string;
  independentSources: (count: number) => string;
  sourcesMark: (count: number) => string;
  /** Countries on which sources disagree. */
  disputed: (countries: string) => string;
  andMore: (count: number) => string;
  statusUnknown: string;
  notKnown: string;
  years: string;
  yearFrom: string;
  yearTo: string;
  play: string;
  pause: string;
  onlyInView: string;
  mapTitle: string;
  hint: string;
  more: (count: number) => string;
  /** Systems with a named supplier in a country, whether none has a named customer, and its state programmes, if it has any. */
  systems: (count: number, programmes: number, unnamed: boolean) => string;
  /** The title of the key above the map, by what is counted in countries. */
  keyTitle: Record<"systems" | "matches" | "projects", string>;
  /** The title of the key to the areas of circles. */
  byArea: string;
  keyNothing: Record<"systems" | "matches" | "projects" | "inBox", string>;
  zoomTo: (count: number) => string;
  suppliers: string;
  noSupplier: string;
  owners: string;
  customers: string;
  country: string;
  landsIn: string;
  year: string;
  status: string;
  where: string;
  onlyCountry: (country: string) => string;
  pageOf: (country: string) => string;
  yearUnknown: string;
  close: string;
  zoomIn: string;
  zoomOut: string;
  twoFingers: string;
  ctrlScroll: string;
  loadMap: string;
  mapFailed: string;
  dataFailed: string;
  pageFailed: string;
  pageRefused: string;
  choiceUnknown: string;
  yearsTurned: string;
  /** The separator of a list. */
  comma: string;
  matches: string;
  searchFound: (count: number) => string;
  searchKeys: string;
  searchNear: string;
  searchNothing: string;
  somewhere: (what: string, where: string) => string;
  organizationIn: (organization: string, country: string) => string;
  noProject: string;
  section: string;
  /** The position of a page in a list. */
  pageRange: (first: number, last: number, all: number) => string;
  pages: string;
  previous: string;
  next: string;
  chosenFilters: string;
  takeOff: string;
  since: (year: string) => string;
  until: (year: string) => string;
  located: string;
  unlocated: string;
  inBox: string;
  /** The filter for systems with a named supplier. */
  onlySystems: string;
  filters: (count: number) => string;
  allYears: string;
  shaded: (withoutCables: boolean) => string;
  /** `groups`: projects of surveillance or censorship, of networks, data centres or cables, and others. */
  answer: (matches: string, countries: number, all: number, groups: readonly [number, number, number]) => string;
  /** A sentence on what a filter by the part of the map in view leaves out. */
  leftOut: string;
  empty: string;
  emptyMore: string;
  resultsOf: (count: number, typed: string) => string;
  nothingOf: (typed: string) => string;
  name: string;
  what: string;
}

/** Returns the non-zero counts, each written out in words; empty unless at least two counts are non-zero. */
export function shares(counts: readonly number[], write: readonly ((n: number) => string)[]): string[] {
  const parts = counts.flatMap((count, at) => (count > 0 ? [write[at]?.(count) ?? ""] : []));
  return parts.length > 1 ? parts : [];
}
