// Follows a job on the server until its file is ready.
//
// <div data-progress-url="/…/status/">
//   <progress max="100" value="0" aria-label="…"></progress>
//   <p role="status" data-progress-status>…</p>
//   <a data-progress-link hidden>Bestand ophalen</a>
//   <a href="/…/" data-progress-also hidden>What is there when the file is</a>
// </div>
//
// The address answers with JSON: {"status": "queued|running|done|failed", "progress": 0-100 or null when nobody knows,
// "message": "…", "file_url": null | "…"}.
const INTERVAL_MILLISECONDS = 1000;
const LONGEST_INTERVAL_MILLISECONDS = 30000;
const CONNECTION_LOST = "Er is even geen verbinding. We proberen het opnieuw.";
const NOT_AVAILABLE = "De voortgang is niet op te vragen. Vernieuw de pagina.";

async function fetchProgress(url) {
  const response = await fetch(url, { headers: { Accept: "application/json" } });
  if (response.status >= 500) {
    throw new Error(`Progress answered ${response.status}`);
  }
  // Signed out or removed in the meantime: asking again does not help.
  return response.ok && !response.redirected
    ? response.json()
    : { status: "failed", progress: 0, message: NOT_AVAILABLE, file_url: null };
}

function showStatus(container, message) {
  const status = container.querySelector("[data-progress-status]");
  // Only a new message is announced by a screen reader.
  if (status.textContent !== message) {
    status.textContent = message;
  }
}

function showProgress(container, { progress, message, file_url: fileUrl }) {
  const bar = container.querySelector("progress");
  if (progress === null) {
    bar.removeAttribute("value");
  } else {
    bar.value = progress;
  }
  showStatus(container, message);
  const link = container.querySelector("[data-progress-link]");
  if (fileUrl) {
    link.href = fileUrl;
    link.hidden = false;
    for (const also of container.querySelectorAll("[data-progress-also]")) {
      also.hidden = false;
    }
  }
}

async function follow(container) {
  let interval = INTERVAL_MILLISECONDS;
  let isFinished = false;
  while (!isFinished) {
    try {
      const job = await fetchProgress(container.dataset.progressUrl);
      showProgress(container, job);
      isFinished = job.status === "done" || job.status === "failed";
      interval = INTERVAL_MILLISECONDS;
    } catch {
      showStatus(container, CONNECTION_LOST);
      interval = Math.min(interval * 2, LONGEST_INTERVAL_MILLISECONDS);
    }
    if (!isFinished) {
      await new Promise((resolve) => setTimeout(resolve, interval));
    }
  }
}

export function attachProgress(root) {
  for (const container of root.querySelectorAll("[data-progress-url]")) {
    follow(container);
  }
}
