// Shows a line to readers whose browser prefers another language in which the page is available. Nothing is sent or stored.

/** Shows the line for the preferred language, if the page is available in it. */
export function offerLanguage(): void {
  const preferred = navigator.languages[0]?.toLowerCase().split("-")[0];
  for (const line of document.querySelectorAll<HTMLElement>(".language-hint")) line.hidden = !preferred || !line.lang.startsWith(preferred);
}
