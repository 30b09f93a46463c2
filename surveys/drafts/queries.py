from django.db.models import Q, QuerySet
from wagtail.log_actions import registry
from wagtail.models import ModelLogEntry

from surveys.drafts.models import BankQuestion, CoreQuestion, Draft
from surveys.drafts.problems import Problem, list_problems
from surveys.questionnaire.definition import Definition, QuestionDefinition
from surveys.questionnaire.definition_document import read_document, read_question_document
from surveys.questionnaire.models import QuestionnaireVersion
from surveys.questionnaire.queries import load_definition


def load_draft_definition(draft: Draft) -> Definition:
    """What the draft says now, from the row as it was read."""
    return read_document(draft.document)


def load_bank_question(banked: BankQuestion) -> QuestionDefinition:
    return read_question_document(banked.document)


def find_former(survey: str) -> QuestionnaireVersion | None:
    """The version that the next one of this survey will follow; None for a new survey."""
    return QuestionnaireVersion.objects.filter(survey=survey).order_by("number").last()


def load_former(survey: str) -> Definition | None:
    """What that version asks."""
    former = find_former(survey)
    return load_definition(former) if former else None


def find_next_number(survey: str) -> int:
    former = find_former(survey)
    return former.number + 1 if former else 1


def list_core_codes(survey: str) -> frozenset[str]:
    """The codes of the questions of this survey that must stay as they are."""
    return frozenset(CoreQuestion.objects.filter(survey=survey).values_list("question", flat=True))


def list_draft_problems(draft: Draft) -> list[Problem]:
    """What is left to do, and whether a version came in between since the draft was begun."""
    former = find_former(draft.survey_code)
    problems = list_problems(
        load_draft_definition(draft),
        former=load_former(draft.survey_code),
        core=list_core_codes(draft.survey_code),
    )
    is_overtaken = (
        former is not None
        and draft.based_on is not None
        and draft.based_on.survey_id == former.survey_id
        and draft.based_on.number < former.number
    )
    if is_overtaken and former and draft.based_on:
        problems.append(
            Problem(
                f"Dit concept begon bij versie {draft.based_on.number}, maar versie {former.number} is al "
                "gepubliceerd. Kijk bij het publiceren goed wat er verandert.",
                is_blocking=False,
            )
        )
    return problems


def list_drafts() -> QuerySet[Draft]:
    """What is being worked on, the latest change first."""
    drafts = Draft.objects.filter(published_as=None)
    return drafts.select_related("based_on", "changed_by").defer("document")


def list_draft_history(draft: Draft) -> QuerySet[ModelLogEntry]:
    """Who did what and when, the latest first."""
    entries: QuerySet[ModelLogEntry] = registry.get_logs_for_instance(draft)
    return entries.select_related("user")


def search_bank(words: str = "") -> QuerySet[BankQuestion]:
    """The questions in which every word occurs: in code, text, note or the name of the measure."""
    found = BankQuestion.objects.select_related("measure", "added_by")
    for word in words.split()[:10]:
        found = found.filter(
            Q(code__icontains=word)
            | Q(text__icontains=word)
            | Q(note__icontains=word)
            | Q(measure__name__icontains=word)
        )
    return found


def list_latest_definitions() -> list[Definition]:
    """What the last version of every survey asks."""
    latest = {version.survey_id: version for version in QuestionnaireVersion.objects.order_by("number")}
    return [load_definition(version) for _, version in sorted(latest.items())]


def list_core_questions() -> QuerySet[CoreQuestion]:
    return CoreQuestion.objects.select_related("survey", "locked_by")
