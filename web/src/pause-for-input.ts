// Pauses in long work on a page.

/** Resolves after the browser has had time to handle input, so that no task is long. */
export function pause(): Promise<void> {
  return new Promise((resolve) => window.setTimeout(resolve));
}
