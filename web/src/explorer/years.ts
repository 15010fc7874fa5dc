// The years below the map: handles for the first and last year, and a button that plays them.
import { element } from "../dom.ts";
import type { Explorer } from "./explorer.ts";
import { words } from "../words.ts";

/** Milliseconds per year while playing. */
const PACE = 700;

function handle(label: string): HTMLInputElement {
  const input = element("input");
  Object.assign(input, { type: "range", step: "1" });
  input.setAttribute("aria-label", label);
  return input;
}

export class Years {
  readonly #explorer: Explorer;
  readonly #box: HTMLElement;
  #first = 0;
  #last = 0;
  readonly #from: HTMLInputElement;
  readonly #to: HTMLInputElement;
  readonly #button = element("button", { className: "quiet", textContent: words.play });
  readonly #label = element("output", { className: "years-shown" });
  #timer: number | undefined;

  /** `figure`: the server's drawing, with the first and last year. `box`: its container, which the handles follow. */
  constructor(figure: HTMLElement, box: HTMLElement, explorer: Explorer) {
    this.#explorer = explorer;
    this.#box = box;
    this.#from = handle(words.yearFrom);
    this.#to = handle(words.yearTo);
    this.#setRange(figure);
    this.#button.type = "button";
    const slider = element("div", { className: "years-handles" }, [this.#from, this.#to]);
    const controls = element("div", { className: "years-controls no-print" }, [slider, element("div", { className: "years-play" }, [this.#button, this.#label])]);
    controls.setAttribute("role", "group");
    controls.setAttribute("aria-label", words.years);
    box.after(controls);
    this.show(new URLSearchParams(window.location.search));
    for (const input of [this.#from, this.#to]) {
      input.addEventListener("input", () => this.#showLabel(input));
      input.addEventListener("change", () => void this.#choose());
    }
    this.#button.addEventListener("click", () => (this.#timer === undefined ? this.#play() : this.#stop()));
  }

  /** Sets the handles' range to that of the server's new drawing, and the handles to a query's years. */
  refresh(query: URLSearchParams): void {
    const figure = this.#box.querySelector<HTMLElement>("figure");
    if (figure) this.#setRange(figure);
    this.show(query);
  }

  #setRange({ dataset }: HTMLElement): void {
    [this.#first, this.#last] = [Number(dataset["first"]), Number(dataset["last"])];
    for (const input of [this.#from, this.#to]) Object.assign(input, { min: String(this.#first), max: String(this.#last) });
  }

  /** Sets the handles to a query's years. */
  show(query: URLSearchParams): void {
    this.#from.value = query.get("year_from") || String(this.#first);
    this.#to.value = query.get("year_to") || String(this.#last);
    this.#showLabel();
  }

  #showLabel(moved?: HTMLInputElement): void {
    if (Number(this.#from.value) > Number(this.#to.value)) {
      if (moved === this.#from) this.#to.value = this.#from.value;
      else this.#from.value = this.#to.value;
    }
    this.#label.textContent = this.#from.value === this.#to.value ? this.#from.value : `${this.#from.value}–${this.#to.value}`;
  }

  #choose(quick = false): Promise<void> {
    const [from, to] = [Number(this.#from.value), Number(this.#to.value)];
    const all = from === this.#first && to === this.#last;
    return this.#explorer.years(all ? "" : String(from), all ? "" : String(to), quick);
  }

  /** Moves the chosen span year by year, or extends the span from the first year if all years are chosen. */
  #play(): void {
    const [from, to] = [Number(this.#from.value), Number(this.#to.value)];
    const grows = from === this.#first && to === this.#last;
    const span = to - from;
    if (grows) this.#to.value = String(this.#first);
    else if (to >= this.#last) [this.#from.value, this.#to.value] = [String(this.#first), String(this.#first + span)];
    this.#button.textContent = words.pause;
    const step = (): void => {
      this.#showLabel();
      const update = this.#choose(true);
      if (Number(this.#to.value) >= this.#last) return this.#stop();
      const timer = window.setTimeout(async () => {
        await update; // with a slow server, steps take longer
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
