from django.core.validators import slug_re
from django.http import Http404

from surveys.fieldwork.flags import Flag, Place
from surveys.fieldwork.review_queries import list_flags
from surveys.questionnaire.definition import QuestionDefinition
from surveys.questionnaire.models import FrameMunicipality, Wave
from surveys.questionnaire.queries import load_definition
from surveys.responses.models import Clarification, Response, Submission
from surveys.responses.queries import list_covered


def access_watched_wave(code: str) -> Wave:
    """Any wave, for whoever may watch the response. Raises Http404 for an unknown code, whatever it holds."""
    waves = Wave.objects.select_related("version")
    wave = waves.filter(code=code).first() if slug_re.match(code) else None
    if wave is None:
        raise Http404("There is no such wave.")
    return wave


def access_watched_response(*, wave_code: str, organisation_code: str) -> Response:
    """Any organisation's response, for whoever may watch. Raises Http404 when there is none."""
    response = (
        Response.objects.select_related(
            "wave__version", "version", "organisation", "started_by", "submitted_by"
        )
        .filter(wave__code=wave_code, organisation=organisation_code)
        .first()
    )
    if response is None:
        raise Http404("There is no such response.")
    return response


def access_watched_question(response: Response, *, code: str) -> QuestionDefinition:
    """A question that the response is asked. Raises Http404 for another code."""
    question = load_definition(response.version).questions.get(code)
    if question is None:
        raise Http404("There is no such question.")
    return question


def access_clarification(response: Response, *, clarification_id: int) -> Clarification:
    """A question back about this response. Raises Http404 for another one."""
    clarification = response.clarifications.filter(pk=clarification_id).first()
    if clarification is None:
        raise Http404("There is no such question back.")
    return clarification


def access_watched_municipality(*, wave_code: str, municipality_code: str) -> FrameMunicipality:
    """Any municipality that the wave asks, as it was on the reference date. Raises Http404 for another one."""
    frame = FrameMunicipality.objects.select_related("wave__version")
    row = frame.filter(wave=access_watched_wave(wave_code), municipality=municipality_code).first()
    if row is None:
        raise Http404("There is no such municipality in this wave.")
    return row


def access_submission(response: Response, *, number: int) -> Submission:
    """What was submitted the nth time. Raises Http404 for another number."""
    submission = response.submissions.filter(number=number).first()
    if submission is None:
        raise Http404("There is no such submission.")
    return submission


def access_flag(response: Response, *, place: Place, kind: str) -> Flag:
    """What is flagged there in this response, as it is now. Raises Http404 when nothing is, or not of this kind."""
    for raised in list_flags(response):
        if (raised.flag.kind, raised.flag.place) == (kind, place):
            return raised.flag
    raise Http404("There is no such flag.")


def access_covered_municipality(response: Response, *, code: str) -> FrameMunicipality:
    """A municipality that a region answers for in this response. Raises Http404 for another one."""
    for row in list_covered(response):
        if row.municipality_id == code and response.organisation_id != code:
            return row
    raise Http404("The response does not speak for such a municipality.")
