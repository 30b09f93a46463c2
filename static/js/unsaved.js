// Warns before leaving a form marked data-warn-unsaved that has changes which were not sent. With
// data-warn-unsaved="always" it came with words in it that were not saved.
export function attachUnsavedWarning(root) {
  for (const form of root.querySelectorAll("form[data-warn-unsaved]")) {
    let isChanged = form.dataset.warnUnsaved === "always";
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
