"""Which answers hold for one municipality: its own, and otherwise those of its youth region. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from surveys.questionnaire.answer_values import AnswerState
from surveys.questionnaire.definition import Definition
from surveys.questionnaire.routing import find_routed_questions


@dataclass(frozen=True, slots=True)
class SubmittedAnswer:
    """An answer in a submitted response; `id` is the database's, `options` are the chosen option codes."""

    id: int
    state: AnswerState
    is_routed: bool = True
    options: frozenset[str] = frozenset()

    @property
    def says_something(self) -> bool:
        return self.is_routed and self.state is not AnswerState.BLANK


@dataclass(frozen=True, slots=True)
class HoldingAnswer:
    """`is_own` is false for an answer that the municipality has from its region."""

    answer: SubmittedAnswer
    is_own: bool


def resolve_answers(
    definition: Definition,
    *,
    own: Mapping[str, SubmittedAnswer],
    region: Mapping[str, SubmittedAnswer],
) -> dict[str, HoldingAnswer]:
    """The answer that holds per question code; what nobody answered, or does not apply, is left out.

    `own` and `region` are the submitted answers by question code, empty without such a response. A kind of
    nothing ("weet ik niet") is an answer; a blank one is not and lets the region's through. Routing is judged
    on the answers that hold: a municipality that said "nee" does not get its region's explanation of a "ja".
    """
    holding: dict[str, HoldingAnswer] = {}
    for code in definition.questions:
        for answers, is_own in ((own, True), (region, False)):
            answer = answers.get(code)
            if answer is not None and answer.says_something:
                holding[code] = HoldingAnswer(answer, is_own)
                break
    routed = find_routed_questions(
        definition, chosen={code: held.answer.options for code, held in holding.items()}
    )
    return {code: held for code, held in holding.items() if code in routed}
