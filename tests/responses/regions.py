"""A region that answers for Leiden and Hillegom, and what can happen around it."""

from surveys.questionnaire.answer_values import AnswerValue
from surveys.responses.lifecycle.saving import AnswerChange, save_answers
from surveys.responses.models import Answer, ResolvedAnswer, Response
from surveys.responses.on_behalf import SeenAnswer, Statement
from surveys.responses.region_queries import load_statements
from tests.responses.factories import MEMBER, NOW, OTHER_MEMBER, REGION, choose, make_response, write

REGIONAL = {
    "beperkt": choose("ja"),
    "hoe": choose("wijk"),
    "uitleg": write("Via het wijkteam."),
    "poh": choose("nee"),
}


def make_region_response(wave, *, answers=REGIONAL, covers=(MEMBER, OTHER_MEMBER)) -> Response:
    return make_response(wave, REGION, answers=answers, covers=covers)


def deviate(response: Response, municipality: str, values: dict[str, AnswerValue], *, by=None) -> None:
    """Record what the region answers for one municipality instead; blank takes it away."""
    revisions = dict(
        Answer.objects.filter(response=response, municipality=municipality).values_list(
            "question__code", "revision"
        )
    )
    changes = [
        AnswerChange(code, value, revisions.get(code, 0), municipality=municipality)
        for code, value in values.items()
    ]
    assert not save_answers(response, changes=changes, by=by, at=NOW).conflicts


def list_statements(response: Response, municipality: str = MEMBER) -> dict[str, Statement]:
    found = load_statements(response, municipality_codes=[municipality])[municipality]
    return {each.question.code: each for each in found}


def see(response: Response, *codes: str, municipality: str = MEMBER) -> dict[str, SeenAnswer]:
    """What somebody of the municipality looks at now."""
    statements = list_statements(response, municipality)
    return {code: statements[code].current for code in codes or statements if statements[code].answer}


def show_standings(response: Response, municipality: str = MEMBER) -> dict[str, str | None]:
    return {code: each.standing for code, each in list_statements(response, municipality).items()}


def show_provenance(wave, municipality: str = MEMBER) -> dict[str, str]:
    rows = ResolvedAnswer.objects.filter(wave=wave, municipality=municipality)
    return dict(rows.values_list("question__code", "provenance"))
