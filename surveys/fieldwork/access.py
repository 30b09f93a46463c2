from django.core.validators import slug_re
from django.http import Http404

from surveys.questionnaire.definition import QuestionDefinition
from surveys.questionnaire.models import FrameMunicipality, Wave
from surveys.questionnaire.queries import load_definition
from surveys.responses.models import Clarification, Response


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
