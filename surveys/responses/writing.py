"""Rows of answers, written in a fixed number of queries; `lifecycle` calls these inside its transactions."""

from collections.abc import Collection, Mapping
from datetime import datetime

from surveys.accounts.models import Organisation, Person
from surveys.questionnaire.answer_values import AnswerValue
from surveys.questionnaire.models import FrameMunicipality, Wave
from surveys.questionnaire.queries import load_codes, load_definition
from surveys.questionnaire.routing import find_routed_questions
from surveys.responses.models import (
    Answer,
    AnswerOption,
    AnswerRevision,
    ResolvedAnswer,
    Response,
    ResponseMunicipality,
)
from surveys.responses.queries import StoredAnswer, load_answers_of
from surveys.responses.resolution import SubmittedAnswer, resolve_answers


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


def rewrite_resolved_answers(wave: Wave, *, municipality_codes: Collection[str]) -> None:
    """Resolve these municipalities anew from the submitted responses that speak for them.

    Their frame rows are locked first: of two responses submitted for one municipality at the same moment, the
    second sees the first.
    """
    rows = FrameMunicipality.objects.filter(wave=wave, municipality__in=municipality_codes)
    list(rows.order_by("pk").select_for_update().values_list("pk"))
    speaking: dict[str, dict[bool, int]] = {code: {} for code in municipality_codes}
    for code, response_id, kind in ResponseMunicipality.objects.filter(
        response__wave=wave, response__status=Response.Status.SUBMITTED, municipality__in=municipality_codes
    ).values_list("municipality", "response", "response__organisation__kind"):
        speaking[code][kind == Organisation.Kind.MUNICIPALITY] = response_id
    stored = load_answers_of({each for responses in speaking.values() for each in responses.values()})
    answers = {
        response_id: {
            code: SubmittedAnswer(answer.id, answer.value.state, answer.is_routed, answer.value.option_codes)
            for code, answer in of_response.items()
        }
        for response_id, of_response in stored.items()
    }
    definition = load_definition(wave.version)
    codes = load_codes(wave.version)
    ResolvedAnswer.objects.filter(wave=wave, municipality__in=municipality_codes).delete()
    ResolvedAnswer.objects.bulk_create(
        ResolvedAnswer(
            wave=wave,
            municipality_id=municipality,
            question_id=codes.questions[question],
            answer_id=held.answer.id,
            state=held.answer.state,
            provenance=ResolvedAnswer.Provenance.OWN if held.is_own else ResolvedAnswer.Provenance.INHERITED,
        )
        for municipality, responses in speaking.items()
        for question, held in resolve_answers(
            definition,
            own=answers.get(responses.get(True, 0), {}),
            region=answers.get(responses.get(False, 0), {}),
        ).items()
    )
