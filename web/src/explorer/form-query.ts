// The form of the filters and the query of the address: each follows the other.
import { element } from "../dom.ts";
import { markChosen } from "./facet-counts-and-menus.ts";
import { listedQuery, listsSystems, ONLY_SYSTEMS } from "./systems-or-projects.ts";

/** Parameters outside the form that survive a change of filters. */
const PERSISTENT = ["sort", "order", "size", "at"] as const;

/** Returns the query of the form's fields, with the parameters that survive a change of filters. */
export function queryOf(form: HTMLFormElement): URLSearchParams {
  const query = new URLSearchParams();
  for (const [key, value] of new FormData(form)) if (typeof value === "string" && value.trim() !== "") query.append(key, value.trim());
  const current = new URLSearchParams(window.location.search);
  for (const key of PERSISTENT) for (const value of current.getAll(key)) query.append(key, value);
  const [system] = ONLY_SYSTEMS;
  const rest = new URLSearchParams([...query].filter(([name]) => name !== system));
  return listsSystems(rest) && query.has(system) ? rest : query; // The page lists only systems until the reader chooses something.
}

/** Sets the fields of the form to a query. */
export function fill(form: HTMLFormElement, query: URLSearchParams): void {
  setField(form, ONLY_SYSTEMS[0], ""); // The hidden field may be missing.
  for (const field of form.elements) {
    if (field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio")) field.checked = query.getAll(field.name).includes(field.value);
    else if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = listedQuery(query).get(field.name) ?? "";
  }
  markChosen(form);
}

/** Sets a parameter, with a new hidden field if the form has none for it. */
export function setField(form: HTMLFormElement, name: string, value: string): void {
  let field = form.querySelector<HTMLInputElement>(`input[name="${name}"]`);
  if (!field) {
    field = element("input");
    field.type = "hidden";
    field.name = name;
    form.append(field);
  }
  field.value = value;
}
