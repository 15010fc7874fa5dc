// The first script of an edition: lets pages use the edition's files instead of a server.
import { page } from "../static-edition-interface.ts";
import { loadFile, root } from "./data-file-loading.ts";
import { matching, search } from "./offline-search.ts";

page.edition = {
  get: (address) => loadFile(new URL(address, window.location.href).href.replace(/[?#].*/, "").slice(root.length).replace(/\.(?:geo)?json$/, "")),
  matching,
  search: (typed) => search(typed),
};
// These notes say that the page needs scripts. They are no longer needed, because scripts are running.
for (const note of document.querySelectorAll(".edition-note")) note.remove();
