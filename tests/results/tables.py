"""Small result tables, made in the way the site makes them: cells in, assembled table out."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from surveys.questionnaire.definition import OptionDefinition, QuestionDefinition, SectionDefinition
from surveys.results.aggregation import Cell, Grouping, assemble_rows
from surveys.results.protection.protecting import NOTE_WITHHELD
from surveys.results.table import ResultTable, Status


def make_question(*options: str, code: str = "poh", kind: str = "single") -> QuestionDefinition:
    return QuestionDefinition(
        code=code,
        kind=kind,
        text="Is er een POH?",
        requirement="required",
        options=tuple(OptionDefinition(option.lower(), option) for option in options),
        missing=("dont_know",),
    )


def make_table(
    question: QuestionDefinition,
    counts: Mapping[str, Mapping[str, int]],
    *,
    unit: str = "response",
    bases: Mapping[str, int] | None = None,
    inhabitants: int = 1,
    municipalities: int = 7,
) -> ResultTable:
    """`counts` has, per province, the units per option code or missing state; {"": …} is a table of totals.

    `bases` is for multiple choice, where the base is not the sum. A unit has `inhabitants` inhabitants.
    """
    options = [option.code for option in question.options]
    by_province = list(counts) != [""]
    groups = {name: (name,) if by_province else () for name in counts}
    by_option, by_state = [], []
    for name, outcomes in counts.items():
        given = sum(outcomes.get(option, 0) for option in options) if bases is None else bases[name]
        for outcome, units in {**outcomes, "given": given}.items():
            cell = Cell(question.code, outcome, groups[name], units, units * inhabitants)
            (by_option if outcome in options else by_state).append(cell)
    dimensions = ("province",) if by_province else ()
    return ResultTable(
        wave="2022",
        wave_title="Meting 2022",
        version=1,
        unit=unit,
        dimensions=dimensions,
        reference_date=date(2022, 1, 1),
        base_rule="De basis is wie antwoord gaf.",
        caveats=(),
        rows=assemble_rows(
            [SectionDefinition("poh-jeugd", "POH", (question,), measure="poh-jeugd")],
            wave="2022",
            version=1,
            unit=unit,
            grouping=Grouping(
                dimensions=dimensions,
                names={"province": {name: name for name in counts}},
                places=frozenset(groups.values()) if by_province else frozenset(),
            ),
            by_state=by_state,
            by_option=by_option,
        ),
        municipalities={question.code: municipalities},
        dimension_names={"province": "provincie"} if by_province else {},
    )


def withhold(table: ResultTable, *, only_groups: bool = False) -> ResultTable:
    """As a table stands in a release that shows none of its figures, or just the totals (`only_groups`)."""
    nothing = dict.fromkeys(("n", "base", "share", "lower", "upper", "value", "population"))
    empty = {**nothing, "units": 0, "status": Status.SUPPRESSED, "note": NOTE_WITHHELD}
    return replace(
        table,
        rows=tuple(
            row if only_groups and not row.dimensions else row._replace(**empty) for row in table.rows
        ),
        municipalities=table.municipalities if only_groups else {},
        remarks=table.remarks if only_groups else {},
    )
