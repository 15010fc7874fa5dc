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
