// Links to files that the server makes on request (`a[data-made]`) show a line while the file is being made, and another if that
// fails. Without this script, or opened in a new tab, they work as plain links.
import { element } from "./dom.ts";

/** Shows a line below the list that contains the link, or below the link itself. `failed`: whether it reports a failure. */
function line(link: HTMLAnchorElement, text: string, failed = false): void {
  const menu = link.closest("ul") ?? link;
  let status = menu.nextElementSibling;
  if (!status?.classList.contains("being-made")) {
    status = element("p", { className: "being-made" });
    status.setAttribute("role", "status");
    menu.after(status);
  }
  status.textContent = text;
  status.classList.toggle("failed", failed);
}

/** Returns the file name in the response's Content-Disposition header, otherwise the last part of the address. */
function fileName(answer: Response, address: string): string {
  const match = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") ?? "");
  return match?.[1] ?? new URL(address).pathname.split("/").pop() ?? "";
}

async function download(link: HTMLAnchorElement): Promise<void> {
  link.setAttribute("aria-busy", "true");
  line(link, link.dataset["made"] ?? "");
  try {
    const answer = await fetch(link.href);
    if (!answer.ok) throw new Error(String(answer.status));
    const url = URL.createObjectURL(await answer.blob());
    const saved = element("a");
    saved.href = url;
    saved.download = fileName(answer, link.href);
    saved.click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
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
  if (link.getAttribute("aria-busy") !== "true") void download(link);
});
