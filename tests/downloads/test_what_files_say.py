"""What every file says beside its figures or answers: of which wave and release, of whom, and who may use it."""

import json
import re
from io import BytesIO
from urllib.parse import urljoin

import openpyxl
import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from lxml import etree

from surveys.accounts.models import Person
from surveys.downloads import resolved_workbook, responses_workbook
from surveys.downloads.ddi import NAMESPACE
from surveys.downloads.exports import write_export
from surveys.downloads.tasks import build_export
from surveys.questionnaire.caveats import caveat_sources
from surveys.questionnaire.lifecycle import close_wave
from surveys.results.dimensions import BASE_RULES
from surveys.tabular.csv_metadata import describe_csv
from surveys.tabular.workbook import EXPLANATION_COLUMNS, Column, ColumnStyle, Meaning, Sheet, Workbook
from tests.downloads.factories import make_job, make_submitted_wave
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


def read_notes(response):
    """Of the metadata beside a CSV file, of which every column is described."""
    described = json.loads(response.content)
    assert response["Content-Type"] == "application/csvm+json"
    return [tuple(note.values()) for note in described["notes"]]


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


@pytest.mark.parametrize(
    ("name", "choice"), [("figure_table", "?vraag=beperkt&eenheid=municipality"), ("codebook_file", "")]
)
def test_a_public_csv_file_leads_to_what_it_has_no_room_for(client, wave, name, choice):
    address = reverse(name, args=[wave.code, "csv"])
    file = client.get(f"{address}{choice}")
    metadata, kind = re.fullmatch(r'<(.+)>; rel="describedby"; type="(.+)"', file["Link"]).groups()

    described = client.get(urljoin(address, metadata))

    assert described["Content-Type"] == kind
    other = client.get(f"{reverse(name, args=[wave.code, 'xlsx'])}{choice}").content
    sheet = openpyxl.load_workbook(BytesIO(other))["Toelichting"]
    assert read_notes(described) == list(sheet.iter_rows(min_row=2, max_col=2, values_only=True))
    content = json.loads(described.content)
    assert client.get(urljoin(address, content["url"])).content == file.content
    header = file.content.decode("utf-8-sig").splitlines()[0].split(";")
    assert [column["titles"] for column in content["tableSchema"]["columns"]] == header


def read_job(client, job):
    return client.get(reverse("downloads:job", args=[job.pk])).content.decode()


def test_who_asked_for_a_csv_file_fetches_what_it_has_no_room_for(client, wave):
    job = make_job(content="responses", unit="", format="csv")
    client.force_login(job.owner)
    job.owner.user_permissions.add(
        *Permission.objects.filter(codename__in=["access_admin", "download_results"])
    )
    address = reverse("downloads:description", args=[job.pk])
    assert client.get(address).status_code == 404
    assert f'href="{address}" data-progress-also hidden' in read_job(client, job)

    build_export(job.pk)

    assert f'href="{address}" data-progress-also>' in read_job(client, job)
    response = client.get(address)
    content = json.loads(response.content)
    check(
        read_notes(response),
        release=LIVE,
        licence=CLOSED,
        unit=responses_workbook.UNIT,
        base=[responses_workbook.BASE],
    )
    assert content["url"] == "maatregelenmonitor_proef_reacties.csv"
    assert f"{content['url']}-metadata.json" in response["Content-Disposition"]
    assert "no-store" in response["Cache-Control"]
    columns = {column["titles"]: column for column in content["tableSchema"]["columns"]}
    assert columns["status"]["dc:description"] == "Stand van de reactie"
    client.force_login(Person.objects.create_user("ander@voorbeeld.example", is_superuser=True))
    assert client.get(address).status_code == 404


def test_a_number_in_csv_may_be_missing_for_a_reason():
    missing = Meaning("Wat kost het?", missing={"#nvt": "Niet van toepassing"})
    sheet = Sheet(
        "Reacties", (Column("kosten@GM0546", style=ColumnStyle.NUMBER, meaning=missing),), [], row_count=0
    )
    empty = Sheet("Toelichting", EXPLANATION_COLUMNS, [], row_count=0)

    (column,) = describe_csv(Workbook("Proef", empty, sheet), url="a.csv")["tableSchema"]["columns"]

    assert column == {
        "name": "kosten%40GM0546",
        "titles": "kosten@GM0546",
        "datatype": "number",
        "null": ["", "#nvt"],
        "dc:description": "Wat kost het?",
    }
