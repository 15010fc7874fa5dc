// Looks up the domain in a page's `?name=…` on blocklists, without a server, and shows the result below the form.
import { element } from "../dom.ts";
import { loadFile } from "./data-file-loading.ts";

interface Index {
  files: number;
  /** The label of each series with its country, in English and in Chinese. */
  series: [string, string][];
}

/** A listing: its series and, if the lists are dated, its start and end (EDTF) and the number of days listed. */
type Episode = [series: number, start?: string, end?: string, days?: number];

const NAME = /^(?=.{1,253}$)(?:[a-z0-9_-]{1,63}\.)*(?=[a-z0-9-]{1,63}$)[a-z0-9-]*[a-z][a-z0-9-]*$/;
/** Captures the host of an address, like the pattern in `src/overt/site/domain/typed_host.py`. */
const ADDRESS = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^/?#@]*@)?([^/?#:]*)(?::[0-9]*)?(?:[/?#].*)?$/is;
const chinese = document.documentElement.lang.startsWith("zh");
const days = new Intl.DateTimeFormat(chinese ? "zh-Hans-CN" : "en-GB", { dateStyle: "long", timeZone: "UTC" });

/** Returns the domain in a name or address, as blocklists spell it (lower-case ASCII, no final dot); undefined without one. */
function canonical(typed: string): string | undefined {
  let name = ADDRESS.exec(typed.trim())?.[1] ?? typed;
  try {
    if (!/^[\u0000-\u007f]*$/.test(name)) name = new URL(`http://${name}`).hostname;
  } catch {
    return undefined;
  }
  name = name.toLowerCase().replace(/\.$/, "");
  return NAME.test(name) ? name : undefined;
}

/** Returns the number of the file that lists a domain, like `number_of` in src/overt/edition/domain_lookup_files.py. */
function fileOf(name: string, count: number): number {
  let digest = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) digest = Math.imul(digest ^ name.charCodeAt(at), 0x01000193);
  return (digest >>> 0) % count;
}

class LookupSection {
  readonly #section: HTMLElement;

  constructor(section: HTMLElement) {
    this.#section = section;
  }

  #text(name: string, values: Record<string, string> = {}): string {
    return (this.#section.dataset[name] ?? "").replace(/\{(\w+)\}/g, (placeholder, key: string) => values[key] ?? placeholder);
  }

  #part<E extends Element>(selector: string): E {
    const part = this.#section.querySelector<E>(selector);
    if (!part) throw new Error(`${selector} is missing`);
    return part;
  }

  /** Returns the text of a day, or of the interval in which it lies. */
  #dayText(date: string): string {
    const [first = "", last] = date.split("/").map((day) => (day === ".." ? "" : days.format(new Date(day))));
    if (last === undefined) return first;
    return this.#text(first === "" ? "by" : last === "" ? "last" : "between", { first, last });
  }

  showLine(heading: string, line: string): void {
    this.#part("h2").textContent = heading;
    this.#part("p").textContent = line;
    this.#part<HTMLElement>(".table-wrap").hidden = true;
    this.#section.hidden = false;
  }

  showEpisodes(name: string, series: Index["series"], episodes: readonly Episode[]): void {
    this.showLine(name, "");
    const heads = Array.from(this.#section.querySelectorAll("thead th"), (head) => head.textContent);
    const rows = episodes.map(([of, start, end, listed]) => {
      const head = element("th", { textContent: series[of]?.[chinese ? 1 : 0] ?? "" });
      head.scope = "row";
      const texts = start === undefined || end === undefined ? [this.#text("untold"), this.#text("untold"), ""] : [this.#dayText(start), this.#dayText(end), String(listed)];
      const cells = texts.map((textContent, at) => {
        const cell = element("td", { textContent, className: at === 2 ? "number" : "" });
        if (textContent !== "") cell.dataset["label"] = heads[at + 1] ?? "";
        return cell;
      });
      return element("tr", {}, [head, ...cells]);
    });
    this.#part("tbody").replaceChildren(...rows);
    this.#part<HTMLElement>(".table-wrap").hidden = false;
  }

  async lookUp(typed: string): Promise<void> {
    const name = canonical(typed);
    if (name === undefined) return this.showLine(typed, this.#text("noName"));
    try {
      const { files, series } = await loadFile<Index>("domain/lists/index");
      const file = await loadFile<Record<string, Episode[]>>(`domain/lists/${fileOf(name, files).toString(16)}`);
      const episodes = Object.hasOwn(file, name) ? file[name] : undefined;
      if (episodes) this.showEpisodes(name, series, episodes);
      else this.showLine(name, this.#text("none"));
    } catch {
      this.showLine(name, this.#text("failed"));
    }
  }
}

const section = document.getElementById("looked-up");
const field = document.querySelector<HTMLInputElement>("#domain-name");
const name = new URLSearchParams(window.location.search).get("name")?.trim();
if (section && field && name) {
  field.value = name;
  void new LookupSection(section).lookUp(name);
}
