"""Questions as form fields: what components/question.html shows."""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from string import ascii_lowercase

from surveys.questionnaire.answer_parsing import KINDS_OF_PARTS, RawAnswer, format_answer
from surveys.questionnaire.answer_values import BLANK, STATE_LABELS, AnswerState
from surveys.questionnaire.definition import Definition, QuestionDefinition, SectionDefinition
from surveys.questionnaire.routing import find_routed_questions
from surveys.responses.forms import (
    MISSING_PREFIX,
    TypedAnswer,
    name_caveat,
    name_field,
    name_other,
    name_revision,
)
from surveys.responses.part_fields import (
    FileField,
    PartField,
    TableField,
    make_dimensions,
    make_file,
    make_places,
    make_table,
)
from surveys.responses.queries import StoredAnswer
from surveys.responses.remarks import NO_REMARKS, QuestionRemarks


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    checked: bool
    other_name: str = ""
    other_value: str = ""


@dataclass(frozen=True)
class QuestionField:
    """One question with its answer, for components/question.html.

    `is_unsaved` is true when the field holds words that are not in the database.
    """

    question: QuestionDefinition
    number: str
    raw: RawAnswer
    revision_value: int
    ask_if_json: str
    is_hidden: bool
    is_unsaved: bool = False
    errors: list[str] = field(default_factory=list)
    file_url: str = ""
    remarks: QuestionRemarks = NO_REMARKS

    @property
    def code(self) -> str:
        return self.question.code

    @property
    def kind(self) -> str:
        return self.question.kind

    @property
    def text(self) -> str:
        return self.question.text

    @property
    def help(self) -> str:
        return self.question.help

    @property
    def definition(self) -> str:
        return self.question.definition

    @property
    def requirement(self) -> str:
        return self.question.requirement

    @property
    def unit(self) -> str:
        return self.question.unit

    @property
    def name(self) -> str:
        return name_field(self.question)

    @property
    def described_by(self) -> str:
        """The ids of what explains the field: the help, if any, and the place for what is wrong with it."""
        explained = ("help", "error") if self.help else ("error",)
        return " ".join(f"id_{self.name}-{part}" for part in explained)

    @property
    def caveat_name(self) -> str:
        return name_caveat(self.question)

    @property
    def caveat(self) -> str:
        return self.raw.caveat

    @property
    def revision_name(self) -> str:
        return name_revision(self.question)

    @property
    def value(self) -> str:
        return "" if self.question.is_choice else "".join(self.raw.values)

    @property
    def choices(self) -> list[Choice]:
        return [
            Choice(
                value=option.code,
                label=option.text,
                checked=option.code in self.raw.values,
                other_name=name_other(self.question, option.code) if option.asks_text else "",
                other_value=self.raw.other.get(option.code, ""),
            )
            for option in self.question.options
        ]

    @property
    def has_parts(self) -> bool:
        return self.kind in KINDS_OF_PARTS

    @property
    def table(self) -> TableField:
        return make_table(self.question, raw=self.raw)

    @property
    def dimensions(self) -> list[PartField]:
        return make_dimensions(self.question, raw=self.raw)

    @property
    def places(self) -> list[PartField]:
        return make_places(self.question, raw=self.raw)

    @property
    def place_count(self) -> int:
        return self.question.places

    @property
    def file(self) -> FileField:
        return make_file(self.question, raw=self.raw, url=self.file_url)

    @property
    def missing_choices(self) -> list[Choice]:
        prefix = MISSING_PREFIX if self.question.is_choice else ""
        chosen = self.raw.missing.split()
        return [
            Choice(prefix + state, STATE_LABELS[AnswerState(state)].capitalize(), state in chosen)
            for state in self.question.missing
        ]


def number_questions(section: SectionDefinition) -> dict[str, str]:
    """1, 2, 2a, 3: a question that may stay hidden gets a letter, so that no number seems to be missing."""
    numbers: dict[str, str] = {}
    main = follow_ups = 0
    for question in section.questions:
        if question.conditions and main:
            numbers[question.code] = f"{main}{ascii_lowercase[follow_ups % 26]}"
            follow_ups += 1
        else:
            main, follow_ups = main + 1, 0
            numbers[question.code] = str(main)
    return numbers


def make_fields(
    section: SectionDefinition,
    *,
    definition: Definition,
    stored: Mapping[str, StoredAnswer],
    typed: Mapping[str, TypedAnswer] | None = None,
    remarks: Mapping[str, QuestionRemarks] | None = None,
    link_file: Callable[[str], str] | None = None,
) -> list[QuestionField]:
    """The section's fields, filled with what is stored and, over it, with what was `typed` but not saved.

    `link_file` gives the address of a file by its number.
    """
    typed = typed or {}
    numbers = number_questions(section)
    chosen = {code: answer.value.option_codes for code, answer in stored.items()}
    chosen |= {code: mine.value.option_codes for code, mine in typed.items() if not mine.errors}
    routed = find_routed_questions(definition, chosen=chosen)
    fields = []
    for question in section.questions:
        code = question.code
        mine, current = typed.get(code), stored.get(code)
        seen = current.revision if current else 0
        errors = mine.errors if mine else []
        conditions = write_conditions(question, section=section, chosen=chosen, routed=routed)
        raw = mine.raw if mine else format_answer(question, current.value if current else BLANK)
        fields.append(
            QuestionField(
                question=question,
                number=numbers[code],
                raw=raw,
                revision_value=mine.base_revision if mine else seen,
                # What has to be corrected must be seen, also on a route that was left.
                ask_if_json="" if errors else conditions,
                is_hidden=code not in routed and not errors,
                is_unsaved=mine is not None,
                errors=errors,
                file_url=link_file(str(raw.file.id)) if link_file and raw.file else "",
                remarks=(remarks or {}).get(code, NO_REMARKS),
            )
        )
    return fields


def write_conditions(
    question: QuestionDefinition,
    *,
    section: SectionDefinition,
    chosen: Mapping[str, Collection[str]],
    routed: Collection[str],
) -> str:
    """The conditions that the browser judges, as JSON: those on questions of the same page.

    Empty when there are none, and when another page has settled that the question is not asked.
    """
    on_page = {each.code for each in section.questions}
    is_settled = any(
        condition.question not in routed
        or set(condition.any_of).isdisjoint(chosen.get(condition.question, ()))
        for condition in question.conditions
        if condition.question not in on_page
    )
    conditions = [
        {"question": condition.question, "any_of": list(condition.any_of)}
        for condition in question.conditions
        if condition.question in on_page
    ]
    return json.dumps(conditions) if conditions and not is_settled else ""
