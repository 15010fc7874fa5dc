// The names of countries and areas in the language of the page.

/** Chinese names of areas that browsers don't name, or name differently from the rest of the site. */
const areas: Record<string, string> = {
  AE: "阿联酋",
  BQ: "博奈尔、圣尤斯特歇斯和萨巴",
  FK: "福克兰群岛（马尔维纳斯群岛）",
  HK: "香港",
  MO: "澳门",
  PS: "巴勒斯坦",
  SH: "圣赫勒拿、阿森松和特里斯坦-达库尼亚",
  "X-CRIMEA": "克里米亚",
  "X-NORTHERN-CYPRUS": "北塞浦路斯",
  "X-SOMALILAND": "索马里兰",
};

const language = document.documentElement.lang.toLowerCase();

const regions = language.startsWith("zh") ? new Intl.DisplayNames([language], { type: "region" }) : undefined;

/** Returns a country's name in the page's language: our own name, otherwise the browser's, otherwise the English one. */
export function areaName(code: string, english: string): string {
  if (!regions) return english;
  return areas[code] ?? (/^[A-Z]{2}$/.test(code) ? regions.of(code) : undefined) ?? english;
}
