"""The resolved answers of municipalities, written anew; `lifecycle` calls this inside its transactions."""

from collections.abc import Collection

from surveys.accounts.models import Organisation
from surveys.questionnaire.models import FrameMunicipality, Wave
from surveys.questionnaire.queries import load_codes, load_definition
from surveys.responses.models import ResolvedAnswer, Response, ResponseMunicipality
from surveys.responses.queries import load_answers_of
from surveys.responses.resolution import SubmittedAnswer, resolve_answers


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
