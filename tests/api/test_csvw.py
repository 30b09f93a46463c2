"""The CSV file, read by nothing but its own metadata."""

import csv
import io
import re

import pytest

from surveys.api.columns import DATATYPES
from surveys.api.csvw import MEANINGS
from surveys.results.publication import public_table
from surveys.results.table import RESULT_COLUMNS
from tests.api.worlds import publish_little

pytestmark = pytest.mark.django_db

READERS = {"integer": int, "number": float, "string": str}


@pytest.fixture
def public_wave():
    return publish_little()


def read_by_metadata(content, metadata):
    """The rows of the file, after the W3C's model for tabular data."""
    dialect, columns = metadata["dialect"], metadata["tableSchema"]["columns"]
    text = io.StringIO(content.decode(dialect["encoding"]).removeprefix("\ufeff"), newline="")
    lines = csv.reader(
        text,
        delimiter=dialect["delimiter"],
        quotechar=dialect["quoteChar"],
        doublequote=dialect["doubleQuote"],
        strict=True,
    )
    assert dialect["header"]
    assert next(lines) == [column["titles"] for column in columns]
    for line in lines:
        row = {}
        for column, cell in zip(columns, line, strict=True):
            assert cell != column["null"] or not column["required"], column
            row[column["name"]] = None if cell == column["null"] else READERS[column["datatype"]](cell)
        yield row


@pytest.mark.parametrize("choice", ["", "?unit=municipality&by=province", "?question=beperkt&by=province"])
def test_the_file_says_what_the_api_says(client, public_wave, choice):
    content = client.get(f"/api/v1/waves/2026/results.csv{choice}").content
    metadata = client.get(f"/api/v1/waves/2026/results.csv-metadata.json{choice}").json()

    rows = list(read_by_metadata(content, metadata))

    shown = client.get(f"/api/v1/waves/2026/results{choice}").json()["results"]
    assert rows == [{name: None if cell == "" else cell for name, cell in row.items()} for row in shown]
    assert len(rows) > 5


def test_the_file_leads_to_its_metadata_and_back(client, public_wave):
    file = client.get("/api/v1/waves/2026/results.csv?by=province")
    assert file["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="maatregelenmonitor_2026-1_resultaten.csv"' in file["Content-Disposition"]
    address, kind = re.fullmatch(r'<(.+)>; rel="describedby"; type="(.+)"', file["Link"]).groups()

    metadata = client.get(address)

    assert metadata["Content-Type"] == kind == "application/csvm+json"
    assert metadata.json()["@context"][0] == "http://www.w3.org/ns/csvw"
    assert client.get(metadata.json()["url"]).content == file.content


def test_the_metadata_says_what_must_be_read_with_the_figures(client, public_wave):
    metadata = client.get("/api/v1/waves/2026/results.csv-metadata.json").json()

    table = public_table(public_wave, unit="response")
    assert metadata["dc:title"] == "Proefmeting: resultaten, uitgave 2026-1"
    assert metadata["dc:license"] == {"@id": "https://creativecommons.org/licenses/by/4.0/deed.nl"}
    assert metadata["dc:description"].startswith(f"Geteld per reacties. {table.base_rule}")
    assert metadata["dc:identifier"] == table.release == "2026-1"
    assert metadata["dc:issued"] == table.released_on.isoformat()
    assert metadata["dc:temporal"] == "2026-01-01"


def test_every_column_of_the_long_file_is_described():
    assert tuple(MEANINGS) == RESULT_COLUMNS == tuple(DATATYPES)


@pytest.mark.parametrize("address", ["results.csv", "results.csv-metadata.json"])
def test_a_wrong_choice_is_a_problem_and_no_file(client, public_wave, address):
    response = client.get(f"/api/v1/waves/2026/{address}?unit=kilo")

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert "Kies uit: response" in response.json()["errors"][0]["detail"]
