// Shows what the server answers to a button without leaving the page.
//
// <button name="…" value="…" data-swap="#fields, .messages">
//
// The form is sent as the button would; of the page that comes back, only the parts that data-swap
// names are put in place. Without this script, or when something goes wrong, the whole page comes.
// The keyboard goes on at the element marked autofocus, or else at the same button, or at what the
// button was about: the element around it that can have focus, or the one that data-focus names.

function findSame(root, { name, value }) {
  return [...root.querySelectorAll("button")].find(
    (button) => button.name === name && button.value === value && !button.hidden,
  );
}

function moveFocus(button, subject) {
  const target =
    document.querySelector("[data-swapped] [autofocus]") ??
    findSame(document, button) ??
    document.getElementById(subject);
  target?.focus();
}

function swapParts(selectors, answer) {
  for (const selector of selectors) {
    const [here, there] = [document.querySelector(selector), answer.querySelector(selector)];
    if (here && there) {
      const fresh = document.importNode(there, true);
      fresh.dataset.swapped = "";
      here.replaceWith(fresh);
    }
  }
}

async function send(form, button) {
  const [main, ...others] = button.dataset.swap.split(",").map((selector) => selector.trim());
  const response = await fetch(form.action, { method: "POST", body: new FormData(form, button) });
  const answer = new DOMParser().parseFromString(await response.text(), "text/html");
  if (!answer.querySelector(main)) {
    throw new Error(`No ${main} in the answer`);
  }
  swapParts([main, ...others], answer);
}

export function attachSwap(root) {
  let isBusy = false;
  root.addEventListener("submit", async (event) => {
    const button = event.submitter;
    if (!button?.dataset.swap) {
      return;
    }
    event.preventDefault();
    if (isBusy) {
      return;
    }
    isBusy = true;
    const form = event.target;
    const subject = button.dataset.focus ?? button.closest("[tabindex][id]")?.id ?? "";
    try {
      await send(form, button);
      moveFocus(button, subject);
      root.dispatchEvent(new CustomEvent("swapped"));
      // What was typed is still not kept: unsaved.js warns again.
      form.dispatchEvent(new Event("input", { bubbles: true }));
    } catch {
      delete button.dataset.swap;
      form.requestSubmit(button);
    } finally {
      isBusy = false;
    }
  });
}
