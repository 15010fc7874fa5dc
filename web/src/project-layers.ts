// The layers of the vocabulary `layers`, with their order and signs, and `unknown` for an unknown kind. Colours are in style.css.

export const LAYERS = ["networks", "cables", "data-centres", "surveillance", "censorship", "finance", "agreements", "presence", "unknown"] as const;

/** The order in which readers see layers: repression first. */
export const REPRESSION_FIRST: readonly Layer[] = ["surveillance", "censorship", "networks", "data-centres", "cables", "finance", "agreements", "presence", "unknown"];

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
  unknown: "□",
};

/** Returns a layer by its id; `unknown` for any other value. */
export function layerOf(value: unknown): Layer {
  return LAYERS.find((layer) => layer === value) ?? "unknown";
}
