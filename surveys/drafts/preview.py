"""A section of a draft as a respondent will see it. What is tried out travels with the page and is kept nowhere."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.http import QueryDict

from surveys.questionnaire.definition import Definition, SectionDefinition
from surveys.responses.fields import QuestionField, make_fields
from surveys.responses.forms import FIELD_PREFIX, TypedAnswer, read_section
from surveys.responses.queries import StoredAnswer

REVISION_PREFIX = "r-"


def read_tried_answers(definition: Definition, data: QueryDict) -> dict[str, TypedAnswer]:
    """What was tried out in any section, by question code."""
    return {
        code: typed for section in definition.sections for code, typed in read_section(section, data).items()
    }


def make_preview_fields(
    section: SectionDefinition, *, definition: Definition, tried: Mapping[str, TypedAnswer], at: datetime
) -> list[QuestionField]:
    """The fields of the section, with the route that the answers in every section lead to."""
    stored = {
        code: StoredAnswer(0, typed.value, 0, is_routed=True, saved_at=at, saved_by="")
        for code, typed in tried.items()
        if not typed.errors
    }
    mistakes = {code: typed for code, typed in tried.items() if typed.errors}
    return make_fields(section, definition=definition, stored=stored, typed=mistakes)


def list_carried(
    data: Mapping[str, Any], *, definition: Definition, section: SectionDefinition
) -> list[tuple[str, str]]:
    """Names and values of the fields of other sections, to send along with the page."""
    if not isinstance(data, QueryDict):
        return []
    here = {question.code for question in section.questions}
    return [
        (name, value)
        for name, values in data.lists()
        if (owner := find_owner(name, codes=definition.questions)) is not None and owner not in here
        for value in values
    ]


def find_owner(name: str, *, codes: Iterable[str]) -> str | None:
    """The code of the question that a field belongs to; the longest that fits, because codes may hold hyphens."""
    owners = [
        code
        for code in codes
        if name in (f"{REVISION_PREFIX}{code}", f"{FIELD_PREFIX}{code}")
        or name.startswith(f"{FIELD_PREFIX}{code}-")
    ]
    return max(owners, key=len, default=None)
