// Saves every answer by itself: after a short pause, on leaving the field and on leaving the page.
//
// <form data-autosave="/…/bewaren/" data-person="12">       who the page was made for
//   <div data-question="code" data-unsaved?>                 data-unsaved: came with words not in the database
//     <input type="hidden" name="r-code" data-revision>      the revision that these words started from
//     <div data-question-messages></div>                     replaced after a save
//     <p data-question-line></p>                             "Nog niet opgeslagen"
// Anywhere in the document:
//   <p data-save-status>Opgeslagen om 10:42</p>            only when nothing is still to be saved
//   <p data-colleagues></p>                                  who else is here
//   <div data-save-problem></div>                            why saving does not work now, and how to go on
//   <template data-connection-lost>, <template data-other-person>   what to say there
//
// A question that changed is sent under a key of its own. Of a save that got no answer nobody knows whether it
// arrived: the same words are sent again under the same key, before anything newer. So each question has one save
// under way, and its newest words are next. What was not changed is not sent, with the form neither.
//
// What could not be sent stays in the page and nowhere else. Not in localStorage: these computers are shared, and
// the answers would lie there for whoever sits down next.
import { ask, show } from "./asking.js";
import { SavedQuestion } from "./saved-question.js";

const PAUSE_MILLISECONDS = 1000;
const FIRST_RETRY_MILLISECONDS = 2000;
const LONGEST_RETRY_MILLISECONDS = 60000;
const LOOK_AROUND_MILLISECONDS = 20000;
// A browser lets this much go on being sent after the page has gone.
const KEEPALIVE_BYTES = 60000;
const SAVING = "Bezig met opslaan…";
const NOT_ALL_SAVED = "Nog niet alles is opgeslagen.";
const NOT_SAVED = "Nog niet opgeslagen.";
const SEND_WITH_FORM = "Nog niet opgeslagen. Kies onderaan “Opslaan”.";
const NOT_ACCEPTED =
  "Dit antwoord is niet opgeslagen: de server neemt het niet aan. Maak het korter en probeer het opnieuw.";

class Autosave {
  constructor(form) {
    this.form = form;
    this.questions = [...form.querySelectorAll("[data-question]")].map(
      (element) => new SavedQuestion(element),
    );
    this.underWay = new Map();
    this.pauses = new Map();
    this.retryDelay = FIRST_RETRY_MILLISECONDS;
    this.isConnected = true;
    this.refusal = null;
    this.savedAt = null;
    this.newConflict = null;
    this.isSubmitting = false;
    this.isLeaving = false;
  }

  // --- Sending ---

  save(question) {
    clearTimeout(this.pauses.get(question));
    if (!this.underWay.has(question)) {
      const sending = this.sendWords(question).finally(() => this.underWay.delete(question));
      this.underWay.set(question, sending);
    }
    return this.underWay.get(question);
  }

  saveAll() {
    return Promise.all(
      this.questions.filter((question) => question.isWaiting).map((question) => this.save(question)),
    );
  }

  saveAfterPause(question) {
    clearTimeout(this.pauses.get(question));
    this.pauses.set(
      question,
      setTimeout(() => this.save(question), PAUSE_MILLISECONDS),
    );
  }

  async sendWords(question) {
    while (question.isWaiting && !this.refusal) {
      question.attempt ??= question.makeAttempt();
      this.showProgress();
      const answer = await this.post(question.attempt);
      if (answer === null) {
        this.loseConnection();
        return;
      }
      this.regainConnection();
      if (answer.refusal) {
        this.refuse(answer);
        return;
      }
      this.showAnswer(question, answer);
    }
  }

  post({ body, size }) {
    return ask(this.form.dataset.autosave, {
      method: "POST",
      body,
      headers: { "X-CSRFToken": this.form.elements.csrfmiddlewaretoken.value },
      keepalive: size < KEEPALIVE_BYTES,
    });
  }

  showAnswer(question, answer) {
    if (answer.isNotAccepted) {
      question.settle({ status: "invalid", revision: question.revision.value, html: "" });
      question.showLine(NOT_ACCEPTED);
    } else {
      const result = answer.questions[question.code];
      question.settle(result);
      question.showLine("");
      this.newConflict = result.status === "conflict" ? question : this.newConflict;
      this.savedAt = result.status === "invalid" ? this.savedAt : answer.saved_at;
    }
    this.showProgress();
  }

  showProgress() {
    const isStuck = this.refusal || !this.isConnected;
    if (!isStuck && this.questions.some((question) => question.isWaiting)) {
      show("[data-save-status]", SAVING);
    } else if (this.questions.some((question) => question.isUnsent)) {
      show("[data-save-status]", NOT_ALL_SAVED);
    } else if (this.savedAt) {
      show("[data-save-status]", `Opgeslagen om ${this.savedAt}`);
    }
  }

  saveOrAsk(question) {
    this.save(question);
    if (question.isSentWithForm) {
      question.showLine(question.isUnsent ? SEND_WITH_FORM : "");
    }
  }

  // --- When it does not work ---

  loseConnection() {
    if (this.isConnected) {
      this.isConnected = false;
      this.showProblem(document.querySelector("[data-connection-lost]").innerHTML);
    }
    this.markUnsent();
    this.retry ??= setTimeout(() => this.tryAgain(), this.retryDelay);
  }

  tryAgain() {
    this.retry = null;
    this.retryDelay = Math.min(this.retryDelay * 2, LONGEST_RETRY_MILLISECONDS);
    this.saveAll();
  }

  regainConnection() {
    if (!this.isConnected) {
      this.isConnected = true;
      this.retryDelay = FIRST_RETRY_MILLISECONDS;
      this.showProblem("");
      this.saveAll();
    }
  }

  // Signed out, no longer a colleague, submitted or closed: the words stay, and nothing is sent by itself.
  refuse(answer) {
    this.refusal = answer;
    this.showProblem(answer.refusal);
    this.markUnsent();
  }

  markUnsent() {
    for (const question of this.questions.filter((each) => each.isWaiting)) {
      question.showLine(NOT_SAVED);
    }
    this.showProgress();
  }

  showProblem(html) {
    document.querySelector("[data-save-problem]").innerHTML = html;
  }

  // --- Colleagues, and signing in again on another tab ---

  async lookAround() {
    const mayResume = !this.refusal || this.refusal.may_resume;
    if (document.visibilityState !== "visible" || !mayResume) {
      return;
    }
    const answer = await ask(this.form.dataset.autosave);
    if (answer?.refusal) {
      this.refuse(answer);
    } else if (answer?.person) {
      this.meet(answer);
    }
  }

  meet({ person, token, colleagues, changes }) {
    if (String(person) !== this.form.dataset.person) {
      const words = document.querySelector("[data-other-person]").innerHTML;
      this.refuse({ refusal: words, may_resume: true });
      return;
    }
    this.form.elements.csrfmiddlewaretoken.value = token;
    show("[data-colleagues]", colleagues);
    for (const question of this.questions) {
      const change = changes[question.code];
      if (!question.isUnsent && change) {
        question.showLine(change.revision > Number(question.revision.value) ? change.line : "");
      }
    }
    if (this.refusal) {
      this.refusal = null;
      this.showProblem("");
      this.saveAll();
    }
  }

  // --- Leaving ---

  // What is still to be saved goes first, so that only what cannot be saved goes along with the form.
  async leaveWithForm(event) {
    if (this.isLeaving || !this.questions.some((question) => question.isWaiting)) {
      this.isLeaving = true;
      return;
    }
    event.preventDefault();
    if (this.isSubmitting) {
      return;
    }
    this.isSubmitting = true;
    this.newConflict = null;
    await this.saveAll();
    this.isSubmitting = false;
    if (this.newConflict) {
      this.newConflict.showConflict();
      return;
    }
    // A button that went with a message that was replaced asks for something that is no longer there.
    if (this.isConnected && event.submitter?.isConnected) {
      this.isLeaving = true;
      this.form.requestSubmit(event.submitter);
    }
  }

  leaveOutWhatIsSaved({ formData }) {
    for (const question of this.questions.filter((each) => !each.isUnsent)) {
      for (const { name } of [question.revision, ...question.fields]) {
        formData.delete(name);
      }
    }
  }

  warnBeforeLeaving(event) {
    if (this.isLeaving) {
      return;
    }
    this.saveAll();
    const isStuck = this.refusal || !this.isConnected || !navigator.onLine;
    const isAtRisk = (question) =>
      question.isUnsent &&
      (isStuck || !question.isWaiting || question.attempt?.size >= KEEPALIVE_BYTES);
    if (this.questions.some(isAtRisk)) {
      event.preventDefault();
    }
  }

  // The page goes: the newest words do not wait for the save that is under way.
  sendLastWords() {
    this.saveAll();
    for (const question of this.questions) {
      if (!this.isLeaving && !this.refusal && question.attempt && question.attempt.words !== question.write()) {
        this.post(question.makeAttempt());
      }
    }
  }

  start() {
    // A browser that fills in a form after going back would put old words next to a new revision.
    this.form.autocomplete = "off";
    for (const question of this.questions) {
      question.element.addEventListener("input", () => this.saveAfterPause(question));
      question.element.addEventListener("change", () => this.saveOrAsk(question));
      question.element.addEventListener("focusout", () => this.save(question));
    }
    this.form.addEventListener("submit", (event) => this.leaveWithForm(event));
    this.form.addEventListener("formdata", (event) => this.leaveOutWhatIsSaved(event));
    window.addEventListener("online", () => this.saveAll());
    window.addEventListener("beforeunload", (event) => this.warnBeforeLeaving(event));
    window.addEventListener("pagehide", () => this.sendLastWords());
    window.addEventListener("pageshow", () => {
      this.isLeaving = false;
    });
    document.addEventListener("visibilitychange", () => {
      this.saveAll();
      this.lookAround();
    });
    setInterval(() => this.lookAround(), LOOK_AROUND_MILLISECONDS);
  }
}

export function attachAutosave(root) {
  for (const form of root.querySelectorAll("form[data-autosave]")) {
    new Autosave(form).start();
  }
}
