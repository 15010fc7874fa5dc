// Tells readers whose browser asks for another language first that the page is there in it. Nothing is sent or kept.

/** Shows the line of the language that the reader prefers, where the page has one. */
export function offerLanguage(): void {
  const wanted = navigator.languages[0]?.toLowerCase().split("-")[0];
  for (const line of document.querySelectorAll<HTMLElement>(".language-hint")) line.hidden = !wanted || !line.lang.startsWith(wanted);
}
