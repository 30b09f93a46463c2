"""Which answer holds for one municipality: its own, and otherwise what its youth region says of it. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from surveys.questionnaire.answer_values import AnswerState
from surveys.questionnaire.definition import Definition
from surveys.questionnaire.routing import find_routed_questions


class ResolutionState(StrEnum):
    """Where the answer of a municipality to a question comes from; only `NONE` has no answer."""

    OWN = "own"
    INHERITED = "inherited"
    OVERRIDDEN = "overridden"
    DISPUTED = "disputed"
    NONE = "none"


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
class Resolution:
    """What holds for one question: the answer is there, disputed or not, unless the state is `NONE`."""

    state: ResolutionState
    answer: SubmittedAnswer | None = None

    @property
    def counts(self) -> bool:
        return self.state not in (ResolutionState.DISPUTED, ResolutionState.NONE)


NOTHING = Resolution(ResolutionState.NONE)


def resolve_municipality(
    definition: Definition,
    *,
    own: Mapping[str, SubmittedAnswer],
    region: Mapping[str, SubmittedAnswer],
    deviations: Mapping[str, SubmittedAnswer] | None = None,
    disputed: Collection[str] = (),
    taken_over: Collection[str] = (),
) -> dict[str, Resolution]:
    """One entry per question of the definition, by code.

    `own` and `region` are the submitted answers by question code, empty without such a response; `deviations`
    are what the region answers for this municipality instead. `disputed` are codes of questions, `taken_over`
    of sections in which the municipality answers itself.

    A kind of nothing ("weet ik niet") is an answer; a blank one is not and lets the region's through. Routing
    is judged on the answers that hold: a municipality that said "nee" does not get its region's explanation of
    a "ja". What is reached through a disputed answer is as uncertain as that answer, and so disputed too.
    """
    said = list_regional_answers(definition, region=region, deviations=deviations or {})
    holding: dict[str, Resolution] = {}
    for section in definition.sections:
        for question in section.questions:
            mine = own.get(question.code)
            if mine is not None and mine.says_something:
                holding[question.code] = Resolution(ResolutionState.OWN, mine)
            elif question.code in said and section.code not in taken_over:
                holding[question.code] = said[question.code]
    routed = find_routed_questions(
        definition,
        chosen={code: held.answer.options for code, held in holding.items() if held.answer is not None},
    )
    resolved: dict[str, Resolution] = {}
    for code, question in definition.questions.items():
        held = holding[code] if code in holding and code in routed else NOTHING
        is_disputed = code in disputed or any(
            resolved[condition.question].state is ResolutionState.DISPUTED
            for condition in question.conditions
        )
        if is_disputed and held.state in (ResolutionState.INHERITED, ResolutionState.OVERRIDDEN):
            held = Resolution(ResolutionState.DISPUTED, held.answer)
        resolved[code] = held
    return resolved


def list_regional_answers(
    definition: Definition,
    *,
    region: Mapping[str, SubmittedAnswer],
    deviations: Mapping[str, SubmittedAnswer],
) -> dict[str, Resolution]:
    """What a region says of one municipality, by question code: its deviation, else the general answer.

    A blank deviation is one that was removed. The route is that of the two together: a deviation "nee" closes
    the general follow-up questions, and a deviation "ja" opens them, for deviations only.
    """
    said: dict[str, Resolution] = {}
    for code in definition.questions:
        deviation, general = deviations.get(code), region.get(code)
        if deviation is not None and deviation.state is not AnswerState.BLANK:
            said[code] = Resolution(ResolutionState.OVERRIDDEN, deviation)
        elif general is not None and general.says_something:
            said[code] = Resolution(ResolutionState.INHERITED, general)
    routed = find_routed_questions(
        definition, chosen={code: each.answer.options for code, each in said.items() if each.answer}
    )
    return {code: each for code, each in said.items() if code in routed}
