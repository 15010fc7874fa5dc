// Data of the edition: scripts that hand it over, for pages that lie on a disk may load nothing else.

/** The edition's own folder; this script lies in static/built/ of it. */
export const root = new URL("../../", (document.currentScript as HTMLScriptElement).src).href;

interface Files {
  waiting: Map<string, (held: unknown) => void>;
  asked: Map<string, Promise<unknown>>;
}

declare global {
  interface Window {
    overtHeld?: (name: string, held: unknown) => void;
    overtFiles?: Files;
  }
}

/** One for all scripts of a page. */
const { waiting, asked } = (window.overtFiles ??= { waiting: new Map(), asked: new Map() });
window.overtHeld ??= (name, held) => {
  waiting.get(name)?.(held);
  waiting.delete(name);
};

/** What the file of a name (`search/index`) holds; asked for once. */
export function held<T>(name: string): Promise<T> {
  const known = asked.get(name);
  if (known) return known as Promise<T>;
  const made = new Promise<unknown>((resolve, reject) => {
    waiting.set(name, resolve);
    const script = document.createElement("script");
    script.src = `${root}${name}.js`;
    script.addEventListener("error", () => {
      asked.delete(name);
      reject(new Error(`${name}: could not be loaded`));
    });
    script.addEventListener("load", () => script.remove());
    document.head.append(script);
  });
  asked.set(name, made);
  return made as Promise<T>;
}
