// Dragging in an outline, beside the buttons that do the same.
//
// <form data-outline>
//   <input name="section"> <input name="position"> <button name="move" data-drop hidden>
//   <section data-drag="section.werk"> <span data-handle>
//     <ol data-drop-into="werk"> <li data-drag="question.fte"> <span data-handle>
//
// An element can be dragged by its handle. Where it is dropped goes to the server through the hidden
// button; the page then shows what the server made of it.

function isOfKind(element, kind) {
  return element?.dataset.drag?.startsWith(`${kind}.`);
}

function listSiblings(element, kind) {
  return [...element.children].filter((child) => isOfKind(child, kind));
}

function findPlace(dragged, event) {
  const [kind] = dragged.dataset.drag.split(".");
  const list =
    kind === "question" ? event.target.closest("[data-drop-into]") : dragged.closest("[data-outline]");
  if (!list) {
    return null;
  }
  const others = listSiblings(list, kind).filter((child) => child !== dragged);
  const next = others.findIndex((child) => {
    const { top, height } = child.getBoundingClientRect();
    return event.clientY < top + height / 2;
  });
  return { list, others, position: next === -1 ? others.length : next };
}

function showPlace(dragged, { list, others, position }) {
  if (position < others.length) {
    others[position].before(dragged);
  } else if (others.length > 0) {
    others.at(-1).after(dragged);
  } else {
    list.append(dragged);
  }
}

export function attachReorder(root) {
  let dragged = null;
  let place = null;

  root.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest("[data-handle]");
    if (handle) {
      handle.closest("[data-drag]").draggable = true;
    }
  });
  root.addEventListener("pointerup", (event) => {
    const element = event.target.closest?.("[data-drag]");
    element?.removeAttribute("draggable");
  });
  root.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-drag][draggable]") ?? null;
    place = null;
  });
  root.addEventListener("dragover", (event) => {
    const found = dragged && findPlace(dragged, event);
    if (found) {
      event.preventDefault();
      place = found;
      showPlace(dragged, place);
    }
  });
  root.addEventListener("drop", (event) => {
    const form = dragged?.closest("[data-outline]");
    if (!form || !place) {
      return;
    }
    event.preventDefault();
    form.elements.section.value = place.list.dataset.dropInto ?? "";
    form.elements.position.value = place.position;
    const button = form.querySelector("[data-drop]");
    button.value = `${dragged.dataset.drag}.to`;
    button.dataset.focus = dragged.id;
    form.requestSubmit(button);
  });
  root.addEventListener("dragend", () => {
    dragged?.removeAttribute("draggable");
    dragged = null;
  });
}
