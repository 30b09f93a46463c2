"""Questions that must stay as they were published. Pure.

A locked question keeps its words, answers, route and limits; it may stand in another place.
"""

from collections.abc import Collection
from dataclasses import replace

from surveys.questionnaire.definition import Definition, QuestionDefinition


def find_changed_core(former: Definition, definition: Definition, *, core: Collection[str]) -> list[str]:
    """The codes in `core` that `former` asks and `definition` asks otherwise or no more, in the order of `former`."""
    return [
        code
        for code, question in former.questions.items()
        if code in core and not is_same_question(question, definition.questions.get(code))
    ]


def find_touched_core(
    before: Definition, after: Definition, *, former: Definition | None, core: Collection[str]
) -> list[str]:
    """The codes in `core` that an edit moves away from `former`; putting one back as it was is always allowed."""
    if former is None:
        return []
    return [
        code
        for code in find_changed_core(former, after, core=core)
        if not is_same_question(before.questions.get(code), after.questions.get(code))
    ]


def is_same_question(one: QuestionDefinition | None, other: QuestionDefinition | None) -> bool:
    """Whether both ask the same, apart from what is said about the version before."""
    if one is None or other is None:
        return one is other
    return replace(one, change="").as_dict() == replace(other, change="").as_dict()
