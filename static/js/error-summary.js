// Moves focus to the error summary, so that everyone starts at the list of what to correct.
export function attachErrorSummary(root) {
  root.querySelector("[data-error-summary]")?.focus();
}
