// The layers: their fixed order and their signs, as in the vocabulary `layers`, and last what stands for a kind that is not known.
// Colours are in style.css, once for the whole site.

export const LAYERS = ["networks", "cables", "data-centres", "surveillance", "censorship", "finance", "agreements", "presence", "unknown"] as const;

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
  unknown: "◯",
};

/** A layer by its id; `unknown` for anything else. */
export function layerOf(value: unknown): Layer {
  return LAYERS.find((layer) => layer === value) ?? "unknown";
}
