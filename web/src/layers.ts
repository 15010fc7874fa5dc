// The layers of the vocabulary `layers`, with order and signs, and `unknown` for an unknown kind. Colours are in style.css.

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

/** Returns a layer by its id; `unknown` for any other value. */
export function layerOf(value: unknown): Layer {
  return LAYERS.find((layer) => layer === value) ?? "unknown";
}
