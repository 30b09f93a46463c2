"""What the files of a list say; each format writes the same."""

from datetime import date
from operator import attrgetter
from typing import Any

from practices.case_reading import read_parts, with_parts
from practices.case_text import Line, Part, Shape
from practices.models import MeasurePage, PracticePage, SavedCase
from practices.shortlist.queries import load_shortlist
from surveys.accounts.models import Person
from surveys.questionnaire.day_parsing import write_day

Contents = dict[str, Any]

TITLE = "Mijn lijst met praktijkvoorbeelden"
INTRODUCTION = (
    "Wat er staat komt van de Maatregelenmonitor jeugdhulp en is voor die site opnieuw geschreven. Alleen onder ‘Eigen "
    "notitie’ staan woorden van wie de lijst maakte."
)
EMPTY = "Er staat nog geen voorbeeld op deze lijst."
NOT_PUBLIC = "Dit voorbeeld staat niet meer op de site."
OUTDATED = "Dit voorbeeld is niet op tijd nagekeken. Het kan verouderd zijn."


def gather_shortlist(person: Person, *, on: date) -> Contents:
    """Everything of the public cases, of the others their title only; and the owner's own notes.

    The number of queries does not depend on the number of cases.
    """
    saved = load_shortlist(person).saved
    public = [row.page_id for row in saved if row.public_page is not None]
    pages = with_parts(PracticePage.objects.live()).in_bulk(public)
    measures = {page.measure_id: page for page in MeasurePage.objects.live()}
    cases = []
    for row in saved:
        page = pages.get(row.page_id)
        parts = read_parts(page, measures=measures, address=attrgetter("full_url")) if page else []
        cases.append(_describe(row, page=page, parts=parts, on=on))
    return {
        "title": TITLE,
        "made_on": write_day(on),
        "introduction": INTRODUCTION if cases else EMPTY,
        "cases": cases,
    }


def _describe(row: SavedCase, *, page: PracticePage | None, parts: list[Part], on: date) -> Contents:
    told = [part for part in parts if part.lines]
    return {
        "title": page.title if page else row.title,
        "url": page.full_url if page else "",
        "remark": _warn(page, on=on),
        "note": row.note.splitlines(),
        "values": [
            {"term": part.title, "texts": [_write_value(line) for line in part.lines]}
            for part in told
            if part.shape is Shape.VALUE
        ],
        "sections": [
            {
                "title": part.title,
                "shape": part.shape.value,
                "lines": [
                    {
                        "text": line.text,
                        "figure": line.figure,
                        "remark": line.remark,
                        "section": line.section,
                        "url": line.url,
                    }
                    for line in part.lines
                ],
            }
            for part in told
            if part.shape is not Shape.VALUE
        ],
    }


def _warn(page: PracticePage | None, *, on: date) -> str:
    if page is None:
        return NOT_PUBLIC
    return OUTDATED if page.is_past_review(on=on) else ""


def _write_value(line: Line) -> str:
    return f"{line.text}. {line.remark}" if line.remark else line.text
