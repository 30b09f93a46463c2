from django.http import Http404

from surveys.questionnaire.models import QuestionnaireVersion, Wave


def access_wave(code: str) -> Wave:
    """Any wave, for whoever may run waves. Raises Http404 for an unknown code."""
    wave = Wave.objects.select_related("version", "previous").filter(code=code).first()
    if wave is None:
        raise Http404("There is no such wave.")
    return wave


def access_version(*, survey: str, number: int) -> QuestionnaireVersion:
    """A published version by the code of its survey and its number. Raises Http404 when there is none."""
    version = QuestionnaireVersion.objects.filter(survey=survey, number=number).first()
    if version is None:
        raise Http404("There is no such version.")
    return version
