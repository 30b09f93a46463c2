"""Every list and table of the screen as a sheet."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from surveys.fieldwork.overview import build_overview
from surveys.fieldwork.standings import find_standings
from surveys.fieldwork.tables import TABLES, build_watch_workbook
from surveys.fieldwork.timeline import DayCount
from surveys.fieldwork.watch import LastContact, Watch
from tests.fieldwork.rows import FRAME, make_row

NINE = datetime(2026, 3, 2, 9, 5, tzinfo=UTC)
RESPONSES = [
    replace(make_row("GM1", "GM1"), submitted_at=NINE, submitted_by="Anna"),
    make_row("JZ1", "GM1", "GM2"),
    make_row("GM3", "GM3", status="draft", missing=2),
]


@pytest.fixture
def watch():
    return Watch(
        overview=build_overview(FRAME, responses=RESPONSES),
        frame=tuple(FRAME),
        standings=find_standings(FRAME, responses=RESPONSES),
        positions={},
        days=(DayCount(date(2026, 3, 1), 0, 0), DayCount(date(2026, 3, 2), 2, 2)),
        contacts={"GM4": LastContact(NINE, "Uitnodiging: verstuurd")},
    )


def read(watch, table):
    """The rows by column name."""
    sheet = TABLES[table](watch)
    rows = [dict(zip([column.name for column in sheet.columns], row, strict=True)) for row in sheet.rows]
    assert len(rows) == sheet.row_count
    return rows


def test_responses_have_their_status_and_moments(watch):
    first, region, draft = read(watch, "reacties")

    assert (first["code"], first["soort"], first["ingediend"], first["ingediend door"]) == (
        "GM1",
        "gemeente",
        "2026-03-02 09:05",
        "Anna",
    )
    assert (region["gemeenten"], region["codes van gemeenten"]) == (2, "GM1 GM2")
    assert (draft["status"], draft["mist nog"], draft["ingediend"]) == ("draft", 2, None)


def test_municipalities_have_their_standing_and_groups(watch):
    rows = read(watch, "gemeenten")

    assert [row["stand"] for row in rows] == [
        "zelf ingediend",
        "ingediend via de jeugdregio",
        "bezig",
        "nog niet begonnen",
    ]
    assert rows[3] == {
        "code": "GM4",
        "gemeente": "Vier",
        "stand": "nog niet begonnen",
        "inwoners": 400,
        "grootteklasse": "Groot",
        "provincie": "Zuid",
        "jeugdregio": None,
    }


def test_who_did_not_begin_comes_with_the_last_contact(watch):
    region, municipality = read(watch, "nog-niet-begonnen")

    assert (region["code"], region["soort"], region["met antwoord"], region["laatste contact"]) == (
        "JZ2",
        "jeugdregio",
        0,
        None,
    )
    assert (municipality["code"], municipality["laatste contact op"], municipality["laatste contact"]) == (
        "GM4",
        "2026-03-02 09:05",
        "Uitnodiging: verstuurd",
    )


def test_coverage_is_written_per_breakdown(watch):
    small, large = read(watch, "grootteklasse")

    assert (small["grootteklasse"], small["gemeenten met antwoord"], small["aandeel gemeenten"]) == (
        "Klein",
        2,
        1.0,
    )
    assert (large["inwoners met antwoord"], large["inwoners"], large["aandeel inwoners"]) == (0, 700, 0.0)
    assert [row["provincie"] for row in read(watch, "provincie")] == ["Noord", "Zuid"]
    assert len(read(watch, "jeugdregio")) == 3
    assert [row["gemeenten met antwoord"] for row in read(watch, "soort-respondent")] == [1, 1]


def test_the_comparison_ends_with_its_index(watch):
    rows = read(watch, "representativiteit")

    assert [(row["uitsplitsing"], row["groep"]) for row in rows] == [
        ("grootteklasse", "Klein"),
        ("grootteklasse", "Groot"),
        ("grootteklasse", "dissimilariteitsindex"),
        ("provincie", "Noord"),
        ("provincie", "Zuid"),
        ("provincie", "dissimilariteitsindex"),
    ]
    assert rows[0]["gemeenten verschil in procentpunt"] == 50
    assert rows[2]["gemeenten met antwoord"] == 0.5


def test_overlaps_and_days_are_written(watch):
    assert [row["gemeente"] for row in read(watch, "dubbel")] == ["Een"]
    assert [list(row.values()) for row in read(watch, "verloop")] == [
        ["2026-03-01", 0, 0],
        ["2026-03-02", 2, 2],
    ]


@pytest.mark.parametrize("table", TABLES)
def test_every_table_can_be_written_of_nothing_and_names_its_source(table):
    nothing = Watch(build_overview([], responses=[]), (), {}, {}, (), {})

    book = build_watch_workbook(TABLES[table](nothing), facts=[("Meting", "Proef")])

    assert list(book.explanation.rows) == [("Meting", "Proef"), ("Bron", "Inwoners en indelingen: CBS")]
    assert {len(row) for row in book.data.rows} <= {len(book.data.columns)}
