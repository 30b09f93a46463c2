"""What respondents find hard, counted: the themes in the answers to the bottleneck question of a measure. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from surveys.results.notation import format_count
from surveys.results.table import ResultTable, Status

# How the code of a question ends that asks for bottlenecks; the same in every version, as codes are.
BOTTLENECKS = "knelpunten"

# Who stands behind a response.
RESPONDENTS = "gemeenten en jeugdregio's"

# Of one question the redacted texts that may be quoted, by the code of their theme.
Quotes = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """What components/counted_bottlenecks.html describes."""

    name: str
    definition: str
    count: str
    quotes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CountedBottlenecks:
    """Of one question; most mentioned first. With `withheld`, which says why, there are none."""

    question: str
    question_text: str
    bottlenecks: tuple[Bottleneck, ...]
    remarks: tuple[str, ...]
    withheld: str


def asks_for_bottlenecks(question: str) -> bool:
    """By its code."""
    return question.rpartition("_")[2] == BOTTLENECKS


def list_bottlenecks(table: ResultTable, *, quotes: Mapping[str, Quotes]) -> list[CountedBottlenecks]:
    """One list per question with themes, those left out of which no text was coded; `quotes` by question code.

    `table` counts responses and is after disclosure control. A theme that nobody mentions is no bottleneck. A text
    is quoted once, at the most mentioned of its themes.
    """
    return [
        listed
        for question in table.coded
        if asks_for_bottlenecks(question)
        and (listed := _list_question(table, question=question, quotes=quotes.get(question, {})))
    ]


def _list_question(table: ResultTable, *, question: str, quotes: Quotes) -> CountedBottlenecks | None:
    rows = [row for row in table.rows if row.question == question and row.is_theme and not row.dimensions]
    if not rows or rows[0].status == Status.NO_DATA:
        return None
    is_withheld = rows[0].status == Status.SUPPRESSED
    definitions = {theme.code: theme.definition for theme in table.coded[question].themes}
    bottlenecks, quoted = [], set[str]()
    for row in sorted(rows, key=lambda row: -(row.n or 0)):
        if row.n and row.base:
            fresh = tuple(dict.fromkeys(q for q in quotes.get(row.option, ()) if q not in quoted))
            quoted.update(fresh)
            count = f"Genoemd door {format_count(row.n)} van de {format_count(row.base)} {RESPONDENTS}"
            bottlenecks.append(Bottleneck(row.option_text, definitions[row.option], count, fresh))
    return CountedBottlenecks(
        question=question,
        question_text=rows[0].question_text,
        bottlenecks=tuple(bottlenecks),
        remarks=tuple(table.remarks.get(question, ())),
        withheld=rows[0].note if is_withheld else "",
    )
