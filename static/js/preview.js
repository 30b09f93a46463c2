// Keeps a preview in another window up to date with the draft that is being changed.
//
// On the pages of the draft: <div data-draft="3" data-revision="7">
// On the preview: <form data-preview="3" data-revision="6"> with a button data-refresh, which sends
// what was tried out along, so that it is still there afterwards.
const CHANNEL = "draft";

export function attachPreview(root) {
  const form = root.querySelector("form[data-preview]");
  if (form) {
    new BroadcastChannel(CHANNEL).addEventListener("message", ({ data }) => {
      const isOlder = Number(form.dataset.revision) < data.revision;
      if (data.draft === form.dataset.preview && isOlder) {
        form.requestSubmit(form.querySelector("[data-refresh]"));
      }
    });
  }
  const draft = root.querySelector("[data-draft]");
  if (draft) {
    const channel = new BroadcastChannel(CHANNEL);
    const tell = () => {
      const revision =
        root.querySelector("[data-outline] [name=revision]")?.value ?? draft.dataset.revision;
      channel.postMessage({ draft: draft.dataset.draft, revision: Number(revision) });
    };
    root.addEventListener("swapped", tell);
    tell();
  }
}
