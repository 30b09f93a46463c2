// Warns before leaving a form marked data-warn-unsaved that has changes which were not sent.
export function attachUnsavedWarning(root) {
  for (const form of root.querySelectorAll("form[data-warn-unsaved]")) {
    let isChanged = false;
    form.addEventListener("input", () => {
      isChanged = true;
    });
    form.addEventListener("submit", () => {
      isChanged = false;
    });
    window.addEventListener("beforeunload", (event) => {
      if (isChanged) {
        event.preventDefault();
      }
    });
  }
}
