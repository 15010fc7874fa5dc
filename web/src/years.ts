// The years under the map: two handles for the first and the last, and a button that plays them one after the other.
import type { Explorer } from "./explorer.ts";
import { element } from "./dom.ts";
import { words } from "./words.ts";

/** Milliseconds for which each year stands. */
const PACE = 700;

function handle(label: string): HTMLInputElement {
  const made = element("input");
  Object.assign(made, { type: "range", step: "1" });
  made.setAttribute("aria-label", label);
  return made;
}

export class Years {
  readonly #explorer: Explorer;
  readonly #box: HTMLElement;
  #first = 0;
  #last = 0;
  readonly #from: HTMLInputElement;
  readonly #to: HTMLInputElement;
  readonly #button = element("button", { className: "quiet", textContent: words.play });
  readonly #shown = element("output", { className: "years-shown" });
  #timer: number | undefined;

  /** `figure`: the server's drawing of the years, which says the first and the last; `after`: what holds it, and the handles stand behind. */
  constructor(figure: HTMLElement, after: HTMLElement, explorer: Explorer) {
    this.#explorer = explorer;
    this.#box = after;
    this.#from = handle(words.yearFrom);
    this.#to = handle(words.yearTo);
    this.#span(figure);
    this.#button.type = "button";
    const slider = element("div", { className: "years-handles" }, [this.#from, this.#to]);
    const controls = element("div", { className: "years-controls no-print" }, [slider, element("div", { className: "years-play" }, [this.#button, this.#shown])]);
    controls.setAttribute("role", "group");
    controls.setAttribute("aria-label", words.years);
    after.after(controls);
    this.show(new URLSearchParams(window.location.search));
    for (const each of [this.#from, this.#to]) {
      each.addEventListener("input", () => this.#say(each));
      each.addEventListener("change", () => void this.#choose());
    }
    this.#button.addEventListener("click", () => (this.#timer === undefined ? this.#play() : this.#stop()));
  }

  /** The handles go from the first year of the drawing to the last, whatever the server has drawn since. */
  drawn(query: URLSearchParams): void {
    const figure = this.#box.querySelector<HTMLElement>("figure");
    if (figure) this.#span(figure);
    this.show(query);
  }

  #span({ dataset }: HTMLElement): void {
    [this.#first, this.#last] = [Number(dataset["first"]), Number(dataset["last"])];
    for (const each of [this.#from, this.#to]) Object.assign(each, { min: String(this.#first), max: String(this.#last) });
  }

  /** Sets the handles to what a query says. */
  show(query: URLSearchParams): void {
    this.#from.value = query.get("year_from") || String(this.#first);
    this.#to.value = query.get("year_to") || String(this.#last);
    this.#say();
  }

  #say(moved?: HTMLInputElement): void {
    if (Number(this.#from.value) > Number(this.#to.value)) {
      if (moved === this.#from) this.#to.value = this.#from.value;
      else this.#from.value = this.#to.value;
    }
    this.#shown.textContent = this.#from.value === this.#to.value ? this.#from.value : `${this.#from.value}–${this.#to.value}`;
  }

  #choose(quick = false): Promise<void> {
    const [from, to] = [Number(this.#from.value), Number(this.#to.value)];
    const all = from === this.#first && to === this.#last;
    return this.#explorer.years(all ? "" : String(from), all ? "" : String(to), quick);
  }

  /** A chosen span moves on year by year; all years grow from the first. */
  #play(): void {
    const [from, to] = [Number(this.#from.value), Number(this.#to.value)];
    const grows = from === this.#first && to === this.#last;
    const span = to - from;
    if (grows) this.#to.value = String(this.#first);
    else if (to >= this.#last) [this.#from.value, this.#to.value] = [String(this.#first), String(this.#first + span)];
    this.#button.textContent = words.pause;
    const step = (): void => {
      this.#say();
      const shown = this.#choose(true);
      if (Number(this.#to.value) >= this.#last) return this.#stop();
      const timer = window.setTimeout(async () => {
        await shown; // a slow server makes slow steps
        if (this.#timer !== timer) return;
        this.#to.value = String(Number(this.#to.value) + 1);
        if (!grows) this.#from.value = String(Number(this.#from.value) + 1);
        step();
      }, PACE);
      this.#timer = timer;
    };
    this.#timer = 0;
    step();
  }

  #stop(): void {
    window.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#button.textContent = words.play;
  }
}
