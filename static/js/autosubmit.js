// Sends a filter form marked data-autosubmit as soon as a choice changes, and puts focus back on
// that choice after the page has loaded. Not on a narrow screen: there the panel covers the
// results and the reader first makes all choices. The form's own button keeps working everywhere.
const WIDE_SCREEN = "(min-width: 48rem)";
const FOCUS_KEY = "autosubmit-focus";

function restoreFocus() {
  const id = sessionStorage.getItem(FOCUS_KEY);
  sessionStorage.removeItem(FOCUS_KEY);
  if (id) {
    document.getElementById(id)?.focus({ preventScroll: true });
  }
}

export function attachAutosubmit(root) {
  for (const form of root.querySelectorAll("form[data-autosubmit]")) {
    restoreFocus();
    for (const hint of form.querySelectorAll("[data-autosubmit-hint]")) {
      hint.hidden = !window.matchMedia(WIDE_SCREEN).matches;
    }
    form.addEventListener("change", (event) => {
      const isChoice = event.target.matches("select, input[type=checkbox], input[type=radio]");
      if (isChoice && window.matchMedia(WIDE_SCREEN).matches) {
        sessionStorage.setItem(FOCUS_KEY, event.target.id);
        form.requestSubmit();
      }
    });
  }
}
