// The texts of the explorer, its map and the search, in the language of the page.
import type { Layer } from "./project-layers.ts";

interface Words {
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
  /** The heading of the table that lists the systems on the map. */
  systemsListed: (systems: number) => string;
  countrySummary: (country: string, text: string) => string;
  cableEnd: (cable: string) => string;
  independentSources: (count: number) => string;
  sourcesMark: (count: number) => string;
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
  /** The title of the key above the map, by what shades the countries. */
  keyTitle: Record<"systems" | "matches" | "projects", string>;
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
  filters: (count: number) => string;
  allYears: string;
  shaded: (withoutCables: boolean) => string;
  andAbove: (n: number) => string;
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

function plural(count: number, singular: string, many: string): string {
  return count === 1 ? `1 ${singular}` : `${count.toLocaleString("en")} ${many}`;
}

/** Returns the non-zero counts, each written out in words. Returns nothing if only one count is non-zero. */
function shares(counts: readonly number[], write: readonly ((n: number) => string)[]): string[] {
  const parts = counts.flatMap((count, at) => (count > 0 ? [write[at]?.(count) ?? ""] : []));
  return parts.length > 1 ? parts : [];
}

const en: Words = {
  layers: {
    networks: "Networks and ICT",
    cables: "Cables",
    "data-centres": "Data centres",
    surveillance: "Surveillance",
    censorship: "Censorship",
    finance: "Finance and donations",
    agreements: "Agreements and standards",
    presence: "Presence",
    unknown: "kind unknown",
  },
  precision: { exact: "the site itself", locality: "known to the town", admin2: "known to the district", admin1: "known to the province", schematic: "route drawn schematically" },
  projects: (count, withoutCables) => `${plural(count, "project", "projects")}${withoutCables ? " (without cables)" : ""}`,
  noneHere: (filtered, withoutCables) => `${filtered ? "no project with these filters" : withoutCables ? "no project" : "no project recorded"}${withoutCables ? " (without cables)" : ""}`,
  noneOfPart: "none in this part of the release",
  number: (count) => count.toLocaleString("en"),
  resultCount: (all, cables) => (cables > 0 && cables === all ? plural(cables, "cable system", "cable systems") : plural(all, "project", "projects")),
  systemsListed: (count) => `The ${plural(count, "system", "systems")} on the map`,
  countrySummary: (country, text) => `${country}: ${text}`,
  cableEnd: (cable) => `End or station of a cable: ${cable}`,
  independentSources: (count) => plural(count, "independent source", "independent sources"),
  sourcesMark: (count) => `${plural(count, "independent source", "independent sources")}: see the evidence`,
  andMore: (count) => ` and ${count.toLocaleString("en")} more`,
  statusUnknown: "Status unknown",
  notKnown: "unknown",
  years: "Years",
  yearFrom: "From year",
  yearTo: "To year",
  play: "Play",
  pause: "Pause",
  onlyInView: "List only projects in this part of the map",
  mapTitle: "Map of projects. Arrow keys move it, plus and minus zoom, Enter opens what is under the cross.",
  hint: "Arrows move, + and − zoom, Enter opens",
  more: (count) => `and ${count.toLocaleString("en")} more here; zoom in or filter to see them`,
  systems: (count, programmes, unnamed) => `${count > 0 ? `${plural(count, "system", "systems")} with a named supplier` : "no system counted"}${unnamed ? "; no source names a customer or operator" : ""}${programmes > 0 ? `; apart from these ${plural(programmes, "state programme", "state programmes")}` : ""}`,
  keyTitle: { systems: "Systems in a country:", matches: "Matching projects in a country:", projects: "Projects in a country:" },
  keyNothing: { systems: "none counted", matches: "no matching project on record", projects: "no record, which is not evidence of absence", inBox: "no matching project with a place in this part of the map" },
  suppliers: "Suppliers",
  noSupplier: "none on record",
  owners: "Owners",
  customers: "Customers",
  country: "Country",
  landsIn: "Lands in",
  year: "Year",
  status: "Status",
  where: "Location",
  onlyCountry: (country) => `Show only projects in ${country}`,
  pageOf: (country) => `Everything about ${country}`,
  zoomTo: (count) => `Zoom in on these ${plural(count, "project", "projects")}`,
  yearUnknown: "year unknown",
  close: "Close",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  twoFingers: "Use two fingers to move the map",
  ctrlScroll: "Use Ctrl and scroll to zoom the map",
  loadMap: "Load the interactive map (about 0.2 MB)",
  mapFailed: "The interactive map could not be loaded; the plain map and the table are complete.",
  dataFailed: "The map’s points could not be loaded; the table is complete.",
  pageRefused: "The server doesn’t know this choice. What you see is for the earlier one.",
  choiceUnknown: "This edition doesn’t know this choice.",
  yearsTurned: "The first year is after the last: swap them. What you see is for the earlier choice.",
  comma: ", ",
  matches: "Matches",
  searchFound: (count) => `${count === 1 ? "1 match" : `${count} matches`}; arrow keys choose`,
  searchKeys: "↑ ↓ choose, Enter opens; Enter alone shows all matches",
  searchNear: "No name is spelled this way; these have a similar word. ",
  searchNothing: "The search finds names of organisations, projects, places, countries and kinds, in any script. None is like this; that is not evidence of absence.",
  pageFailed: "The server could not be reached; what you see is for the earlier choice.",
  somewhere: (what, where) => `${what} in ${where}`,
  noProject: "no project",
  section: "page of the country",
  pageRange: (first, last, all) => `${first.toLocaleString("en")}–${last.toLocaleString("en")} of ${all.toLocaleString("en")}`,
  pages: "Pages",
  previous: "Previous",
  next: "Next",
  chosenFilters: "Chosen filters",
  takeOff: "Take off:",
  since: (year) => `since ${year}`,
  until: (year) => `until ${year}`,
  located: "with a place",
  unlocated: "without a place that can be drawn",
  inBox: "in a part of the map",
  filters: (count) => (count > 0 ? `Filters (${count})` : "Filters"),
  allYears: "All years",
  shaded: (withoutCables) => (withoutCables ? "Projects of any kind, without submarine cables" : "Matching projects"),
  andAbove: (n) => `${n.toLocaleString("en")} and more`,
  answer: (matches, countries, all, groups) => {
    const parts = shares(groups, [
      (n) => `${n.toLocaleString("en")} of surveillance or censorship`,
      (n) => plural(n, "network, data centre or cable", "networks, data centres or cables"),
      (n) => plural(n, "other", "others"),
    ]);
    return `${matches} in ${plural(countries, "country", "countries")}, of ${all.toLocaleString("en")} in this edition${parts.length > 0 ? `: ${parts.join(", ")}` : ""}.`;
  },
  leftOut: "Projects of which only the country is known are left out.",
  empty: "No record here; that is not evidence of absence.",
  emptyMore: "No project of this edition fits all of these filters.",
  resultsOf: (count, typed) => `The best ${plural(count, "match", "matches")} for “${typed}”.`,
  nothingOf: (typed) => `Nothing here has the name “${typed}”. That is not evidence of absence; try a shorter word or another script.`,
  name: "Name",
  what: "What it is",
};

const zh: Words = {
  layers: { networks: "网络与信息技术", cables: "电缆", "data-centres": "数据中心", surveillance: "监控", censorship: "审查", finance: "融资与捐赠", agreements: "协议与标准", presence: "分支与合作", unknown: "类别未知" },
  precision: { exact: "确切地点", locality: "仅知城镇", admin2: "仅知区县", admin1: "仅知省级", schematic: "路线为示意" },
  projects: (count, withoutCables) => `${count.toLocaleString("zh")}个项目${withoutCables ? "（不计海缆）" : ""}`,
  noneHere: (filtered, withoutCables) => `${filtered ? "按此筛选无项目" : withoutCables ? "无项目" : "未记录项目"}${withoutCables ? "（不计海缆）" : ""}`,
  noneOfPart: "本部分中没有",
  number: (count) => count.toLocaleString("zh"),
  resultCount: (all, cables) => (cables > 0 && cables === all ? `${cables.toLocaleString("zh")}个电缆系统` : `${all.toLocaleString("zh")}个项目`),
  systemsListed: (count) => `地图上的${count.toLocaleString("zh")}套系统`,
  countrySummary: (country, text) => `${country}：${text}`,
  cableEnd: (cable) => `电缆端点或站点：${cable}`,
  independentSources: (count) => `${count.toLocaleString("zh")}个独立来源`,
  sourcesMark: (count) => `${count.toLocaleString("zh")}个独立来源：查看证据`,
  andMore: (count) => `等（另有${count.toLocaleString("zh")}个）`,
  statusUnknown: "状态未知",
  notKnown: "未知",
  years: "年份",
  yearFrom: "起始年份",
  yearTo: "截止年份",
  play: "播放",
  pause: "暂停",
  onlyInView: "只列出地图此范围内的项目",
  mapTitle: "项目地图。方向键移动，加减键缩放，回车键打开十字线下的内容。",
  hint: "方向键移动，+ − 缩放，回车打开",
  more: (count) => `此处另有${count.toLocaleString("zh")}个，请放大或筛选`,
  systems: (count, programmes, unnamed) => `${count > 0 ? `${count.toLocaleString("zh")}套供应方已知的系统` : "没有计入的系统"}${unnamed ? "；没有来源写明客户或运营方" : ""}${programmes > 0 ? `；另有${programmes.toLocaleString("zh")}项国家计划，单独计数` : ""}`,
  keyTitle: { systems: "一国的系统数：", matches: "一国符合条件的项目数：", projects: "一国的项目数：" },
  keyNothing: { systems: "没有计入的系统", matches: "没有符合条件的项目记录", projects: "没有记录，但这不能证明不存在", inBox: "此范围内没有已定位的项目" },
  suppliers: "供应方",
  noSupplier: "未记录",
  owners: "所有者",
  customers: "客户",
  country: "国家",
  landsIn: "登陆国家",
  year: "年份",
  status: "状态",
  where: "地点",
  onlyCountry: (country) => `只看${country}的项目`,
  pageOf: (country) => `查看${country}的全部内容`,
  zoomTo: (count) => `放大这${count.toLocaleString("zh")}个项目所在地`,
  yearUnknown: "年份不详",
  close: "关闭",
  zoomIn: "放大",
  zoomOut: "缩小",
  twoFingers: "请用两指移动地图",
  ctrlScroll: "按住Ctrl并滚动以缩放地图",
  loadMap: "加载交互地图（约0.2 MB）",
  mapFailed: "无法加载交互地图；静态地图和表格是完整的。",
  dataFailed: "无法加载地图上的地点；表格是完整的。",
  pageRefused: "服务器不认识这一选择；当前显示的是先前的选择。",
  choiceUnknown: "此版本中没有这一选择。",
  yearsTurned: "起始年份晚于截止年份：请将两者对调。当前显示的是先前的选择。",
  comma: "、",
  matches: "匹配结果",
  searchFound: (count) => `${count}个匹配结果；用方向键选择`,
  searchKeys: "↑ ↓ 选择，回车打开；直接回车显示全部结果",
  searchNear: "没有这样拼写的名称；以下名称中有相近的词。",
  searchNothing: "此处会列出机构、项目、地点、国家和类别的名称，任何文字均可。没有与此相近的名称，但这不等于不存在。",
  pageFailed: "无法连接服务器；当前显示的是先前的选择。",
  somewhere: (what, where) => `${where}的${what}`,
  noProject: "没有项目",
  section: "国家页面中的一节",
  pageRange: (first, last, all) => `第${first.toLocaleString("zh")}–${last.toLocaleString("zh")}项，共${all.toLocaleString("zh")}项`,
  pages: "页码",
  previous: "上一页",
  next: "下一页",
  chosenFilters: "已选条件",
  takeOff: "去掉：",
  since: (year) => `自${year}年起`,
  until: (year) => `至${year}年止`,
  located: "有地点",
  unlocated: "没有可绘制的地点",
  inBox: "在地图的一部分",
  filters: (count) => (count > 0 ? `筛选（${count}）` : "筛选"),
  allYears: "所有年份",
  shaded: (withoutCables) => (withoutCables ? "各类项目，不计海底电缆" : "符合条件的项目"),
  andAbove: (n) => `${n.toLocaleString("zh")}及以上`,
  answer: (matches, countries, all, groups) => {
    const parts = shares(groups, ["监控或审查项目", "网络、数据中心或电缆项目", "其他项目"].map((name) => (n) => `${n.toLocaleString("zh")}个${name}`));
    return `${matches}，涉及${countries.toLocaleString("zh")}个国家，本版共${all.toLocaleString("zh")}个${parts.length > 0 ? `：${parts.join("、")}` : ""}。`;
  },
  leftOut: "只知道所在国家的项目不在其中。",
  empty: "此处没有记录；这不证明不存在。",
  emptyMore: "本版中没有项目符合所有这些条件。",
  resultsOf: (count, typed) => `与“${typed}”最匹配的${count.toLocaleString("zh")}项。`,
  nothingOf: (typed) => `此处没有名为“${typed}”的内容。这不证明不存在；请试较短的词或其他文字。`,
  name: "名称",
  what: "类型",
};

export const words: Words = document.documentElement.lang.toLowerCase().startsWith("zh") ? zh : en;
