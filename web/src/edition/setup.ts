// The first script of an edition: makes the edition's files answer in place of a server.
import { page } from "../edition-interface.ts";
import { loadFile, root } from "./files.ts";
import { matching, search } from "./offline-search.ts";

page.edition = {
  get: (address) => loadFile(new URL(address, window.location.href).href.replace(/[?#].*/, "").slice(root.length).replace(/\.(?:geo)?json$/, "")),
  matching,
  search: (typed) => search(typed),
};
// These notes say that the page needs scripts, which are running.
for (const note of document.querySelectorAll(".edition-note")) note.remove();
