// One question of a form that saves itself: the words in it, and how much of them the server has.

// crypto.randomUUID exists only on https and localhost.
function makeKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0"));
  return crypto.randomUUID?.() ?? digits.join("");
}

export class SavedQuestion {
  constructor(element) {
    this.element = element;
    this.code = element.dataset.question;
    this.revision = element.querySelector("[data-revision]");
    const words = this.write();
    const isSaved = !("unsaved" in element.dataset);
    // The words that the server has, as an answer or beside a colleague's; null when it has none of these.
    this.acknowledged = isSaved ? words : null;
    // The words that it could not save: not sent again by itself until they change.
    this.rejected = isSaved ? null : words;
    // What was sent and has no answer yet.
    this.attempt = null;
  }

  get fields() {
    return [...this.element.querySelectorAll("input, textarea, select")].filter(
      (field) => field.name && field !== this.revision,
    );
  }

  read() {
    return this.fields.flatMap((field) => {
      if (field.matches("[type=radio], [type=checkbox]") && !field.checked) {
        return [];
      }
      const values = field.type === "file" ? [...field.files] : [field.value];
      return values.map((value) => [field.name, value]);
    });
  }

  write() {
    return JSON.stringify(
      this.read().map(([name, value]) =>
        value instanceof File ? [name, value.name, value.size, value.lastModified] : [name, value],
      ),
    );
  }

  // Whether there are words here that the server does not have, or perhaps not.
  get isUnsent() {
    return this.attempt !== null || this.write() !== this.acknowledged;
  }

  // A file goes with the form: choosing one is not yet sending it.
  get isSentWithForm() {
    return this.fields.some((field) => field.type === "file");
  }

  // Whether there is something to send without being asked.
  get isWaiting() {
    if (this.isSentWithForm) {
      return false;
    }
    return this.attempt !== null || ![this.acknowledged, this.rejected].includes(this.write());
  }

  makeAttempt() {
    const body = new FormData();
    body.append("key", makeKey());
    body.append(this.revision.name, this.revision.value);
    // What the server must know of the page as a whole.
    for (const field of this.element.closest("form")?.querySelectorAll("[data-sent-along]") ?? []) {
      body.append(field.name, field.value);
    }
    let size = 0;
    for (const [name, value] of this.read()) {
      body.append(name, value);
      size += new Blob([name, value]).size;
    }
    return { body, size, words: this.write() };
  }

  settle({ status, revision, html }) {
    const { words } = this.attempt;
    this.attempt = null;
    this.rejected = status === "invalid" ? words : null;
    if (status !== "invalid") {
      this.acknowledged = words;
    }
    // In a conflict the server gives back the revision it was sent: what the author saw has not changed.
    this.revision.value = revision;
    this.showMessages(html, status === "invalid");
  }

  showMessages(html, isInvalid) {
    const messages = this.element.querySelector("[data-question-messages]");
    // Only something new is announced by a screen reader.
    if (messages.innerHTML !== html) {
      messages.innerHTML = html;
    }
    this.element.classList.toggle("question--invalid", isInvalid);
    for (const field of this.fields.filter((each) => each.matches("textarea, [type=text]"))) {
      if (isInvalid) {
        field.setAttribute("aria-invalid", "true");
      } else {
        field.removeAttribute("aria-invalid");
      }
    }
  }

  // For who was on the way to another page: the choice is here.
  showConflict() {
    this.element.querySelector("[data-answer-conflict]").focus();
  }

  showLine(text) {
    const line = this.element.querySelector("[data-question-line]");
    if (line.textContent !== text) {
      line.textContent = text;
    }
  }
}
