// Groups of cables by supplier, which determine the colours of their lines (src/overt/queries/maps/cable_colours_by_supplier.py).

export const CABLE_GROUPS = ["unknown", "other", "several", "1", "2", "3", "4", "5"] as const;

export type CableGroup = (typeof CABLE_GROUPS)[number];

/** Returns the group of a cable. `suppliers`: ids of its suppliers; `named`: ids of the suppliers with a colour of their own. */
export function cableGroup(suppliers: readonly string[], named: readonly string[]): CableGroup {
  const [supplier] = suppliers;
  if (supplier === undefined) return "unknown";
  if (suppliers.length > 1) return "several";
  return CABLE_GROUPS.find((group) => group === String(named.indexOf(supplier) + 1)) ?? "other";
}
