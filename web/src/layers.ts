// The layers: their fixed order and their signs, as in the vocabulary `layers`. Colours are in style.css, once for the whole site.

export const LAYERS = ["networks", "cables", "data-centres", "surveillance", "censorship", "finance", "agreements", "presence"] as const;

export type Layer = (typeof LAYERS)[number];

export const SIGNS: Record<Layer, string> = {
  networks: "▲",
  cables: "━",
  "data-centres": "■",
  surveillance: "●",
  censorship: "✕",
  finance: "◆",
  agreements: "✎",
  presence: "○",
};

export function isLayer(value: unknown): value is Layer {
  return (LAYERS as readonly unknown[]).includes(value);
}

/** How exactly a place is known: 0 the site itself, 1 the town, 2 the district, 3 the province. */
export function softness(precision: string): 0 | 1 | 2 | 3 {
  if (precision === "locality") return 1;
  if (precision === "admin2") return 2;
  if (precision === "admin1") return 3;
  return precision === "exact" ? 0 : 3;
}
