"""Printed beside counted: what the report of 2022 says, and what this site's own table says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from surveys.demo.printed import PrintedQuestion, PrintedReport, read_printed_report, round_half_up
from surveys.fieldwork.overview import Coverage
from surveys.results.access import list_public_waves
from surveys.results.dimensions import Unit
from surveys.results.publication import describe_response, public_table
from surveys.results.release.response import ReleasedCoverage, ReleasedResponse
from surveys.results.table import ResultRow

WAVE = "2022"
NOT_ASKED = "niet gevraagd"

# Topics of the differences on the page, where a number that is not equal is explained.
TOTAL_TOPIC = "Aantal gemeenten in Nederland"
SIZE_CLASS_TOPIC = "Deelname per grootteklasse"
INHABITANTS_TOPIC = "Aandeel van alle inwoners"


@dataclass(frozen=True)
class ComparedNumber:
    """`topic` is the difference on the page that explains why the two may not be equal."""

    label: str
    printed: str
    shown: str
    topic: str = ""

    @property
    def verdict(self) -> str:
        if self.printed == self.shown:
            return "gelijk"
        return f"wijkt af, zie ‘{self.topic}’" if self.topic else "wijkt af"


@dataclass(frozen=True)
class ComparedQuestion:
    """`printed` and `shown` are whole per cents per option text; without a base nobody answered."""

    text: str
    printed: Mapping[str, int]
    shown: Mapping[str, int]
    base: int

    @property
    def equal(self) -> int:
        """How many of the printed percentages come out."""
        return sum(self.shown.get(option) == percent for option, percent in self.printed.items())

    @property
    def verdict(self) -> str:
        return "gelijk" if self.equal == len(self.printed) else "wijkt af"


@dataclass(frozen=True)
class Comparison:
    """Rows for components/data_table.html, and one sentence that says how well the print is reproduced."""

    numbers: Sequence[ComparedNumber]
    questions: Sequence[ComparedQuestion]

    number_columns = ("Wat", "In het rapport", "Op deze site", "Vergelijking")
    question_columns = ("Vraag", "In het rapport", "Op deze site", "Basis", "Vergelijking")

    @property
    def number_rows(self) -> list[tuple[str, ...]]:
        return [(row.label, row.printed, row.shown, row.verdict) for row in self.numbers]

    @property
    def question_rows(self) -> list[tuple[str, ...]]:
        return [
            (
                row.text,
                _list_percentages(row.printed),
                _list_percentages(row.shown) or NOT_ASKED,
                f"{row.base} reacties",
                row.verdict,
            )
            for row in self.questions
        ]

    @property
    def summary(self) -> str:
        printed = sum(len(row.printed) for row in self.questions)
        equal = sum(row.equal for row in self.questions)
        if equal == printed:
            return f"Alle {printed} percentages die het rapport bij de gesloten vragen noemt, komen hier uit."
        return f"Van de {printed} percentages die het rapport bij de gesloten vragen noemt, komen er hier {equal} uit."


def compare_with_print() -> Comparison | None:
    """None while the wave of 2022 is not public in this installation."""
    wave = next((wave for wave in list_public_waves() if wave.code == WAVE), None)
    if wave is None:
        return None
    report = read_printed_report()
    table = public_table(wave, unit=Unit.RESPONSE)
    return Comparison(
        numbers=_compare_response(report, describe_response(wave)),
        questions=[
            _compare_question(question, [row for row in table.rows if row.question == question.code])
            for question in report.questions
        ],
    )


def _compare_response(report: PrintedReport, overview: ReleasedResponse) -> list[ComparedNumber]:
    printed = report.response
    shown_classes = {row.code: row for row in overview.size_classes}
    return [
        ComparedNumber("Begonnen reacties", str(printed["started"]), str(overview.started)),
        ComparedNumber("Volledige reacties", str(printed["complete"]), str(overview.submitted)),
        ComparedNumber(
            "Volledige reacties van één gemeente",
            str(printed["municipalities"]),
            str(overview.submitted_municipalities),
        ),
        ComparedNumber(
            "Volledige reacties van een jeugdregio",
            str(printed["youth_regions"]),
            str(overview.submitted_regions),
        ),
        ComparedNumber(
            "Gemeenten waar de reacties over gaan",
            _write_share(printed["covered"], printed["total"], percent=printed["share_percent"]),
            _write_municipalities(overview.coverage),
            topic=TOTAL_TOPIC,
        ),
        *(
            ComparedNumber(
                f"Gemeenten {shown_classes[row.code].label.lower()}",
                _write_share(row.covered, row.total, percent=row.percent),
                _write_municipalities(shown_classes[row.code]),
                topic=SIZE_CLASS_TOPIC,
            )
            for row in report.size_classes
            if row.code in shown_classes
        ),
        *(
            [
                ComparedNumber(
                    "Aandeel van alle inwoners",
                    _write_percent(printed["inhabitants_percent"]),
                    _write_percent(round_half_up(inhabitants, overview.coverage.inhabitants_total)),
                    topic=INHABITANTS_TOPIC,
                )
            ]
            if (inhabitants := overview.coverage.inhabitants) is not None
            else []
        ),
    ]


def _compare_question(question: PrintedQuestion, rows: Sequence[ResultRow]) -> ComparedQuestion:
    """`rows` are those of the question in the public table; empty when the wave did not ask it."""
    shown = {row.option: row for row in rows if row.option in question.percent and row.base}
    texts = {row.option: row.option_text for row in rows}
    return ComparedQuestion(
        text=rows[0].question_text if rows else question.code,
        printed={texts.get(option, option): percent for option, percent in question.percent.items()},
        shown={row.option_text: round_half_up(row.n or 0, row.base or 1) for row in shown.values()},
        base=max((row.base or 0 for row in shown.values()), default=0),
    )


def _write_municipalities(coverage: Coverage | ReleasedCoverage) -> str:
    percent = round_half_up(coverage.municipalities, coverage.municipalities_total)
    return _write_share(coverage.municipalities, coverage.municipalities_total, percent=percent)


def _write_share(number: int, total: int, *, percent: int) -> str:
    return f"{number} van {total} ({_write_percent(percent)})"


def _list_percentages(percentages: Mapping[str, int]) -> str:
    return ", ".join(f"{option} {_write_percent(percent)}" for option, percent in percentages.items())


def _write_percent(percent: int) -> str:
    return f"{percent}\N{NO-BREAK SPACE}%"
