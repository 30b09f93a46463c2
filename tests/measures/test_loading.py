from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from surveys.measures.catalogue import CATALOGUE, read_effect_2022
from surveys.measures.loading import LoadReport, load_measures
from surveys.measures.models import Measure

pytestmark = pytest.mark.django_db


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    """A copy of the catalogue, to be edited."""
    path = tmp_path / "measures.toml"
    path.write_text(CATALOGUE.read_text(encoding="utf-8"), encoding="utf-8")
    return path


def test_the_seven_measures_are_loaded_in_the_order_of_the_source() -> None:
    assert load_measures() == LoadReport(added=7, changed=0, ended=0)

    measures = Measure.objects.values_list("slug", "code", "expected_effect_2022_million")
    assert list(measures) == [
        ("reikwijdte", "B2", 33),
        ("standaardisatie", "B23", 48),
        ("tariefdifferentiatie", "", 6),
        ("gecontracteerd-aanbod", "B12", 36),
        ("doorbraakmethode", "B15", 101),
        ("poh-jeugd", "", 38),
        ("regionalisering", "", -47),
    ]
    assert sum(effect for *_, effect in measures) == read_effect_2022().total_million


def test_every_measure_has_its_texts_and_fits_its_columns() -> None:
    load_measures()

    for measure in Measure.objects.all():
        measure.full_clean(exclude=["code"])
        assert len(measure.summary) <= 160
        assert measure.explanation == measure.explanation.strip()


def test_a_second_run_changes_nothing() -> None:
    load_measures()

    assert load_measures() == LoadReport(added=0, changed=0, ended=0)


def test_edits_in_the_file_are_followed(edited: Path) -> None:
    load_measures()
    text = edited.read_text(encoding="utf-8").replace('name = "Tariefdifferentiatie"', 'name = "Tarieven"', 1)
    head, *measures = text.split("[[measures]]")
    # The last measure leaves, and the first two change places.
    measures = [measures[1], measures[0], *measures[2:-1]]
    edited.write_text("[[measures]]".join([head, *measures]), encoding="utf-8")

    assert load_measures(path=edited) == LoadReport(added=0, changed=3, ended=1)

    slugs = list(Measure.objects.values_list("slug", flat=True))
    assert slugs[:2] == ["standaardisatie", "reikwijdte"]
    assert "regionalisering" not in slugs
    assert Measure.objects.get(pk="tariefdifferentiatie").name == "Tarieven"


def test_the_command_says_what_it_did() -> None:
    output = StringIO()

    call_command("load_measures", stdout=output)
    call_command("load_measures", stdout=output)

    assert output.getvalue().splitlines() == [
        "Maatregelen: 7 toegevoegd, 0 gewijzigd, 0 vervallen",
        "Maatregelen: 0 toegevoegd, 0 gewijzigd, 0 vervallen",
    ]
