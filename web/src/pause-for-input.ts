// Splits long work on a page into short tasks, so that the page stays responsive.

/** Ends the current task. Resolves after the browser has had a chance to handle input. */
export function pause(): Promise<void> {
  return new Promise((resolve) => window.setTimeout(resolve));
}
