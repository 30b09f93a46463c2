import copy
import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaire.definition_checks import find_problems
from surveys.questionnaire.definition_document import read_document, read_question_document
from surveys.questionnaire.definition_file import DefinitionError, read_definition
from tests.questionnaire.definition_strategies import definitions
from tests.questionnaire.definitions import read_composed_kinds, read_every_kind

SHIPPED = sorted(Path("surveys/questionnaire/definitions").glob("*.toml"))


def find_mistakes(table: object) -> list[str]:
    with pytest.raises(DefinitionError) as error:
        read_document(table)
    return error.value.problems


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_definition_comes_back_as_it_was(path):
    definition = read_definition(path)
    document = json.loads(json.dumps(definition.as_dict()))
    assert read_document(document).checksum == definition.checksum
    assert read_document(document).as_dict() == definition.as_dict()


@given(definitions())
def test_every_definition_comes_back_as_it_was(definition):
    assert find_problems(definition) == []
    document = json.loads(json.dumps(definition.as_dict()))
    assert read_document(document).as_dict() == definition.as_dict()


def test_a_question_comes_back_by_itself():
    for question in (*read_every_kind().questions.values(), *read_composed_kinds().questions.values()):
        assert read_question_document(question.as_dict()).as_dict() == question.as_dict()


@pytest.mark.parametrize("table", [None, [], "tekst", 3])
def test_what_is_no_questionnaire_is_refused(table):
    assert find_mistakes(table) == [
        "vragenlijst: dit is geen vragenlijst maar een losse waarde of een lijst."
    ]


@pytest.mark.parametrize(
    ("key", "value", "problem"),
    [
        ("minimum", 5, "'minimum' moet een getal tussen aanhalingstekens zijn, zoals \"12.5\"."),
        (
            "minimum",
            "1e999999999",
            "'minimum' moet een getal tussen aanhalingstekens zijn, zoals \"12.5\".",
        ),
        ("decimals", 10**30, "'decimals' is te groot."),
        ("decimals", "2", "'decimals' moet een heel getal zijn."),
        ("earliest", "morgen", "'earliest' moet een dag zijn zoals \"2026-11-22\"."),
        ("earliest", 20261122, "'earliest' moet een dag zijn zoals \"2026-11-22\"."),
        ("text", None, "'text' moet tekst tussen aanhalingstekens zijn."),
        ("text", "nul\x00", "in 'text' staan tekens die niet te bewaren zijn."),
        ("missing", ["\ud800"], "in 'missing' staan tekens die niet te bewaren zijn."),
        ("options", {"code": "ja"}, "'options' moet een lijst met tabellen zijn."),
        ("condition", [], "'condition' is hier niet bekend. Bedoelt u 'conditions'?"),
    ],
)
def test_a_mistake_is_named_with_its_place(key, value, problem):
    table = read_every_kind().as_dict()
    table["sections"][1]["questions"][0][key] = value
    assert find_mistakes(table) == [f"vraag 'fte': {problem}"]


def test_every_mistake_is_named():
    table = read_every_kind().as_dict()
    table["number"] = "een"
    table["sections"][0]["questions"][0]["options"][0]["asks_text"] = "ja"
    assert set(find_mistakes(table)) == {
        "vragenlijst: 'number' moet een heel getal zijn.",
        "vraag 'doet_mee', antwoord 'ja': 'asks_text' moet true of false zijn.",
    }


def test_what_is_quoted_from_the_file_can_always_be_shown():
    for problem in find_mistakes({"\ud800\x00": 1}):
        problem.encode()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.data())
def test_anything_in_any_place_is_read_or_refused(data):
    """Bad input is a list of problems, never an error of another kind."""
    table = copy.deepcopy(read_composed_kinds().as_dict())
    node = table
    while True:
        key = data.draw(st.sampled_from(sorted(node) if isinstance(node, dict) else range(len(node))))
        if isinstance(node[key], dict | list) and node[key] and data.draw(st.booleans()):
            node = node[key]
            continue
        node[key] = data.draw(json_values)
        break
    with suppress(DefinitionError):
        definition = read_document(table)
        assert read_document(definition.as_dict()).as_dict() == definition.as_dict()
