"""Which questions are asked, given what was chosen so far. Pure; the browser's routing.js does the same."""

from collections.abc import Collection, Mapping

from surveys.questionnaire.definition import ConditionDefinition, Definition


def find_routed_questions(definition: Definition, *, chosen: Mapping[str, Collection[str]]) -> frozenset[str]:
    """The codes of the questions that are asked; `chosen` maps a question code to the chosen option codes.

    A question without conditions is always asked. Options chosen at a question that is itself not asked open
    nothing, so that an answer left behind on an abandoned route cannot bring other questions back.
    One pass is enough because conditions refer to earlier questions only (see `definition_checks`).
    """
    routed: set[str] = set()

    def is_met(condition: ConditionDefinition) -> bool:
        return condition.question in routed and not set(condition.any_of).isdisjoint(
            chosen.get(condition.question, ())
        )

    for code, question in definition.questions.items():
        if all(is_met(condition) for condition in question.conditions):
            routed.add(code)
    return frozenset(routed)
