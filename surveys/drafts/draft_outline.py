"""A draft as its page shows it: every question in words, with what is left to do beside it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from surveys.drafts.problems import Problem
from surveys.questionnaire.definition import Definition, SectionDefinition
from surveys.questionnaire.outline import QuestionOutline, outline_question


@dataclass(frozen=True)
class DraftQuestion:
    """`may_go_up` and `may_go_down` are about the whole questionnaire: a question goes on into the next section."""

    outline: QuestionOutline
    problems: list[Problem]
    is_core: bool
    may_go_up: bool
    may_go_down: bool


@dataclass(frozen=True)
class DraftSection:
    section: SectionDefinition
    measure: str
    problems: list[Problem]
    questions: list[DraftQuestion]
    may_go_up: bool
    may_go_down: bool


def outline_draft(
    definition: Definition,
    *,
    problems: Sequence[Problem],
    core: Collection[str],
    measures: dict[str, str],
) -> list[DraftSection]:
    """`measures` are their names by slug."""
    last = len(definition.sections) - 1
    return [
        DraftSection(
            section=section,
            measure=measures.get(section.measure, section.measure),
            problems=[each for each in problems if each.section == section.code and each.question is None],
            questions=[
                DraftQuestion(
                    outline=outline_question(definition, question),
                    problems=[each for each in problems if each.question == question.code],
                    is_core=question.code in core,
                    may_go_up=(number, place) != (0, 0),
                    may_go_down=(number, place) != (last, len(section.questions) - 1),
                )
                for place, question in enumerate(section.questions)
            ],
            may_go_up=number > 0,
            may_go_down=number < last,
        )
        for number, section in enumerate(definition.sections)
    ]
