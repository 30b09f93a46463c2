"""Which questions are asked, given what was chosen so far. Pure; the browser's routing.js does the same."""

from collections.abc import Collection, Mapping

from surveys.questionnaire.definition import ConditionDefinition, Definition, QuestionDefinition
from surveys.questionnaire.word_lists import join_words


def describe_conditions(definition: Definition, *, code: str) -> list[str]:
    """The route to a question in Dutch sentences, one per condition; no sentence when everybody is asked."""
    sentences = []
    for condition in definition.questions[code].conditions:
        source = definition.questions[condition.question]
        sentences.append(f"Alleen na {name_choices(source, condition)} bij de vraag “{source.text}”")
    return sentences


def name_choices(source: QuestionDefinition, condition: ConditionDefinition) -> str:
    """The answers that meet the condition: "“Ja” of “Overig”"."""
    return join_words(
        [f"“{option.text}”" for option in source.options if option.code in condition.any_of], conjunction="of"
    )


def map_families(definition: Definition) -> dict[str, frozenset[str]]:
    """Per question: everything that is needed to judge the routes anew after its answer changed.

    That is the question itself, those whose route depends on it, directly or not, and all that these in turn
    depend on.
    """
    sources: dict[str, set[str]] = {}
    for code, question in definition.questions.items():
        direct = {condition.question for condition in question.conditions}
        sources[code] = direct.union(*(sources[each] for each in direct))
    families = {code: {code, *found} for code, found in sources.items()}
    for code, found in sources.items():
        for source in found:
            families[source] |= {code, *found}
    return {code: frozenset(family) for code, family in families.items()}


def find_routed_questions(
    definition: Definition, *, chosen: Mapping[str, Collection[str]], among: Collection[str] | None = None
) -> frozenset[str]:
    """The codes of the questions that are asked; `chosen` maps a question code to the chosen option codes.

    With `among` only these questions are judged; with each must come all that it depends on (`map_families`).

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
        if (among is None or code in among) and all(is_met(condition) for condition in question.conditions):
            routed.add(code)
    return frozenset(routed)
