"""Printed beside counted: what the report of 2022 says, and what this site's own table says."""

from dataclasses import dataclass

from surveys.demo.printed import read_printed_report, round_half_up
from surveys.fieldwork.queries import summarise_response
from surveys.questionnaire.queries import list_public_waves
from surveys.results.publication import public_table

WAVE = "2022"


@dataclass(frozen=True)
class ComparedNumber:
    label: str
    printed: str
    shown: str

    @property
    def is_equal(self) -> bool:
        return self.printed == self.shown


@dataclass(frozen=True)
class ComparedOption:
    """Percentages are whole per cents; `n` of `base` responses chose the option."""

    question: str
    option: str
    printed_percent: int
    n: int
    base: int

    @property
    def shown_percent(self) -> int:
        return round_half_up(self.n, self.base)

    @property
    def is_equal(self) -> bool:
        return self.printed_percent == self.shown_percent


@dataclass(frozen=True)
class Comparison:
    response: list[ComparedNumber]
    options: list[ComparedOption]


def compare_with_print() -> Comparison | None:
    """None while the wave of 2022 is not public in this installation."""
    wave = next((wave for wave in list_public_waves() if wave.code == WAVE), None)
    if wave is None:
        return None
    report = read_printed_report()
    printed = report.response
    overview = summarise_response(wave)
    coverage = overview.coverage
    response = [
        ComparedNumber("Begonnen reacties", str(printed["started"]), str(overview.started)),
        ComparedNumber("Volledige reacties", str(printed["complete"]), str(overview.complete)),
        ComparedNumber(
            "Waarvan van één gemeente", str(printed["municipalities"]), str(overview.complete_municipalities)
        ),
        ComparedNumber("Waarvan van een regio", str(printed["youth_regions"]), str(overview.complete_regions)),
        ComparedNumber(
            "Gemeenten waar de reacties over gaan",
            f"{printed['covered']} van {printed['total']} ({printed['share_percent']} %)",
            f"{coverage.municipalities} van {coverage.municipalities_total} "
            f"({round_half_up(coverage.municipalities, coverage.municipalities_total)} %)",
        ),
        ComparedNumber(
            "Aandeel van de inwoners",
            f"{printed['inhabitants_percent']} %",
            f"{round_half_up(coverage.inhabitants, coverage.inhabitants_total)} %",
        ),
    ]
    shown_classes = {row.code: row for row in overview.size_classes}
    for size_class in report.size_classes:
        shown = shown_classes[size_class.code]
        response.append(
            ComparedNumber(
                f"Gemeenten {shown.label}",
                f"{size_class.covered} van {size_class.total} ({size_class.percent} %)",
                f"{shown.municipalities} van {shown.municipalities_total} "
                f"({round_half_up(shown.municipalities, shown.municipalities_total)} %)",
            )
        )
    codes = [question.code for question in report.questions]
    rows = {
        (row.question, row.option): row
        for row in public_table(wave, unit="response", questions=codes).rows
        if not row.dimensions
    }
    options = []
    for question in report.questions:
        for option, percent in question.percent.items():
            row = rows[question.code, option]
            options.append(
                ComparedOption(row.question_text, row.option_text, percent, row.n or 0, row.base or 0)
            )
    return Comparison(response, options)
