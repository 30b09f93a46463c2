"""A questionnaire as JSON: out and in again, and every reason why a file does not come in."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.drafts.definition_json import read_definition_json, write_definition_json
from surveys.questionnaire.definition_file import DefinitionError, read_definition
from tests.questionnaire.definition_strategies import definitions
from tests.questionnaire.definitions import read_every_kind

SHIPPED = sorted(Path("surveys/questionnaire/definitions").glob("*.toml"))


def find_mistakes(content: bytes) -> list[str]:
    with pytest.raises(DefinitionError) as error:
        read_definition_json(content)
    return error.value.problems


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_questionnaire_comes_back_identical(path):
    definition = read_definition(path)
    written = write_definition_json(definition)
    assert read_definition_json(written.encode()).as_dict() == definition.as_dict()
    assert write_definition_json(read_definition_json(written.encode())) == written


@given(definitions())
def test_every_questionnaire_comes_back_identical(definition):
    written = write_definition_json(definition).encode()
    assert read_definition_json(written).checksum == definition.checksum


def test_the_file_can_be_read_with_the_eyes():
    written = write_definition_json(read_every_kind())
    assert '  "title": "Proef",\n' in written
    assert "Op welke manieren?" in written
    assert written.endswith("}\n")


def test_a_mark_at_the_beginning_does_no_harm():
    written = write_definition_json(read_every_kind())
    assert read_definition_json(written.encode("utf-8-sig")).checksum == read_every_kind().checksum


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "bestand: dit is geen geldige JSON; regel 1, teken 1 klopt niet."),
        (b'{\n  "survey": }', "bestand: dit is geen geldige JSON; regel 2, teken 13 klopt niet."),
        (b"\xff\xfe{}", "bestand: dit is geen UTF-8-tekst."),
        (b"[" * 100_000, "bestand: dit is geen vragenlijst; er staat te veel in elkaar."),
        (b'{"a": ' * 100_000, "bestand: dit is geen vragenlijst; er staat te veel in elkaar."),
        (b"[]", "vragenlijst: dit is geen vragenlijst maar een losse waarde of een lijst."),
        (b"NaN", "bestand: 'NaN' is geen getal."),
        (b"-Infinity", "bestand: '-Infinity' is geen getal."),
        (b'{"sections": [' + b"{}," * 60_000 + b"{}]}", "bestand: dit is te veel voor een vragenlijst."),
        (b"1" * 5_000, "bestand: er staat een getal in dat te lang is."),
        (
            b'{"survey": "a", "survey": "b"}',
            "bestand: de sleutel “survey” staat er twee keer in hetzelfde blok. Laat er één staan.",
        ),
    ],
)
def test_what_is_no_questionnaire_is_refused_with_a_reason(content, problem):
    assert find_mistakes(content) == [problem]


def test_every_mistake_is_named_with_its_place():
    table = read_every_kind().as_dict()
    table["number"] = 1.5
    table["sections"][0]["questions"][1]["options"][0]["asks_text"] = "ja"
    table["sections"][1]["questions"][0]["maximum"] = 500
    assert find_mistakes(json.dumps(table).encode()) == [
        "vragenlijst: 'number' moet een heel getal zijn.",
        "vraag 'manieren', antwoord 'samen': 'asks_text' moet true of false zijn.",
        "vraag 'fte': 'maximum' moet een getal tussen aanhalingstekens zijn, zoals \"12.5\".",
    ]


def test_signs_that_nothing_can_hold_are_named_and_can_be_shown():
    table = read_every_kind().as_dict() | {"title": "nul\x00", "\ud800": "half"}
    problems = find_mistakes(json.dumps(table).encode())
    assert problems == [
        "vragenlijst: '' is hier niet bekend.",
        "vragenlijst: in 'title' staan tekens die niet te bewaren zijn.",
    ]


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(["survey", "sections", "questions", "options", "rules", "columns", "code"]),
                inner,
            )
        ),
    )
)
def test_whatever_stands_in_the_file_gives_reasons_that_can_be_shown(value):
    content = json.dumps({"survey": 1, "sections": [value]}).encode()
    assert "\n".join(find_mistakes(content)).encode()
