// Marks words to take out, in a form marked data-redaction: what is selected in the text is added to the passages.
// Without this they are copied or typed.
export function attachRedaction(root) {
  for (const form of root.querySelectorAll("form[data-redaction]")) {
    const text = form.querySelector("[data-redaction-text]");
    const passages = form.querySelector("[data-passages]");
    const mark = form.querySelector("[data-redaction-mark]");
    mark.hidden = false;
    mark.querySelector("button").addEventListener("click", () => {
      const selection = document.getSelection();
      const lines = selection.toString().split("\n").map((line) => line.trim()).filter(Boolean);
      if (lines.length && text.contains(selection.anchorNode) && text.contains(selection.focusNode)) {
        passages.value = [...passages.value.split("\n").filter(Boolean), ...lines].join("\n");
        passages.focus();
      }
    });
  }
}
