// Keyboard shortcuts of the desk, which also works without this file. A key chooses a verdict and submits the form. If a
// required field is empty, the key moves the focus there, and Enter submits.
// Single keys are off until the editor turns them on, because a key pressed by accident must not make a judgement.

const form = document.getElementById("judge");
const STORE = "overt-desk-keys";

if (form) {
  const keys = { s: "same", d: "different", u: "unsure" };
  // Only a proposed relation has a key. An editor has to choose any other relation in the form.
  if (form.querySelector('.desk-actions button[value="related"]')) keys.r = "related";
  const button = (verdict) => form.querySelector(`button[value="${verdict}"]`);
  const fields = [...form.querySelectorAll("input[required]")];
  const actions = form.querySelector(".desk-actions");

  const said = document.createElement("span");
  said.className = "small";
  said.setAttribute("role", "status");

  const label = document.createElement("label");
  label.className = "desk-keys";
  const box = document.createElement("input");
  box.type = "checkbox";
  try { box.checked = localStorage.getItem(STORE) === "on"; } catch { /* storage may be turned off */ }
  box.addEventListener("change", () => {
    try { localStorage.setItem(STORE, box.checked ? "on" : "off"); } catch { /* the choice then lasts only until the page is left */ }
  });
  label.append(box, `Single keys: ${[...Object.keys(keys), "n", "b"].join(", ")}`);
  actions.append(label, said);

  let chosen = null;

  const choose = (verdict) => {
    chosen = verdict;
    const empty = fields.find((field) => !field.value.trim());
    if (!empty) {
      form.requestSubmit(button(verdict));
      return;
    }
    said.textContent = `${button(verdict).textContent}: fill in, then press Enter.`;
    empty.focus();
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const held = event.target;
    const typing = (held instanceof HTMLInputElement && held.type !== "checkbox") || held instanceof HTMLSelectElement;
    if (typing) {
      if (event.key === "Enter" && chosen) {
        event.preventDefault();
        choose(chosen);
      } else if (event.key === "Escape") {
        chosen = null;
        said.textContent = "";
        event.target.blur();
      }
      return;
    }
    if (!box.checked) return;
    const key = event.key.toLowerCase();
    if (keys[key]) {
      event.preventDefault();
      choose(keys[key]);
    } else if (key === "n" || key === "b") {
      form.querySelector(`a[rel="${key === "n" ? "next" : "prev"}"]`)?.click();
    }
  });
}
