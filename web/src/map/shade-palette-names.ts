// The palettes of shades that the explorer's map uses; style.css has their colours and says what each means.

export const PALETTES = ["count", "project", "score"] as const;

export type Palette = (typeof PALETTES)[number];
