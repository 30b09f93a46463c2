"""What every file says beside its figures or answers: of which wave and release, of whom, and who may use it."""

import json
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from lxml import etree

from surveys.downloads import resolved_workbook, responses_workbook
from surveys.downloads.ddi import NAMESPACE
from surveys.downloads.exports import write_export
from surveys.questionnaire.caveats import caveat_sources
from surveys.questionnaire.lifecycle import close_wave
from surveys.results.dimensions import BASE_RULES
from tests.downloads.factories import make_submitted_wave
from tests.results.release.factories import publish_wave

pytestmark = pytest.mark.django_db

INVENTED = "De antwoorden zijn verzonnen."
OPEN = "Creative Commons Naamsvermelding 4.0 (CC BY 4.0): u mag dit vrij gebruiken met bronvermelding."
CLOSED = "Geen: dit bestand is niet openbaar."
LIVE = "geen: dit bestand is gemaakt van de antwoorden van nu, die nog kunnen veranderen"
RELEASED = "proef-1 van 2 maart 2026"


@pytest.fixture
def wave(monkeypatch):
    monkeypatch.setattr(
        "surveys.questionnaire.caveats.caveat_sources", [*caveat_sources, lambda _wave: [INVENTED]]
    )
    wave = make_submitted_wave()
    close_wave(wave)
    publish_wave(wave, units=("response", "municipality"))
    return wave


def read_json(content):
    rows = json.loads(content)["explanation"]
    return [(row["Onderwerp"], row["Toelichting"]) for row in rows]


def check(explanation, *, release, licence, unit, base):
    said = dict(explanation)
    assert said["Meting"] == "Proefmeting (proef)"
    assert said["Uitgave"] == release
    assert said["Peildatum"] == "1 januari 2026"
    assert said["Bron"].startswith("Maatregelenmonitor jeugdhulp.")
    assert said["Licentie"] == licence
    assert ("Let op", INVENTED) in explanation
    assert [words for topic, words in explanation if topic in ("Geteld per", "Eenheid")] == [unit]
    assert [words for topic, words in explanation if topic == "Basis"] == base


@pytest.mark.parametrize(
    ("content", "unit", "base"),
    [
        ("results", "gemeenten", BASE_RULES["municipality"]),
        ("responses", responses_workbook.UNIT, responses_workbook.BASE),
        ("resolved", resolved_workbook.UNIT, resolved_workbook.BASE),
    ],
)
def test_a_file_of_the_answers_of_now_says_that_it_is_of_no_release(wave, tmp_path, content, unit, base):
    path = tmp_path / "uit.json"
    write_export(
        wave,
        content=content,
        breakdowns=(),
        unit="municipality",
        file_format="json",
        path=path,
        report_progress=lambda _: None,
    )

    check(read_json(path.read_text()), release=LIVE, licence=CLOSED, unit=unit, base=[base])


def test_a_file_of_a_public_figure_has_the_day_of_its_release_and_not_of_the_request(client, wave):
    address = reverse("figure_table", args=[wave.code, "json"])
    explanation = read_json(client.get(f"{address}?vraag=beperkt&eenheid=municipality").content)

    check(explanation, release=RELEASED, licence=OPEN, unit="gemeenten", base=[BASE_RULES["municipality"]])
    assert "Geteld op" not in dict(explanation)


def test_the_codebook_says_of_which_figures_it_explains_the_codes(client, wave):
    book = openpyxl.load_workbook(
        BytesIO(client.get(reverse("codebook_file", args=[wave.code, "xlsx"])).content)
    )
    explanation = list(book["Toelichting"].iter_rows(min_row=2, max_col=2, values_only=True))

    rules = [BASE_RULES["response"], BASE_RULES["municipality"]]
    check(explanation, release=RELEASED, licence=OPEN, unit="reacties en gemeenten", base=rules)
    page = client.get(reverse("codebook", args=[wave.code])).content.decode()
    for topic, words in explanation:
        assert f">{topic}</dt>" in page
        assert words in page


def test_the_codebook_for_archives_says_the_same(client, wave):
    root = etree.fromstring(client.get(reverse("codebook_file", args=[wave.code, "xml"])).content)
    names = {"d": NAMESPACE}

    versions = root.findall("d:stdyDscr/d:citation/d:verStmt/d:version", names)
    assert [(each.text, each.get("date")) for each in versions] == [
        ("Vragenlijst versie 1", None),
        ("Uitgave proef-1", "2026-03-02"),
    ]
    assert root.findtext("d:stdyDscr//d:anlyUnit", namespaces=names) == "reacties en gemeenten"
    assert root.findtext("d:stdyDscr//d:conditions", namespaces=names) == OPEN
    notes = [(each.get("subject"), each.text) for each in root.findall("d:stdyDscr/d:notes", names)]
    assert notes == [
        ("Basis", BASE_RULES["response"]),
        ("Basis", BASE_RULES["municipality"]),
        ("Let op", INVENTED),
    ]
