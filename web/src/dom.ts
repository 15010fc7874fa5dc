// Elements and notices made from plain text, so that data is never parsed as markup.

type Options<K extends keyof HTMLElementTagNameMap> = Partial<Pick<HTMLElementTagNameMap[K], "className" | "textContent" | "ariaHidden" | "hidden" | "id">>;

export function element<K extends keyof HTMLElementTagNameMap>(name: K, options: Options<K> = {}, children: (Node | string)[] = []): HTMLElementTagNameMap[K] {
  const created = Object.assign(document.createElement(name), options);
  created.append(...children);
  return created;
}

/** Shows a line of text in `parent` that screen readers announce. An empty string removes it. */
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
