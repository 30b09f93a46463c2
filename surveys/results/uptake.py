"""Which share says yes to what a measure asks everybody: who applies it. Pure."""

from dataclasses import dataclass

from surveys.results.notation import format_count, format_share
from surveys.results.table import ResultTable

YES = "ja"
# How the code of a question ends that asks for plans; the same in every version, as codes are.
PLANS = "gepland"


@dataclass(frozen=True, slots=True)
class Uptake:
    """What components/stat.html shows, with the question that it answers; `base` says of how many."""

    question: str
    question_text: str
    share: str
    label: str
    base: str


def list_uptake(table: ResultTable) -> list[Uptake]:
    """One per closed question that is about now and was put to everybody, without those that are withheld.

    `table` counts responses and is after disclosure control. A follow-up question is about part of them: "ja" there
    is no share of all who could apply the measure.
    """
    return [
        Uptake(
            question=row.question,
            question_text=row.question_text,
            share=format_share(row.share),
            label=f"antwoordt „{row.option_text}”",
            base=f"{format_count(row.n)} van de {format_count(row.base)} reacties",
        )
        for row in table.rows
        if row.option == YES
        and not row.dimensions
        and row.question not in table.routing
        and row.question.rpartition("_")[2] != PLANS
        and row.n is not None
        and row.share is not None
        and row.base
    ]
