// The data files of an edition. They are scripts that call `overtFileLoaded`, because a page opened from disk can't load data
// otherwise.

/** The address of the edition's root folder. This script is in its static/built/. */
export const root = new URL("../../", (document.currentScript as HTMLScriptElement).src).href;

interface Files {
  waiting: Map<string, (data: unknown) => void>;
  requested: Map<string, Promise<unknown>>;
}

declare global {
  interface Window {
    overtFileLoaded?: (name: string, data: unknown) => void;
    overtFiles?: Files;
  }
}

/** Shared by all scripts of a page. */
const { waiting, requested } = (window.overtFiles ??= { waiting: new Map(), requested: new Map() });
window.overtFileLoaded ??= (name, data) => {
  waiting.get(name)?.(data);
  waiting.delete(name);
};

/** Loads the data of a file by its name, such as `search/index`, once per page. If that fails, the next call tries again. */
export function loadFile<T>(name: string): Promise<T> {
  const known = requested.get(name);
  if (known) return known as Promise<T>;
  const data = new Promise<unknown>((resolve, reject) => {
    waiting.set(name, resolve);
    const script = document.createElement("script");
    script.src = `${root}${name}.js`;
    script.addEventListener("error", () => {
      requested.delete(name);
      reject(new Error(`${name}: could not be loaded`));
    });
    script.addEventListener("load", () => script.remove());
    document.head.append(script);
  });
  requested.set(name, data);
  return data as Promise<T>;
}
