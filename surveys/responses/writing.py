"""Rows of answers, written in a fixed number of queries; `lifecycle` calls these inside its transactions."""

from collections.abc import Mapping
from datetime import datetime

from surveys.accounts.models import Person
from surveys.questionnaire.answer_values import AnswerValue
from surveys.questionnaire.queries import load_codes, load_definition
from surveys.questionnaire.routing import find_routed_questions
from surveys.responses.models import Answer, AnswerOption, AnswerRevision, Response
from surveys.responses.queries import StoredAnswer


def write_answers(
    response: Response,
    accepted: Mapping[str, AnswerValue],
    *,
    stored: Mapping[str, StoredAnswer],
    by: Person | None,
    at: datetime,
) -> None:
    """Write the new values with their history, and correct which of the response's answers are asked."""
    definition = load_definition(response.version)
    codes = load_codes(response.version)
    values = {code: answer.value for code, answer in stored.items()} | dict(accepted)
    routed = find_routed_questions(
        definition, chosen={code: value.option_codes for code, value in values.items()}
    )
    answers = {
        code: Answer(
            pk=stored[code].id if code in stored else None,
            response=response,
            question_id=codes.questions[code],
            revision=stored[code].revision + 1 if code in stored else 1,
            state=value.state,
            text=value.text,
            number=value.number,
            is_routed=code in routed,
            saved_at=at,
            saved_by=by,
        )
        for code, value in accepted.items()
    }
    known = [answer for code, answer in answers.items() if code in stored]
    if known:
        fields = ["revision", "state", "text", "number", "is_routed", "saved_at", "saved_by"]
        Answer.objects.bulk_update(known, fields)
        AnswerOption.objects.filter(answer__in=known).delete()
    Answer.objects.bulk_create(answer for code, answer in answers.items() if code not in stored)
    AnswerOption.objects.bulk_create(
        AnswerOption(answer=answers[code], option_id=codes.options[code, option.code], text=option.text)
        for code, value in accepted.items()
        for option in value.options
    )
    AnswerRevision.objects.bulk_create(
        AnswerRevision(
            answer=answer, number=answer.revision, value=accepted[code].as_dict(), saved_at=at, saved_by=by
        )
        for code, answer in answers.items()
    )
    for is_routed in (True, False):
        turned = [
            answer.id
            for code, answer in stored.items()
            if code not in accepted and (code in routed) is is_routed is not answer.is_routed
        ]
        if turned:
            Answer.objects.filter(pk__in=turned).update(is_routed=is_routed)
