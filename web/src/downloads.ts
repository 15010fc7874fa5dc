// Files that the server makes when they are asked for (`a[data-made]`) say so while they are made, and in one line when they could
// not be. Without this script, and for whoever opens them in another tab, they are links.
import { element } from "./dom.ts";

/** The line behind a list of links: `made` while a file is made, `failed` when it was not, nothing when it is there. */
function line(link: HTMLAnchorElement, text: string, failed = false): void {
  const menu = link.closest("ul") ?? link;
  let said = menu.nextElementSibling;
  if (!said?.classList.contains("being-made")) {
    said = element("p", { className: "being-made" });
    said.setAttribute("role", "status");
    menu.after(said);
  }
  said.textContent = text;
  said.classList.toggle("failed", failed);
}

/** The name that the server gives a file; else the end of its address. */
function fileName(answer: Response, address: string): string {
  const given = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") ?? "");
  return given?.[1] ?? new URL(address).pathname.split("/").pop() ?? "";
}

async function make(link: HTMLAnchorElement): Promise<void> {
  link.setAttribute("aria-busy", "true");
  line(link, link.dataset["made"] ?? "");
  try {
    const answer = await fetch(link.href);
    if (!answer.ok) throw new Error(String(answer.status));
    const held = URL.createObjectURL(await answer.blob());
    const saved = element("a");
    saved.href = held;
    saved.download = fileName(answer, link.href);
    saved.click();
    setTimeout(() => URL.revokeObjectURL(held), 60_000);
    line(link, "");
  } catch {
    line(link, link.dataset["failed"] ?? "", true);
  } finally {
    link.removeAttribute("aria-busy");
  }
}

document.addEventListener("click", (event) => {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = (event.target as Element).closest?.<HTMLAnchorElement>("a[data-made]");
  if (!link) return;
  event.preventDefault();
  if (link.getAttribute("aria-busy") !== "true") void make(link);
});
