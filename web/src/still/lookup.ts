// Looking up any domain on the lists of what is blocked, without a server: the page of the form, asked for `?name=…`.
import { element } from "../dom.ts";
import { held } from "./held.ts";

interface Index {
  files: number;
  /** Of which country each series is and what it is called, in English and in Chinese. */
  series: [string, string][];
}

/** Of one that was on a list without a day the series alone; else also when it began and ended (EDTF), and on how many lists it was. */
type Episode = [series: number, start?: string, end?: string, days?: number];

const NAME = /^(?=.{1,253}$)(?:[a-z0-9_-]{1,63}\.)*(?=[a-z0-9-]{1,63}$)[a-z0-9-]*[a-z][a-z0-9-]*$/;
/** An address as a browser has it, with its host: as in `src/overt/site/blocked/page.py`. */
const ADDRESS = /^(?:[a-z][a-z0-9+.-]*:\/\/)?(?:[^/?#@]*@)?([^/?#:]*)(?::[0-9]*)?(?:[/?#].*)?$/is;
const chinese = document.documentElement.lang.startsWith("zh");
const days = new Intl.DateTimeFormat(chinese ? "zh-Hans-CN" : "en-GB", { dateStyle: "long", timeZone: "UTC" });

/** A name as lists have it, of a name or an address: in lower case and ASCII, without the dot at its end; nothing of what is none. */
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

/** As `number_of` of src/overt/edition/lookup_files.py. */
function fileOf(name: string, count: number): number {
  let digest = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) digest = Math.imul(digest ^ name.charCodeAt(at), 0x01000193);
  return (digest >>> 0) % count;
}

class Shown {
  readonly #section: HTMLElement;

  constructor(section: HTMLElement) {
    this.#section = section;
  }

  #word(name: string, values: Record<string, string> = {}): string {
    return (this.#section.dataset[name] ?? "").replace(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole);
  }

  #part<E extends Element>(selector: string): E {
    const found = this.#section.querySelector<E>(selector);
    if (!found) throw new Error(`${selector} is missing`);
    return found;
  }

  /** A day, or the days on one of which it was. */
  #on(when: string): string {
    const [first = "", last] = when.split("/").map((day) => (day === ".." ? "" : days.format(new Date(day))));
    if (last === undefined) return first;
    return this.#word(first === "" ? "by" : last === "" ? "last" : "between", { first, last });
  }

  say(heading: string, line: string): void {
    this.#part("h2").textContent = heading;
    this.#part("p").textContent = line;
    this.#part<HTMLElement>(".table-wrap").hidden = true;
    this.#section.hidden = false;
  }

  tell(name: string, series: Index["series"], episodes: readonly Episode[]): void {
    this.say(name, "");
    const heads = Array.from(this.#section.querySelectorAll("thead th"), (head) => head.textContent);
    const rows = episodes.map(([of, start, end, listed]) => {
      const head = element("th", { textContent: series[of]?.[chinese ? 1 : 0] ?? "" });
      head.scope = "row";
      const texts = start === undefined || end === undefined ? [this.#word("untold"), this.#word("untold"), ""] : [this.#on(start), this.#on(end), String(listed)];
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

  async look(typed: string): Promise<void> {
    const name = canonical(typed);
    if (name === undefined) return this.say(typed, this.#word("noName"));
    try {
      const { files, series } = await held<Index>("domain/lists/index");
      const file = await held<Record<string, Episode[]>>(`domain/lists/${fileOf(name, files).toString(16)}`);
      const episodes = Object.hasOwn(file, name) ? file[name] : undefined;
      if (episodes) this.tell(name, series, episodes);
      else this.say(name, this.#word("none"));
    } catch {
      this.say(name, this.#word("failed"));
    }
  }
}

const section = document.getElementById("looked-up");
const field = document.querySelector<HTMLInputElement>("#domain-name");
const asked = new URLSearchParams(window.location.search).get("name")?.trim();
if (section && field && asked) {
  field.value = asked;
  void new Shown(section).look(asked);
}
