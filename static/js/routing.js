// Shows and hides follow-up questions while the respondent answers. The server decides the same on
// saving; this only spares a round trip. Values are never cleared: who changes an answer back finds
// everything still there.
// The hidden field "routing" tells the server that a follow-up question was already seen.
//
// A question is asked when every condition in its data-ask-if holds:
//   [{"question": "code", "any_of": ["ja", "overig"]}]
// The answer of a question that is itself hidden does not count.

function findInputs(form, code) {
  return [...form.elements].filter((input) => input.name === `q-${code}`);
}

function isMet(form, { question, any_of: anyOf }) {
  return findInputs(form, question).some((input) => {
    const isGiven = input.matches("[type=radio], [type=checkbox]") ? input.checked : true;
    return isGiven && anyOf.includes(input.value) && !input.closest("[data-ask-if][hidden]");
  });
}

function readQuestion(element) {
  const form = element.closest("form");
  const conditions = JSON.parse(element.dataset.askIf);
  // Conditions on questions of another page cannot change here: the server has judged those. It
  // judged against us when it hid the question although everything on this page holds.
  const onPage = conditions.filter(({ question }) => findInputs(form, question).length > 0);
  const isSettled =
    onPage.length < conditions.length &&
    element.hidden &&
    onPage.every((condition) => isMet(form, condition));
  return { element, form, conditions: isSettled ? [] : onPage };
}

export function attachRouting(root) {
  const questions = [...root.querySelectorAll("form [data-ask-if]")]
    .map(readQuestion)
    .filter(({ conditions }) => conditions.length > 0);

  function update() {
    for (const { element, form, conditions } of questions) {
      element.hidden = !conditions.every((condition) => isMet(form, condition));
    }
  }

  for (const form of new Set(questions.map((question) => question.form))) {
    form.addEventListener("change", update);
    if (form.elements.routing) {
      form.elements.routing.value = "live";
    }
  }
  update();
}
