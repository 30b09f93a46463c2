"""The OpenAPI document: what it says today, and that it keeps to the Dutch API Design Rules."""

import json
import re
from pathlib import Path

import pytest

from surveys.api.openapi import write_document

SNAPSHOT = Path(__file__).parent / "openapi.json"


@pytest.fixture
def document():
    return json.loads(json.dumps(write_document()))


@pytest.fixture
def operations(document):
    return [
        (path, method, operation)
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
    ]


def test_the_document_is_that_of_the_snapshot(document):
    """A change is a promise that changes: docs/api.md says how to renew the snapshot, and when the version goes up."""
    assert document == json.loads(SNAPSHOT.read_text(encoding="utf-8"))


@pytest.mark.django_db
def test_the_document_is_served_to_everybody(client, document):
    response = client.get("/api/v1/openapi.json")

    assert response["Content-Type"] == "application/json"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response.json() == document


def test_it_says_which_version_of_what_by_whom_and_under_which_licence(document):
    assert document["openapi"] == "3.1.0"
    assert re.fullmatch(r"\d+\.\d+\.\d+", document["info"]["version"])
    assert document["info"]["contact"].keys() == {"name", "url", "email"}
    assert all(document["info"]["contact"].values())
    assert "CC BY 4.0" in document["info"]["license"]["name"]
    assert [server["url"] for server in document["servers"]] == ["/api/v1"]


def test_every_address_is_kebab_case_without_a_slash_at_the_end(document):
    assert len(document["paths"]) == 10
    kebab = re.compile(r"/(([a-z0-9\-]+|{[^}]+})(/([a-z0-9\-.]+|{[^}]+}))*)")
    assert [path for path in document["paths"] if not kebab.fullmatch(path)] == []


def test_every_parameter_is_camel_case_and_explained(operations):
    parameters = [
        parameter for _, _, operation in operations for parameter in operation.get("parameters", ())
    ]
    queries = [parameter for parameter in parameters if parameter["in"] == "query"]
    assert {parameter["name"] for parameter in queries} == {
        "question",
        "by",
        "unit",
        "page",
        "pageSize",
        "year",
    }
    assert all(re.fullmatch(r"[a-z][a-z\d]*([A-Z][a-z\d]*)*", parameter["name"]) for parameter in queries)
    assert all(parameter["description"] for parameter in queries)


def test_everything_only_reads_and_has_a_name_of_its_own(operations):
    assert {method for _, method, _ in operations} == {"get"}
    names = [operation["operationId"] for _, _, operation in operations]
    assert len(set(names)) == len(names)


def test_every_answer_has_the_version_and_every_refusal_is_a_problem(operations):
    for path, _, operation in operations:
        assert operation["responses"].keys() == {"200", "400", "404"}, path
        for status, response in operation["responses"].items():
            assert "API-Version" in response["headers"]
            if status != "200":
                assert response["content"].keys() == {"application/problem+json"}


def test_a_problem_has_the_fields_of_the_standard(document):
    problem = document["components"]["schemas"]["Problem"]
    assert {"status", "title", "detail"} <= set(problem["required"])


def test_a_day_is_described_as_a_day(document):
    days = {
        (schema, name): field
        for schema, described in document["components"]["schemas"].items()
        for name, field in described.get("properties", {}).items()
        if name.endswith("_date")
    }
    assert days
    assert {field["format"] for field in days.values()} == {"date"}
