// Saves a whole form by itself: after a short pause, on leaving a field and on leaving the page.
//
// <form data-form-autosave="/…/bewaren/" data-person="12">   who the page was made for
//   <div data-part="title">
//     <input type="hidden" name="begun-title" data-begun>     what these words started from
//     <div data-part-conflict></div>                         a colleague's words, and buttons to choose
//     <p data-part-line></p>                                   why this part is not saved
// Anywhere in the document:
//   <p data-save-status>, <div data-save-problem>, <div data-completeness>
//   <template data-connection-lost>, <template data-other-person>
//
// One save is under way at a time; what is typed meanwhile goes with the next. Saying with every part what it started
// from makes sending twice harmless, and lets the server see what a colleague changed. What could not be sent stays
// in the page and nowhere else: these computers are shared.
import { ask, show } from "./asking.js";

const PAUSE_MILLISECONDS = 1000;
const FIRST_RETRY_MILLISECONDS = 2000;
const LONGEST_RETRY_MILLISECONDS = 60000;
// A browser lets this much go on being sent after the page has gone.
const KEEPALIVE_BYTES = 60000;
const SAVING = "Bezig met opslaan…";
const NOT_ALL_SAVED = "Nog niet alles is opgeslagen.";

class FormAutosave {
  constructor(form) {
    this.form = form;
    this.savedWords = this.writeWords();
    this.underWay = null;
    this.refusal = null;
    this.isConnected = true;
    this.isLeaving = false;
    this.retryDelay = FIRST_RETRY_MILLISECONDS;
  }

  // All that a person can change, as one text. Not what each part started from: that moves with every save.
  writeWords() {
    const typed = [...new FormData(this.form)].filter(([name]) => name.startsWith("q-"));
    return new URLSearchParams(typed).toString();
  }

  get isUnsent() {
    return this.writeWords() !== this.savedWords;
  }

  // --- Sending ---

  saveAfterPause() {
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.save(), PAUSE_MILLISECONDS);
  }

  save() {
    clearTimeout(this.pause);
    this.underWay ??= this.send().finally(() => {
      this.underWay = null;
    });
    return this.underWay;
  }

  async send() {
    while (this.isUnsent && !this.refusal) {
      const words = this.writeWords();
      show("[data-save-status]", SAVING);
      const answer = await this.post();
      if (answer === null || answer.isNotAccepted) {
        this.loseConnection();
        return;
      }
      this.regainConnection();
      if (answer.refusal) {
        this.refuse(answer);
        return;
      }
      this.savedWords = words;
      this.showAnswer(answer);
    }
  }

  post() {
    const body = new URLSearchParams(new FormData(this.form));
    return ask(this.form.dataset.formAutosave, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": this.form.elements.csrfmiddlewaretoken.value },
      keepalive: body.toString().length < KEEPALIVE_BYTES,
    });
  }

  showAnswer({ saved_at: savedAt, meter, parts }) {
    let isAllSaved = true;
    for (const element of this.form.querySelectorAll("[data-part]")) {
      const { begun, error, conflict } = parts[element.dataset.part];
      if (begun) {
        element.querySelector("[data-begun]").value = begun;
      }
      element.querySelector("[data-part-line]").textContent = error;
      const place = element.querySelector("[data-part-conflict]");
      if (Boolean(conflict) !== Boolean(place.firstElementChild)) {
        place.innerHTML = conflict;
      }
      isAllSaved &&= !error && !conflict;
    }
    document.querySelector("[data-completeness]").innerHTML = meter;
    show("[data-save-status]", isAllSaved ? `Opgeslagen om ${savedAt}` : NOT_ALL_SAVED);
  }

  // --- When it does not work ---

  loseConnection() {
    if (this.isConnected) {
      this.isConnected = false;
      this.showProblem(document.querySelector("[data-connection-lost]").innerHTML);
    }
    show("[data-save-status]", NOT_ALL_SAVED);
    this.retry ??= setTimeout(() => {
      this.retry = null;
      this.save();
    }, this.retryDelay);
    this.retryDelay = Math.min(this.retryDelay * 2, LONGEST_RETRY_MILLISECONDS);
  }

  regainConnection() {
    if (!this.isConnected) {
      this.isConnected = true;
      this.retryDelay = FIRST_RETRY_MILLISECONDS;
      this.showProblem("");
    }
  }

  // Signed out, no longer a colleague, sent in meanwhile: the words stay, and nothing is sent by itself.
  refuse(answer) {
    this.refusal = answer;
    this.showProblem(answer.refusal);
    show("[data-save-status]", NOT_ALL_SAVED);
  }

  showProblem(html) {
    document.querySelector("[data-save-problem]").innerHTML = html;
  }

  // Back on this tab, perhaps signed in again on another.
  async lookAround() {
    if (document.visibilityState !== "visible" || !this.refusal?.may_resume) {
      return;
    }
    const answer = await ask(this.form.dataset.formAutosave);
    if (!answer?.person) {
      return;
    }
    if (String(answer.person) !== this.form.dataset.person) {
      this.showProblem(document.querySelector("[data-other-person]").innerHTML);
      return;
    }
    this.form.elements.csrfmiddlewaretoken.value = answer.token;
    this.refusal = null;
    this.showProblem("");
    this.save();
  }

  // --- Leaving ---

  // What is under way first says what the words start from; otherwise they would stand beside themselves. Without a
  // connection the browser would leave for a page that does not come, and the words with it.
  async leaveWithForm(event) {
    if (this.isLeaving || (!this.underWay && this.isConnected)) {
      this.isLeaving = true;
      return;
    }
    event.preventDefault();
    await this.save();
    if (this.isConnected) {
      this.isLeaving = true;
      this.form.requestSubmit(event.submitter?.isConnected ? event.submitter : undefined);
    }
  }

  warnBeforeLeaving(event) {
    if (this.isLeaving || !this.isUnsent) {
      return;
    }
    this.save();
    if (this.refusal || !this.isConnected || !navigator.onLine) {
      event.preventDefault();
    }
  }

  start() {
    // A browser that fills in a form after going back would put old words next to a new beginning.
    this.form.autocomplete = "off";
    this.form.addEventListener("input", () => this.saveAfterPause());
    this.form.addEventListener("focusout", () => this.save());
    this.form.addEventListener("submit", (event) => this.leaveWithForm(event));
    window.addEventListener("online", () => this.save());
    window.addEventListener("beforeunload", (event) => this.warnBeforeLeaving(event));
    window.addEventListener("pagehide", () => {
      if (!this.isLeaving) {
        this.save();
      }
    });
    window.addEventListener("pageshow", () => {
      this.isLeaving = false;
    });
    document.addEventListener("visibilitychange", () => {
      this.save();
      this.lookAround();
    });
  }
}

export function attachFormAutosave(root) {
  for (const form of root.querySelectorAll("form[data-form-autosave]")) {
    new FormAutosave(form).start();
  }
}
