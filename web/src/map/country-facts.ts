// What the map shows about a selected country: its matching projects by layer, and their suppliers.
import type { Columns } from "../project-columns.ts";
import type { Party } from "../map-data.ts";
import { type Layer, REPRESSION_FIRST } from "../project-layers.ts";

/** The maximum number of suppliers to list for a country. */
const MAX_SUPPLIERS = 5;

export interface CountryFacts {
  /** The value that shades the country, in words. */
  text: string;
  /** Whether the browser has all projects, so that the lists are complete. */
  known: boolean;
  /** The number of matching projects of each layer that has any. */
  layers: [Layer, number][];
  /** The suppliers with the most matching projects. */
  suppliers: [Party, number][];
}

/**
 * Counts a country's matching projects by layer and supplier. Without columns, both lists are empty. Cables aren't counted for
 * suppliers, because suppliers of cables would fill the list.
 */
export function countryFacts(columns: Columns | undefined, bits: Uint8Array, code: string, text: string): CountryFacts {
  if (!columns) return { text, known: false, layers: [], suppliers: [] };
  const { projectValues, values, tops, suppliers, organizations } = columns;
  const country = values.country.indexOf(code);
  const byLayer = new Map<Layer, number>();
  const bySupplier = new Map<number, number>();
  bits.forEach((bit, project) => {
    if (bit !== 1 || !projectValues.country[project]?.includes(country)) return;
    const layer = tops[project] ?? "unknown";
    byLayer.set(layer, (byLayer.get(layer) ?? 0) + 1);
    if (layer !== "cables") for (const supplier of suppliers[project] ?? []) bySupplier.set(supplier, (bySupplier.get(supplier) ?? 0) + 1);
  });
  const party = (number: number): Party => ({ id: organizations.ids[number] ?? "", name: organizations.names[number] ?? "", lang: organizations.langs[number] ?? "" });
  const largest = [...bySupplier].sort(([a, left], [b, right]) => right - left || a - b).slice(0, MAX_SUPPLIERS);
  return {
    text,
    known: true,
    layers: REPRESSION_FIRST.flatMap((layer): [Layer, number][] => (byLayer.has(layer) ? [[layer, byLayer.get(layer) ?? 0]] : [])),
    suppliers: largest.map(([supplier, count]) => [party(supplier), count]),
  };
}
