"""What a question sends and how a screen reader hears it: the contract on top of components/question.html."""

import json

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string

CHOICES = [
    {"value": "ja", "label": "Ja", "checked": True},
    {"value": "nee", "label": "Nee", "checked": False},
    {
        "value": "anders",
        "label": "Anders, namelijk",
        "checked": False,
        "has_other": True,
        "other_name": "q-reikwijdte-other-anders",
        "other_value": "deels",
    },
]
MISSING = [{"value": "dont_know", "label": "Weet ik niet", "checked": False}]


def render(**attributes):
    question = {
        "code": "reikwijdte",
        "name": "q-reikwijdte",
        "number": "3",
        "text": "Beperkt u de reikwijdte?",
        "kind": "single",
        "requirement": "required",
        "choices": CHOICES,
        "missing_choices": MISSING,
        "errors": [],
        "revision_name": "revision-reikwijdte",
        "revision_value": 4,
    }
    question |= attributes
    explained = ["help", "error"] if question.get("help") else ["error"]
    question["described_by"] = " ".join(f"id_q-reikwijdte-{part}" for part in explained)
    html = render_to_string("components/question.html", {"question": question})
    return BeautifulSoup(html, "html.parser")


def list_inputs(html):
    return [(tag["type"], tag["name"], tag["value"]) for tag in html.find_all("input")]


def test_single_choice_sends_one_name_with_its_text_and_revision():
    assert list_inputs(render()) == [
        ("hidden", "revision-reikwijdte", "4"),
        ("radio", "q-reikwijdte", "ja"),
        ("radio", "q-reikwijdte", "nee"),
        ("radio", "q-reikwijdte", "anders"),
        ("text", "q-reikwijdte-other-anders", "deels"),
        ("radio", "q-reikwijdte", "dont_know"),
    ]


def test_chosen_option_is_checked_and_no_other():
    assert [tag["value"] for tag in render().find_all("input", checked=True)] == ["ja"]


def test_multiple_choice_has_checkboxes():
    inputs = list_inputs(render(kind="multiple"))
    assert {kind for kind, name, _ in inputs if name == "q-reikwijdte"} == {"checkbox"}


@pytest.mark.parametrize("kind", ["number", "year", "euro", "percentage"])
def test_typed_answer_keeps_what_was_typed(kind):
    html = render(kind=kind, value="12,5", choices=[], unit="fte")
    assert ("text", "q-reikwijdte", "12,5") in list_inputs(html)
    assert ("checkbox", "q-reikwijdte-missing", "dont_know") in list_inputs(html)


def test_long_text_is_escaped_and_keeps_its_first_empty_line():
    html = render(kind="text", value="\n<b>wij</b>", choices=[])
    area = html.find("textarea", attrs={"name": "q-reikwijdte"})
    assert area.find("b") is None
    # A browser drops the first line break after the tag: one of the two is the template's own.
    assert area.string == "\n\n<b>wij</b>"


@pytest.mark.parametrize(
    ("kind", "unit", "shown"), [("euro", "", "€"), ("percentage", "", "%"), ("number", "fte", "fte")]
)
def test_unit_stands_at_the_field(kind, unit, shown):
    assert render(kind=kind, unit=unit, choices=[]).find(class_="question__unit").string == shown


@pytest.mark.parametrize("kind", ["single", "multiple", "number", "text"])
def test_help_and_error_are_tied_to_the_field_the_summary_links_to(kind):
    html = render(kind=kind, help="Een schatting is goed.", errors=["Kies een antwoord."])
    field = html.find(id="id_q-reikwijdte")
    described = field if kind in {"number", "text"} else html.find("fieldset")
    texts = [html.find(id=name).get_text(" ", strip=True) for name in described["aria-describedby"].split()]
    assert texts == ["Een schatting is goed.", "Fout: Kies een antwoord."]


@pytest.mark.parametrize("kind", ["single", "multiple", "number", "year", "euro", "percentage", "text"])
def test_ids_are_unique_and_every_label_has_its_field(kind):
    html = render(kind=kind)
    ids = [tag["id"] for tag in html.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert {tag["for"] for tag in html.find_all("label")} <= set(ids)


def test_recommended_question_says_so_in_its_name():
    assert "(niet verplicht)" in render(requirement="recommended").find("legend").get_text()
    assert "(niet verplicht)" not in render().find("legend").get_text()


def test_follow_up_question_carries_its_conditions_and_is_hidden_when_not_asked():
    conditions = json.dumps([{"question": "x", "any_of": ['"quoted"']}])
    element = render(ask_if_json=conditions, is_hidden=True).find(id="q-reikwijdte")
    assert json.loads(element["data-ask-if"]) == json.loads(conditions)
    assert element.has_attr("hidden")
    assert not render(ask_if_json=conditions).find(id="q-reikwijdte").has_attr("hidden")
