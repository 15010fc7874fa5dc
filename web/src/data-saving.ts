// Whether the reader's browser is set to save data.

/** Returns whether the reader asked the browser to save data. */
export function savesData(): boolean {
  return (navigator as Navigator & { connection?: { saveData?: boolean } }).connection?.saveData === true;
}
