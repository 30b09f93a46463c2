"""Reviews what was submitted in the demo's waves, through the same functions that the site uses."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from surveys.accounts.models import Person
from surveys.fieldwork.flag_queries import load_flags
from surveys.fieldwork.lifecycle import accept_response, mark_flag_seen, send_back_response
from surveys.questionnaire.answer_values import AnswerState, AnswerValue
from surveys.questionnaire.models import Wave
from surveys.responses.lifecycle.corrections import correct_answer
from surveys.responses.merging import AnswerChange
from surveys.responses.models import Answer, Response

ACCEPTED = 6
# Somebody answered it in days, where it asks for weeks.
CORRECTED = "toegang_wachttijd"
DAYS_PER_WEEK = 7
ONE_DECIMAL = Decimal("0.1")


def accept_everything(wave: Wave, *, by: Person, at: datetime) -> None:
    """Of a wave that is done."""
    for response in _list_submitted(wave):
        accept_response(response, checksum=_find_checksum(response), by=by, at=at)


def begin_reviewing(wave: Wave, *, by: Person, at: datetime) -> None:
    """The first that came in are accepted, one is sent back, one answer is corrected and one flag was looked at."""
    submitted = _list_submitted(wave)
    for response in submitted[:ACCEPTED]:
        accept_response(response, checksum=_find_checksum(response), by=by, at=at)
    _correct(submitted[:ACCEPTED], by=by, at=at)
    sent_back = submitted[ACCEPTED]
    send_back_response(
        sent_back,
        checksum=_find_checksum(sent_back),
        reason="Bij de kosten staat een bedrag in euro’s en een in duizenden euro’s. Kijkt u dat nog eens na?",
        by=by,
        at=at,
        is_mailed=False,
    )
    flags = [raised.flag for every in load_flags(wave).values() for raised in every]
    first = min(flags, key=lambda flag: (flag.arose_at, flag.response_id, flag.kind, str(flag.place)))
    mark_flag_seen(first, note="Nagevraagd bij de organisatie: het klopt.", by=by, at=at)


def _list_submitted(wave: Wave) -> list[Response]:
    """In the order in which they came in."""
    return list(wave.responses.filter(status=Response.Status.SUBMITTED).order_by("submitted_at", "pk"))


def _find_checksum(response: Response) -> str:
    return response.submissions.latest("number").checksum


def _correct(responses: Sequence[Response], *, by: Person, at: datetime) -> None:
    answer = (
        Answer.objects.select_related("response")
        .filter(response__in=responses, question__code=CORRECTED, municipality=None, number__isnull=False)
        .earliest("response__submitted_at", "pk")
    )
    weeks = ((answer.number or Decimal(0)) / DAYS_PER_WEEK).quantize(ONE_DECIMAL)
    correct_answer(
        answer.response,
        change=AnswerChange(CORRECTED, AnswerValue(AnswerState.GIVEN, number=weeks), answer.revision),
        reason="Op verzoek van de organisatie: zij vulde dagen in, en de vraag gaat over weken.",
        by=by,
        at=at,
        is_mailed=False,
    )
