"""The only writers of drafts. Every verb looks at the draft anew under a lock and leaves a line in the trail."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from surveys.accounts.models import Person
from surveys.drafts.core_questions import find_changed_core, find_touched_core
from surveys.drafts.editing import Edit, EditRefused, clear_changes, find_breaks
from surveys.drafts.models import CoreQuestion, Draft
from surveys.drafts.problems import describe_changed_core, list_problems
from surveys.drafts.queries import (
    find_former,
    find_next_number,
    list_core_codes,
    load_draft_definition,
    load_former,
)
from surveys.questionnaire.definition import Definition
from surveys.questionnaire.definition_checks import find_problems
from surveys.questionnaire.definition_document import read_document
from surveys.questionnaire.definition_file import DefinitionError
from surveys.questionnaire.lifecycle import publish_definition
from surveys.questionnaire.models import QuestionnaireVersion, Survey
from surveys.questionnaire.queries import load_definition
from surveys.questionnaire.word_lists import join_words
from surveys.trail.recording import record


class DraftChanged(Exception):
    """Somebody else changed the draft since; the message is Dutch and says who."""


class CoreQuestionLocked(EditRefused):
    """The change touches a question that must stay as it was published."""


@transaction.atomic
def start_draft(
    *,
    survey: str,
    title: str,
    based_on: QuestionnaireVersion | None = None,
    by: Person | None,
    at: datetime | None = None,
) -> Draft:
    """From nothing, or with everything that a published version asks. Raises EditRefused for an unusable code.

    The draft becomes a version of `survey`, which may be another survey than that of `based_on`.
    """
    start = clear_changes(load_definition(based_on)) if based_on else Definition(survey, title, 1, ())
    definition = replace(start, survey=survey, title=title, number=find_next_number(survey))
    return _create(definition, based_on=based_on, action="drafts.start", by=by, at=at)


@transaction.atomic
def import_definition(definition: Definition, *, by: Person | None, at: datetime | None = None) -> Draft:
    """A draft with what somebody made elsewhere. It comes in as a whole or not at all.

    Raises DefinitionError when it could not be published as it is, and CoreQuestionLocked.
    """
    if problems := find_problems(definition):
        raise DefinitionError(problems)
    former = find_former(definition.survey)
    if former is not None:
        core = list_core_codes(definition.survey)
        _refuse_core(find_changed_core(load_definition(former), definition, core=core))
    return _create(definition, based_on=former, action="drafts.import", by=by, at=at)


@transaction.atomic
def edit_draft(
    draft: Draft,
    *,
    revision: int,
    edit: Edit,
    action: str,
    by: Person | None,
    at: datetime | None = None,
    **data: Any,
) -> Draft:
    """Change the definition; `revision` is the one that `by` saw. `data` are codes for the trail.

    Raises DraftChanged when that is not the current one any more, and EditRefused when the change cannot be made,
    would touch a core question (CoreQuestionLocked) or the draft is published.
    """
    before = _lock(draft, revision=revision)
    after = edit(before)
    former, core = load_former(draft.survey_code), list_core_codes(draft.survey_code)
    _refuse_core(find_touched_core(before, after, former=former, core=core))
    _write(draft, after, by=by, at=at)
    record(draft, action, by=by, at=at, revision=draft.revision, **data)
    return draft


@transaction.atomic
def publish_draft(
    draft: Draft, *, revision: int, by: Person | None, at: datetime | None = None
) -> QuestionnaireVersion:
    """Make it the next version of its survey. The draft stays, to be read only.

    Raises DraftChanged, EditRefused when it is published already, and DefinitionError with what is left to do.
    """
    definition = _lock(draft, revision=revision)
    Survey.objects.get_or_create(code=draft.survey_code)
    Survey.objects.select_for_update().get(code=draft.survey_code)
    definition = replace(definition, number=find_next_number(draft.survey_code))
    problems = list_problems(
        definition, former=load_former(draft.survey_code), core=list_core_codes(draft.survey_code)
    )
    if blocking := [problem.message for problem in problems if problem.is_blocking]:
        raise DefinitionError(blocking)
    version = publish_definition(definition, by=by, at=at)
    draft.published_as = version
    _write(draft, definition, by=by, at=at)
    record(draft, "drafts.publish", by=by, at=at, survey=draft.survey_code, number=version.number)
    return version


@transaction.atomic
def publish_from_file(
    definition: Definition, *, by: Person | None = None, at: datetime | None = None
) -> QuestionnaireVersion:
    """Publish without a draft, under the number that the file itself gives. What is there already stays as it is.

    Raises what `publish_definition` raises, and DefinitionError when a core question would change.
    """
    versions = QuestionnaireVersion.objects.filter(survey=definition.survey)
    was_published = versions.filter(number=definition.number).exists()
    version = publish_definition(definition, by=by, at=at)
    former = versions.filter(number__lt=version.number).order_by("number").last()
    if was_published or former is None:
        return version
    core = list_core_codes(definition.survey)
    changed = describe_changed_core(definition, former=load_definition(former), core=core)
    if problems := [message for _, message in changed]:
        raise DefinitionError(problems)
    return version


@transaction.atomic
def discard_draft(draft: Draft, *, revision: int, by: Person | None, at: datetime | None = None) -> None:
    """Throw it away for good. Raises DraftChanged, and EditRefused when it is published."""
    _lock(draft, revision=revision)
    record(draft, "drafts.discard", by=by, at=at, survey=draft.survey_code, revision=draft.revision)
    draft.delete()


@transaction.atomic
def lock_core_question(
    survey: Survey, *, question: str, reason: str, by: Person | None, at: datetime | None = None
) -> CoreQuestion:
    """From now on the question stays as the latest version asks it.

    Raises EditRefused when that version does not ask it, or when it is locked already.
    """
    Survey.objects.select_for_update().get(pk=survey.pk)
    former = find_former(survey.code)
    if former is None or question not in load_definition(former).questions:
        raise EditRefused(f"De laatste versie van deze vragenlijst heeft geen vraag '{question}'.")
    if question in list_core_codes(survey.code):
        raise EditRefused(f"De vraag '{question}' staat al vast.")
    core = CoreQuestion.objects.create(
        survey=survey, question=question, reason=reason, locked_by=by, locked_at=at or timezone.now()
    )
    record(core, "drafts.lock_core", by=by, at=at, survey=survey.code, question=question)
    return core


@transaction.atomic
def unlock_core_question(core: CoreQuestion, *, by: Person | None, at: datetime | None = None) -> None:
    """From now on drafts may change the question."""
    record(core, "drafts.unlock_core", by=by, at=at, survey=core.survey_id, question=core.question)
    core.delete()


def _create(
    definition: Definition,
    *,
    based_on: QuestionnaireVersion | None,
    action: str,
    by: Person | None,
    at: datetime | None,
) -> Draft:
    if problems := list(find_breaks(definition)):
        raise EditRefused(" ".join(problems))
    now = at or timezone.now()
    draft = Draft.objects.create(
        survey_code=definition.survey,
        title=definition.title,
        based_on=based_on,
        document=_write_document(definition),
        started_by=by,
        started_at=now,
        changed_by=by,
        changed_at=now,
    )
    record(draft, action, by=by, at=at, survey=draft.survey_code)
    return draft


def _lock(draft: Draft, *, revision: int) -> Definition:
    """Look again, and let nobody else change it before we are done."""
    try:
        draft.refresh_from_db(from_queryset=Draft.objects.select_for_update())
    except Draft.DoesNotExist:
        raise EditRefused("Dit concept is weggegooid.") from None
    if draft.published_as_id is not None:
        raise EditRefused("Dit concept is gepubliceerd en verandert niet meer. Begin een nieuw concept.")
    if draft.revision != revision:
        name = str(draft.changed_by) if draft.changed_by else "Iemand"
        raise DraftChanged(f"{name} heeft dit concept intussen gewijzigd.")
    return load_draft_definition(draft)


def _write(draft: Draft, definition: Definition, *, by: Person | None, at: datetime | None) -> None:
    draft.document = _write_document(definition)
    draft.title = definition.title
    draft.revision += 1
    draft.changed_by, draft.changed_at = by, at or timezone.now()
    draft.save(update_fields=["document", "title", "revision", "changed_by", "changed_at", "published_as"])


def _write_document(definition: Definition) -> dict[str, object]:
    """The canonical form; what could not be read back is never stored."""
    document = definition.as_dict()
    try:
        read_document(document)
    except DefinitionError as error:
        raise EditRefused(" ".join(error.problems)) from error
    return document


def _refuse_core(codes: list[str]) -> None:
    if codes:
        names = join_words([f"'{code}'" for code in codes])
        raise CoreQuestionLocked(
            f"Dit is vastgezet als kernvraag en blijft gelijk aan de vorige versie: {names}. "
            "Maak de vraag eerst los bij Kernvragen."
        )
