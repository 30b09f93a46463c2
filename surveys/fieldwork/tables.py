"""The lists and tables of the response as sheets to download. Pure."""

from collections.abc import Callable, Collection, Iterable

from surveys.fieldwork.overview import Coverage
from surveys.fieldwork.representativeness import SharePair
from surveys.fieldwork.standings import STANDING_NAMES
from surveys.fieldwork.watch import Watch
from surveys.tabular.workbook import (
    EXPLANATION_COLUMNS,
    Column,
    ColumnStyle,
    Row,
    Sheet,
    Workbook,
    write_moment,
)

SHARE, NUMBER = ColumnStyle.SHARE, ColumnStyle.NUMBER
SOURCE = "Inwoners en indelingen: CBS"


def build_watch_workbook(sheet: Sheet, *, facts: Iterable[tuple[str, str]]) -> Workbook:
    """One table with what a reader must know of it: `facts` are subject and explanation."""
    explanation = [*facts, ("Bron", SOURCE)]
    return Workbook(
        title=sheet.name,
        explanation=Sheet("Toelichting", EXPLANATION_COLUMNS, explanation, row_count=len(explanation)),
        data=sheet,
    )


def list_responses(watch: Watch) -> Sheet:
    return _make_sheet(
        "Reacties",
        (
            Column("code", 10),
            Column("organisatie", 40),
            Column("soort"),
            Column("status", 20),
            Column("mist nog", 10, NUMBER),
            Column("gemeenten", 10, NUMBER),
            Column("codes van gemeenten", 40),
            Column("begonnen", 18),
            Column("begonnen door", 30),
            Column("opgeslagen", 18),
            Column("ingediend", 18),
            Column("ingediend door", 30),
        ),
        (
            (
                response.organisation_code,
                response.organisation,
                response.kind_label,
                response.status_label,
                response.missing,
                len(response.municipality_codes),
                " ".join(sorted(response.municipality_codes)),
                write_moment(response.started_at),
                response.started_by,
                write_moment(response.saved_at),
                write_moment(response.submitted_at),
                response.submitted_by,
            )
            for response in watch.overview.responses
        ),
    )


def list_municipalities(watch: Watch) -> Sheet:
    return _make_sheet(
        "Gemeenten",
        (
            Column("code", 10),
            Column("gemeente", 30),
            Column("stand", 40),
            Column("inwoners", 12, NUMBER),
            Column("grootteklasse", 28),
            Column("provincie", 20),
            Column("jeugdregio", 30),
        ),
        (
            (
                row.code,
                row.name,
                STANDING_NAMES[watch.standings[row.code]],
                row.population,
                row.size_class[2],
                row.province[2],
                row.youth_region[2] if row.youth_region else None,
            )
            for row in watch.frame
        ),
    )


def list_silent(watch: Watch) -> Sheet:
    return _make_sheet(
        "Nog niet begonnen",
        (
            Column("code", 10),
            Column("organisatie", 40),
            Column("soort"),
            Column("gemeenten", 10, NUMBER),
            Column("met antwoord", 12, NUMBER),
            Column("inwoners", 12, NUMBER),
            Column("laatste contact op", 18),
            Column("laatste contact", 40),
        ),
        (
            (
                each.code,
                each.name,
                each.kind_label,
                each.municipalities,
                each.covered,
                each.inhabitants,
                write_moment(each.last_contact.at) if each.last_contact else None,
                each.last_contact.text if each.last_contact else None,
            )
            for each in watch.silent
        ),
    )


def list_overlaps(watch: Watch) -> Sheet:
    return _make_sheet(
        "Dubbele antwoorden",
        (Column("code", 10), Column("gemeente", 30), Column("eigen antwoord", 40), Column("regio", 40)),
        (
            (each.municipality.code, each.municipality.name, each.own.organisation, each.region.organisation)
            for each in watch.overview.overlaps
        ),
    )


def list_days(watch: Watch) -> Sheet:
    return _make_sheet(
        "Verloop",
        (Column("dag"), Column("ingediende reacties", 20, NUMBER), Column("gemeenten", 12, NUMBER)),
        ((each.day.isoformat(), each.responses, each.municipalities) for each in watch.days),
    )


def compare_groups(watch: Watch) -> Sheet:
    columns = [Column("uitsplitsing"), Column("code", 16), Column("groep", 30)]
    for unit in ("gemeenten", "inwoners"):
        columns += [
            Column(f"{unit} met antwoord", 22, SHARE),
            Column(f"{unit} in Nederland", 22, SHARE),
            Column(f"{unit} verschil in procentpunt", 28, NUMBER),
        ]
    rows: list[Row] = []
    for comparison in watch.comparisons:
        rows += [
            (
                comparison.group_name,
                group.code,
                group.label,
                *_write_pair(group.municipalities),
                *_write_pair(group.inhabitants),
            )
            for group in comparison.groups
        ]
        indices = comparison.municipality_dissimilarity, comparison.inhabitant_dissimilarity
        rows.append(
            (
                comparison.group_name,
                None,
                "dissimilariteitsindex",
                indices[0],
                None,
                None,
                indices[1],
                None,
                None,
            )
        )
    return _make_sheet("Representativiteit", tuple(columns), rows)


def _cover(name: str, rows: Collection[Coverage]) -> Sheet:
    return _make_sheet(
        name,
        (
            Column("code", 16),
            Column(name.lower(), 36),
            Column("gemeenten met antwoord", 24, NUMBER),
            Column("gemeenten", 12, NUMBER),
            Column("aandeel gemeenten", 20, SHARE),
            Column("inwoners met antwoord", 24, NUMBER),
            Column("inwoners", 12, NUMBER),
            Column("aandeel inwoners", 20, SHARE),
        ),
        (
            (
                row.code,
                row.label,
                row.municipalities,
                row.municipalities_total,
                row.municipality_share,
                row.inhabitants,
                row.inhabitants_total,
                row.inhabitant_share,
            )
            for row in rows
        ),
    )


# By the name in the address of the file.
TABLES: dict[str, Callable[[Watch], Sheet]] = {
    "gemeenten": list_municipalities,
    "verloop": list_days,
    "grootteklasse": lambda watch: _cover("Grootteklasse", watch.overview.size_classes),
    "soort-respondent": lambda watch: _cover("Soort respondent", watch.overview.respondent_types),
    "provincie": lambda watch: _cover("Provincie", watch.overview.provinces),
    "jeugdregio": lambda watch: _cover("Jeugdregio", watch.overview.youth_regions),
    "representativiteit": compare_groups,
    "reacties": list_responses,
    "dubbel": list_overlaps,
    "nog-niet-begonnen": list_silent,
}


def _write_pair(pair: SharePair) -> tuple[float | None, float | None, float | None]:
    return pair.answered, pair.frame, None if pair.points is None else round(pair.points, 2)


def _make_sheet(name: str, columns: tuple[Column, ...], rows: Iterable[Row]) -> Sheet:
    rows = list(rows)
    return Sheet(name, columns, rows, row_count=len(rows))
