// First of the scripts of an edition: from here on nothing asks a server.
import { page } from "../alone.ts";
import { fitting, search } from "./find.ts";
import { held, root } from "./held.ts";

page.alone = {
  get: (address) => held(new URL(address, window.location.href).href.replace(/[?#].*/, "").slice(root.length).replace(/\.(?:geo)?json$/, "")),
  fitting,
  search: (typed) => search(typed),
};
for (const note of document.querySelectorAll(".edition-note")) note.remove(); // what it says needs a script is there
