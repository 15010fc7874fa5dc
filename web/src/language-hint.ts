// A line for readers whose browser prefers another language that the page is available in. Nothing is sent or stored.

/** Shows the line for the preferred language, if the page has one. */
export function offerLanguage(): void {
  const preferred = navigator.languages[0]?.toLowerCase().split("-")[0];
  for (const line of document.querySelectorAll<HTMLElement>(".language-hint")) line.hidden = !preferred || !line.lang.startsWith(preferred);
}
