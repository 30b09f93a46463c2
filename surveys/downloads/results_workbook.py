"""The counted results as a workbook: the long table, and the same rows again per question."""

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime

from surveys.questionnaire.day_parsing import write_day
from surveys.results.credits import LICENCE, NO_LICENCE, SOURCE
from surveys.results.dimensions import UNIT_NAMES, Unit
from surveys.results.table import RESULT_COLUMNS, ResultRow, ResultTable
from surveys.tabular.workbook import (
    EXPLANATION_COLUMNS,
    Column,
    ColumnStyle,
    Meaning,
    Row,
    Sheet,
    Workbook,
    choose_sheet_names,
)

NO_RELEASE = "geen: dit bestand is gemaakt van de antwoorden van nu, die nog kunnen veranderen"
COLUMN_MEANINGS = {
    "wave": "code van de meting",
    "version": "versie van de vragenlijst",
    "measure": "sleutel van de maatregel; leeg bij een algemene vraag",
    "question": "code van de vraag; zie het codeboek",
    "question_text": "tekst van de vraag",
    "option": "code van het antwoord of, bij een open vraag, van het thema; een code met # ervoor is geen van beide",
    "option_text": "tekst van het antwoord, of naam van het thema",
    "unit": "wat geteld is: response (reacties), municipality (gemeenten) of inhabitants (inwoners)",
    "dimension_1": "eerste uitsplitsing; leeg bij een totaal",
    "group_1": "groep in de eerste uitsplitsing",
    "dimension_2": "tweede uitsplitsing",
    "group_2": "groep in de tweede uitsplitsing",
    "n": "hoeveel dit antwoord gaven",
    "base": "hoeveel de vraag beantwoordden; bij een thema: van hoeveel de tekst is ingedeeld in thema's",
    "share": "n gedeeld door base, als deel van 1; in een gewogen bestand het gewogen aandeel",
    "lower": "ondergrens van het 95%-interval, als dat bestaat",
    "upper": "bovengrens van het 95%-interval, als dat bestaat",
    "status": "ok, suppressed (afgeschermd) of no_data (geen antwoorden)",
    "note": "opmerking bij de rij",
    "value": "de uitkomst van een rij over getallen, zoals #gemiddelde; n en base zijn dan hoeveel een getal invulden",
    "value_unit": "eenheid van value",
}
STATUS_NAMES = {"ok": "", "suppressed": "afgeschermd", "no_data": "geen antwoorden"}
COLUMN_WIDTHS = {
    "question_text": 60,
    "option_text": 36,
    "group_1": 28,
    "group_2": 28,
    "question": 28,
    "note": 40,
}
COLUMN_VALUES: dict[str, dict[str | int, str]] = {
    "unit": {unit.value: name for unit, name in UNIT_NAMES.items()},
    "status": {"ok": "geteld", "suppressed": "afgeschermd", "no_data": "geen antwoorden"},
}
COLUMN_DECIMALS = {"share": 4, "lower": 4, "upper": 4, "value": 2}
NUMBER_COLUMNS = ("version", "n", "base", "share", "lower", "upper", "value")


NOT_WEIGHTED = "Niet gewogen: ieder antwoord telt even zwaar."
COUNTS_AS_THEY_ARE = "De kolommen n en base zijn niet gewogen."


def build_results_workbook(
    table: ResultTable, *, codebook: Sheet, counted_at: datetime | None = None
) -> Workbook:
    """`counted_at` is when answers were counted that can still change; the figures of a release have its day."""
    return Workbook(
        title=f"{table.wave_title}: resultaten",
        explanation=_build_explanation(table, counted_at=counted_at),
        data=Sheet(
            name="Resultaten",
            columns=tuple(
                Column(
                    name,
                    COLUMN_WIDTHS.get(name, 14),
                    ColumnStyle.NUMBER if name in NUMBER_COLUMNS else ColumnStyle.TEXT,
                    Meaning(
                        COLUMN_MEANINGS[name],
                        values=COLUMN_VALUES.get(name, {}),
                        decimals=COLUMN_DECIMALS.get(name, 0),
                    ),
                )
                for name in RESULT_COLUMNS
            ),
            rows=(_list_cells(row) for row in table.rows),
            row_count=len(table.rows),
        ),
        questions=_build_question_sheets(table),
        codebook=codebook,
    )


def write_release(code: str, *, released_on: date | None) -> str:
    """The release with its day, as charts and the report name it; without one a sentence that says so."""
    if not code:
        return NO_RELEASE
    return f"{code} van {write_day(released_on)}" if released_on else code


def _list_cells(row: ResultRow) -> Row:
    return tuple(getattr(row, name) for name in RESULT_COLUMNS)


def _build_explanation(table: ResultTable, *, counted_at: datetime | None) -> Sheet:
    dimensions = " × ".join(table.dimension_names[code] for code in table.dimensions)
    rows = [
        ("Meting", f"{table.wave_title} ({table.wave})"),
        ("Versie vragenlijst", str(table.version)),
        ("Uitgave", write_release(table.release, released_on=table.released_on)),
        ("Geteld per", UNIT_NAMES[Unit(table.unit)]),
        ("Uitsplitsing", dimensions or "geen, alleen totalen"),
        ("Peildatum", date_format(table.reference_date, "j F Y")),
        ("Basis", table.base_rule),
        ("Weging", f"{table.weighting} {COUNTS_AS_THEY_ARE}" if table.weighting else NOT_WEIGHTED),
        *(("Let op", caveat) for caveat in table.caveats),
        *((("Geteld op", date_format(localtime(counted_at), "j F Y, H:i")),) if counted_at else ()),
        ("Bron", SOURCE),
        ("Licentie", LICENCE if table.release else NO_LICENCE),
        *((f"Kolom {name}", COLUMN_MEANINGS[name]) for name in RESULT_COLUMNS),
    ]
    return Sheet(name="Toelichting", columns=EXPLANATION_COLUMNS, rows=rows, row_count=len(rows))


def _build_question_sheets(table: ResultTable) -> tuple[Sheet, ...]:
    rows_of: dict[str, list[ResultRow]] = {}
    for row in table.rows:
        rows_of.setdefault(row.question, []).append(row)
    names = choose_sheet_names(rows_of, taken=("Toelichting", "Resultaten", "Codeboek", "History"))
    return tuple(
        _build_question_sheet(rows, name=name, table=table)
        for name, rows in zip(names, rows_of.values(), strict=True)
    )


def _build_question_sheet(rows: list[ResultRow], *, name: str, table: ResultTable) -> Sheet:
    return Sheet(
        name=name,
        heading=(rows[0].question_text, f"Geteld per: {UNIT_NAMES[Unit(table.unit)]}", ""),
        columns=(
            *(
                column
                for number in range(1, len(table.dimensions) + 1)
                for column in (Column(f"Uitsplitsing {number}", 18), Column(f"Groep {number}", 30))
            ),
            Column("Antwoord", 44),
            Column("Aantal", 10, ColumnStyle.NUMBER),
            Column("Basis", 10, ColumnStyle.NUMBER),
            Column("Aandeel", 10, ColumnStyle.SHARE),
            Column("Uitkomst", 14, ColumnStyle.NUMBER),
            Column("Eenheid", 14),
            Column("Status", 16),
            Column("Opmerking", 50),
        ),
        rows=(_list_question_cells(row, table=table) for row in rows),
        row_count=len(rows),
    )


def _list_question_cells(row: ResultRow, *, table: ResultTable) -> Row:
    groups = ((row.dimension_1, row.group_1), (row.dimension_2, row.group_2))[: len(table.dimensions)]
    return (
        *(cell for code, group in groups for cell in (code and table.dimension_names[code], group)),
        row.option_text,
        row.n,
        row.base,
        row.share,
        row.value,
        row.value_unit,
        STATUS_NAMES[row.status],
        row.note,
    )
