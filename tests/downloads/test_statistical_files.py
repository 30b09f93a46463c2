"""SPSS and Parquet, read back by the libraries that others read them with."""

import json
from decimal import Decimal

import pyarrow as pa
import pyreadstat
import pytest
from pyarrow import parquet

from surveys.tabular import batches
from surveys.tabular.workbook import (
    EXPLANATION_COLUMNS,
    Column,
    ColumnStyle,
    Meaning,
    Sheet,
    TooLargeForFormat,
    Workbook,
    clean_text,
)
from surveys.tabular.writers.parquet import write_parquet
from surveys.tabular.writers.sav import write_sav
from tests.downloads.samples import NASTY_TEXTS, build_table, build_workbook

DONT_KNOW = {"#weet_niet": "Weet ik niet", "#niet_gesteld": "Niet gesteld volgens de route"}
COLUMNS = (
    Column("respondent"),
    Column("poh", meaning=Meaning("Is er een poh?", {"ja": "Ja", "nee": "Nee"}, DONT_KNOW)),
    Column(
        "hoe.met-wie", style=ColumnStyle.NUMBER, meaning=Meaning("Hoe?", {0: "Niet gekozen", 1: "Gekozen"}, DONT_KNOW)
    ),
    Column("kosten", style=ColumnStyle.NUMBER, meaning=Meaning("Wat kost het?", missing=DONT_KNOW, decimals=2)),
    Column(
        "saldo", style=ColumnStyle.NUMBER, meaning=Meaning("Saldo?", missing=DONT_KNOW, lowest=Decimal(-100))
    ),
    Column("uitleg", meaning=Meaning("Waarom?", missing=DONT_KNOW)),
)  # fmt: skip
ROWS = (
    ("GM0001", "nee", 1, 12.5, -1, "Zo."),
    ("GM0002", "#weet_niet", "#weet_niet", "#weet_niet", "#weet_niet", "#weet_niet"),
    ("GM0003", "#niet_gesteld", "#niet_gesteld", "#niet_gesteld", "#niet_gesteld", "#niet_gesteld"),
    ("GM0004", None, None, None, None, None),
    ("GM0005", "ja", 0, 0, 0, ""),
)


def make_workbook(*, columns=COLUMNS, rows=ROWS) -> Workbook:
    explanation = Sheet("Toelichting", EXPLANATION_COLUMNS, [("Peildatum", "1 januari 2022")], row_count=1)
    return Workbook(
        "Meting 2022: reacties", explanation, Sheet("Reacties", columns, rows, row_count=len(rows))
    )


@pytest.fixture
def read_sav(tmp_path):
    def write_and_read(workbook, *, user_missing):
        write_sav(workbook, tmp_path / "uit.sav")
        assert [path.name for path in tmp_path.iterdir()] == ["uit.sav"]
        return pyreadstat.read_sav(tmp_path / "uit.sav", user_missing=user_missing, output_format="dict")

    return write_and_read


def test_spss_has_numbers_with_labels_and_kinds_of_nothing_as_missing(read_sav):
    values, about = read_sav(make_workbook(), user_missing=True)

    assert values == {
        "respondent": ["GM0001", "GM0002", "GM0003", "GM0004", "GM0005"],
        "poh": [2, -1, -4, None, 1],
        "hoe.met_wie": [1, -1, -4, None, 0],
        "kosten": [12.5, -1, -4, None, 0],
        "saldo": [-1, -1_000_000_000_001, -1_000_000_000_004, None, 0],
        "uitleg": ["Zo.", "-1", "-4", "", ""],
    }
    assert about.variable_value_labels["poh"] == {
        1: "Ja", 2: "Nee", -1: "Weet ik niet", -4: "Niet gesteld volgens de route"
    }  # fmt: skip
    assert about.variable_value_labels["hoe.met_wie"][0] == "Niet gekozen"
    assert about.variable_value_labels["uitleg"]["-1"] == "Weet ik niet"
    assert about.column_names_to_labels["hoe.met_wie"] == "hoe.met-wie: Hoe?"
    assert about.missing_ranges["poh"] == [{"lo": -4, "hi": -1}]
    assert [each["lo"] for each in about.missing_ranges["uitleg"]] == ["-1", "-4"]
    assert (about.variable_measure["poh"], about.variable_measure["kosten"]) == ("nominal", "scale")
    assert about.original_variable_types["kosten"] == "F18.2"
    assert about.file_label == "Meting 2022: reacties"
    assert about.notes[:2] == ["Peildatum: 1 januari 2022", "Codes van poh: 1 = ja, 2 = nee"]


def test_spss_itself_does_not_count_a_kind_of_nothing(read_sav):
    values, _ = read_sav(make_workbook(), user_missing=False)

    assert values["poh"] == [2, None, None, None, 1]
    assert values["saldo"] == [-1, None, None, None, 0]
    assert values["uitleg"][:3] == ["Zo.", None, None]


def test_spss_has_every_text_and_number_of_the_results(read_sav):
    values, about = read_sav(build_workbook(), user_missing=True)

    rows = build_table().rows
    assert values["n"] == [row.n for row in rows]
    assert values["share"] == [row.share for row in rows]
    # A text that ends in spaces has none in SPSS: every text is as wide as its variable.
    assert values["note"][-len(NASTY_TEXTS) :] == [clean_text(text).rstrip(" ") for text in NASTY_TEXTS]
    assert about.column_names_to_labels["base"].startswith("base: hoeveel de vraag beantwoordden")
    notes = " ".join(about.notes)
    for topic in ("Meting: Meting 2022 (2022)", "Geteld per: gemeenten", "Licentie:", "Bron:", "Let op:"):
        assert topic in notes


def test_spss_without_rows_is_still_a_file(read_sav):
    values, about = read_sav(make_workbook(rows=()), user_missing=True)

    assert set(map(len, values.values())) == {0}
    assert about.column_names == ["respondent", "poh", "hoe.met_wie", "kosten", "saldo", "uitleg"]


def test_a_text_too_long_for_spss_is_refused_rather_than_lost(read_sav, tmp_path):
    long = make_workbook(columns=COLUMNS[:1], rows=(("é" * 16_384,),))
    with pytest.raises(TooLargeForFormat, match="SPSS"):
        write_sav(long, tmp_path / "uit.sav")
    assert list(tmp_path.iterdir()) == []
    fits = make_workbook(columns=COLUMNS[:1], rows=(("é" * 16_383,),))
    assert read_sav(fits, user_missing=True)[0]["respondent"] == ["é" * 16_383]


def test_parquet_has_codes_numbers_and_beside_a_number_why_it_is_missing(tmp_path):
    write_parquet(make_workbook(), tmp_path / "uit.parquet")
    table = parquet.read_table(tmp_path / "uit.parquet")

    read = table.to_pydict()
    assert read["poh"] == ["nee", "#weet_niet", "#niet_gesteld", None, "ja"]
    assert read["kosten"] == [12.5, None, None, None, 0]
    assert read["kosten__ontbreekt"] == [None, "#weet_niet", "#niet_gesteld", None, None]
    assert read["uitleg"] == ["Zo.", "#weet_niet", "#niet_gesteld", None, None]
    assert table.schema.field("kosten").type == pa.float64()
    about = table.schema.field("poh").metadata
    assert about[b"label"] == b"Is er een poh?"
    assert json.loads(about[b"values"]) == {"ja": "Ja", "nee": "Nee"}
    assert json.loads(about[b"missing"]) == DONT_KNOW


def test_parquet_tells_in_its_schema_what_every_file_tells(tmp_path):
    write_parquet(build_workbook(), tmp_path / "uit.parquet")
    about = parquet.read_schema(tmp_path / "uit.parquet").metadata

    assert about[b"title"].decode() == "Meting 2022: resultaten"
    explanation = {row["Onderwerp"]: row["Toelichting"] for row in json.loads(about[b"explanation"])}
    assert explanation["Peildatum"] == "1 januari 2022"
    assert explanation["Let op"] == "De antwoorden zijn verzonnen."
    assert {"Meting", "Geteld per", "Basis", "Bron", "Licentie"} <= set(explanation)
    assert json.loads(about[b"codebook"])[0]["vraag"] == "ondersteuner_huisarts"


def test_parquet_is_written_in_groups_of_rows(tmp_path, monkeypatch):
    monkeypatch.setattr(batches, "ROWS_AT_A_TIME", 2)
    write_parquet(make_workbook(), tmp_path / "uit.parquet")

    file = parquet.ParquetFile(tmp_path / "uit.parquet")
    assert [file.metadata.row_group(number).num_rows for number in range(file.num_row_groups)] == [2, 2, 1]
    assert file.read().column("respondent").to_pylist() == [row[0] for row in ROWS]
