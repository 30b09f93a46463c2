// Codes a text by keyboard, in a form marked data-coding: a theme has its key in data-coding-key, Enter saves, and
// letters press the skip and previous buttons or go to the memo. Only while the focus is in the form, and not while
// somebody writes. Without this the boxes and buttons do the same.
function find(form, name) {
  return form.querySelector(`[data-coding-${name}]`);
}

function listActions(form) {
  return {
    Enter: () => find(form, "save")?.click(),
    s: () => find(form, "skip")?.click(),
    p: () => find(form, "previous")?.click(),
    m: () => find(form, "memo")?.focus(),
  };
}

function toggle(box) {
  if (!box.disabled) {
    box.focus();
    box.click();
  }
}

function press(form, event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) {
    return;
  }
  if (event.target === find(form, "memo")) {
    if (event.key === "Escape") {
      find(form, "text").focus();
    }
    return;
  }
  if (event.key === "Enter" && event.target.closest("a, button, summary")) {
    return;
  }
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const box = [...form.querySelectorAll("[data-coding-key]")].find((each) => each.dataset.codingKey === key);
  const action = box ? () => toggle(box) : listActions(form)[key];
  if (action) {
    event.preventDefault();
    action();
  }
}

export function attachCoding(root) {
  for (const form of root.querySelectorAll("form[data-coding]")) {
    form.addEventListener("keydown", (event) => press(form, event));
    find(form, "text").focus();
  }
}
