// What every form that saves by itself needs: asking the server, and saying how it went.
const TIMEOUT_MILLISECONDS = 30000;

// The server's answer, or null when there is none: no connection, or a server that is not itself.
export async function ask(url, options = {}) {
  try {
    const response = await fetch(url, {
      ...options,
      headers: { Accept: "application/json", ...options.headers },
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    });
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
    if (isJson) {
      return await response.json();
    }
    const isBusy = response.status >= 500 || response.status === 429;
    return isBusy || response.ok ? null : { isNotAccepted: true };
  } catch {
    return null;
  }
}

// Only a new text is announced by a screen reader.
export function show(selector, text) {
  const element = document.querySelector(selector);
  if (element.textContent !== text) {
    element.textContent = text;
  }
}
