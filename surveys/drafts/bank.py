"""The writers of the bank: questions to take over in any questionnaire."""

from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from surveys.accounts.models import Person
from surveys.drafts.editing import EditRefused, add_question, find_free_code, stand_alone
from surveys.drafts.lifecycle import edit_draft
from surveys.drafts.models import BankQuestion, Draft
from surveys.drafts.queries import load_bank_question
from surveys.measures.models import Measure
from surveys.questionnaire.definition import Definition, QuestionDefinition
from surveys.trail.recording import record


@transaction.atomic
def put_in_bank(
    question: QuestionDefinition,
    *,
    measure: Measure | None = None,
    note: str = "",
    by: Person | None,
    at: datetime | None = None,
) -> BankQuestion:
    """Keep the question for other questionnaires, without what refers to its neighbours.

    Raises EditRefused when the bank has a question with this code.
    """
    kept = stand_alone(question)
    try:
        with transaction.atomic():
            banked = BankQuestion.objects.create(
                code=kept.code,
                measure=measure,
                document=kept.as_dict(),
                text=kept.text,
                note=note,
                added_by=by,
                added_at=at or timezone.now(),
            )
    except IntegrityError:
        raise EditRefused(
            f"De bank heeft al een vraag met de sleutel '{kept.code}'. Kies een andere."
        ) from None
    record(banked, "drafts.bank", by=by, at=at, question=banked.code)
    return banked


def take_from_bank(
    draft: Draft,
    banked: BankQuestion,
    *,
    section: str,
    revision: int,
    by: Person | None,
    at: datetime | None = None,
) -> str:
    """Add a copy at the end of the section, and return its code: another one when the draft has it already.

    Raises what `edit_draft` raises.
    """
    question = load_bank_question(banked)
    code = ""

    def add_copy(definition: Definition) -> Definition:
        nonlocal code
        code = find_free_code(question.code, taken=definition.questions)
        return add_question(definition, replace(question, code=code), section=section)

    edit_draft(
        draft,
        revision=revision,
        edit=add_copy,
        action="drafts.take_from_bank",
        by=by,
        at=at,
        question=banked.code,
    )
    return code


@transaction.atomic
def remove_from_bank(banked: BankQuestion, *, by: Person | None, at: datetime | None = None) -> None:
    """Copies in drafts and versions stay."""
    record(banked, "drafts.unbank", by=by, at=at, question=banked.code)
    banked.delete()
