"""Begins the demo's next questionnaire, through the same functions that the site uses."""

from dataclasses import replace
from datetime import datetime

from surveys.accounts.models import Person
from surveys.drafts.bank import put_in_bank
from surveys.drafts.editing import replace_question
from surveys.drafts.lifecycle import edit_draft, lock_core_question, start_draft
from surveys.measures.models import Measure
from surveys.questionnaire.definition import Definition
from surveys.questionnaire.models import QuestionnaireVersion
from surveys.questionnaire.queries import load_definition

TITLE = "Meting 2027"
# Asked in every version.
CORE = {
    "administratieve_lasten": "Deze vraag staat in elk rapport sinds 2022.",
    "ondersteuner_huisarts": "Hiermee volgen wij hoe snel de maatregel landelijk groeit.",
}
BANK = {
    "toegang_wachttijd": "Ook bruikbaar in een vragenlijst voor aanbieders.",
    "poh_fte": "Vraag naar fte en niet naar mensen: dat telt op.",
    "afronding_opmerkingen": "Hoort aan het eind van elke vragenlijst.",
}
REWORDED = "poh_dekking"
NEW_WORDS = "Welk deel van de huisartsen in uw gemeente werkt samen met een ondersteuner?"


def begin_next_questionnaire(version: QuestionnaireVersion, *, by: Person, at: datetime) -> None:
    """Core questions, a bank, and a draft in which somebody still has to say what other words mean for comparing."""
    for question, reason in CORE.items():
        lock_core_question(version.survey, question=question, reason=reason, by=by, at=at)
    definition = load_definition(version)
    homes = {
        question.code: section.measure for section in definition.sections for question in section.questions
    }
    for question, note in BANK.items():
        measure = Measure.objects.filter(pk=homes[question]).first()
        put_in_bank(definition.questions[question], measure=measure, note=note, by=by, at=at)
    draft = start_draft(survey=version.survey_id, title=TITLE, based_on=version, by=by, at=at)
    edit_draft(
        draft,
        revision=draft.revision,
        edit=_reword,
        action="drafts.change_question",
        by=by,
        at=at,
        question=REWORDED,
    )


def _reword(definition: Definition) -> Definition:
    question = definition.questions[REWORDED]
    return replace_question(definition, REWORDED, replace(question, text=NEW_WORDS, change=""))
