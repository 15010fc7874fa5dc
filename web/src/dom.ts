// Elements made from text only: nothing that comes from data is ever read as markup.

type Options<K extends keyof HTMLElementTagNameMap> = Partial<Pick<HTMLElementTagNameMap[K], "className" | "textContent" | "ariaHidden" | "hidden" | "id">>;

export function element<K extends keyof HTMLElementTagNameMap>(name: K, options: Options<K> = {}, children: (Node | string)[] = []): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(name), options);
  made.append(...children);
  return made;
}

/** One calm line inside `parent`, read out by screen readers; an empty text takes it away. */
export function notice(parent: Element, text: string): void {
  let line = parent.querySelector<HTMLParagraphElement>(":scope > .notice.from-script");
  if (text === "") {
    line?.remove();
    return;
  }
  if (!line) {
    line = element("p", { className: "notice from-script" });
    line.setAttribute("role", "status");
    parent.prepend(line);
  }
  line.textContent = text;
}

/** True when the reader asked the browser to save data. */
export function savesData(): boolean {
  return (navigator as Navigator & { connection?: { saveData?: boolean } }).connection?.saveData === true;
}
