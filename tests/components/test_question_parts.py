"""Questions of several fields: every field has a label, at every width, and sends what forms.py reads."""

from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from playwright.sync_api import expect

from surveys.questionnaire.answer_parsing import format_answer
from surveys.questionnaire.answer_values import AnswerState, AnswerValue, ChosenOption, FilledCell
from surveys.responses.fields import make_fields
from surveys.responses.forms import TypedAnswer
from tests.questionnaire.answers import PLAN, make_question
from tests.responses.factories import make_definition

COMPOSED = ["matrix", "typology", "ranking", "date", "file"]
VALUES = {
    "matrix": {
        "cells": (
            FilledCell("ambulant", "clienten", number=Decimal(12)),
            FilledCell("verblijf", "wie", "nee"),
        )
    },
    "typology": {"cells": (FilledCell("vorm", option="beter"),)},
    "ranking": {"options": (ChosenOption("beter"),)},
    "file": {"file": PLAN},
}


def render(kind, *, errors=(), **attributes) -> str:
    """The question with an answer in it."""
    question = make_question(kind, missing=("dont_know",), **attributes)
    raw = format_answer(question, AnswerValue(AnswerState.GIVEN, **VALUES[kind])) if kind in VALUES else None
    typed = {"vraag": TypedAnswer(question, raw, 3, errors=list(errors))} if raw else {}
    definition = make_definition(("deel", (question,)))
    (field,) = make_fields(
        definition.sections[0],
        definition=definition,
        stored={},
        typed=typed,
        link_file=lambda number: f"/bijlage/{number}/",
    )
    return render_to_string("components/question.html", {"question": field})


def parse(kind, **arguments) -> BeautifulSoup:
    return BeautifulSoup(render(kind, **arguments), "html.parser")


def read_label(html, field) -> str:
    return " ".join(html.find("label", attrs={"for": field["id"]}).get_text(" ", strip=True).split())


def list_fields(html):
    return [
        field
        for field in html.find_all(["input", "select", "textarea"])
        if field.get("type") != "hidden" and not field["name"].endswith("-caveat")
    ]


@pytest.mark.parametrize("kind", COMPOSED)
def test_every_field_has_its_own_id_and_label(kind):
    html = parse(kind)
    ids = [tag["id"] for tag in html.find_all(id=True)]
    assert len(ids) == len(set(ids))
    labels = [read_label(html, field) for field in list_fields(html)]
    assert all(labels)
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("kind", COMPOSED)
def test_the_error_summary_leads_to_the_first_field(kind):
    html = parse(kind, errors=["Er is iets mis."])
    target = html.find(id="id_q-vraag")
    assert target.name in ("input", "select")
    assert target is next(field for field in list_fields(html) if not field["name"].endswith("-remove"))
    described = target.get("aria-describedby") or html.find("fieldset")["aria-describedby"]
    assert "id_q-vraag-error" in described.split()


@pytest.mark.parametrize("kind", COMPOSED)
def test_a_kind_of_nothing_can_be_ticked(kind):
    box = parse(kind).find("input", attrs={"name": "q-vraag-missing"})
    assert (box["type"], box["value"]) == ("checkbox", "dont_know")


def test_a_table_is_a_table_with_headings():
    html = parse("matrix")
    assert [cell.get_text() for cell in html.find_all("th", scope="col")] == [
        "Cliënten (jeugdigen)", "Kosten (€)", "Deel (%)", "Wie"
    ]  # fmt: skip
    assert [cell.get_text() for cell in html.find_all("th", scope="row")] == ["Ambulant", "Verblijf"]
    fields = list_fields(html)
    assert read_label(html, fields[0]) == "Ambulant, Cliënten (jeugdigen)"
    assert (fields[0]["name"], fields[0]["value"]) == ("q-vraag-ambulant.clienten", "12")
    (chosen,) = html.select("option[selected]")
    assert (chosen.parent["name"], chosen["value"]) == ("q-vraag-verblijf.wie", "nee")


def test_a_choice_can_be_taken_back_without_a_script():
    for kind in ("typology", "ranking", "matrix"):
        for field in parse(kind).find_all("select"):
            assert field.find("option")["value"] == ""


def test_a_ranking_says_how_many_places_there_are():
    html = parse("ranking", maximum_ranked=2)
    assert "Geef het belangrijkste plaats 1. U kiest hoogstens 2 antwoorden." in html.get_text()
    assert [option["value"] for option in html.find("select").find_all("option")] == ["", "1", "2"]
    assert [each.parent["name"] for each in html.select("option[selected]")] == ["q-vraag-beter."]


def test_a_file_shows_what_is_there_and_lets_it_be_taken_away():
    html = parse("file")
    assert html.find("a", href="/bijlage/7/").get_text() == "plan.pdf (1 kB)"
    assert html.find("input", attrs={"name": "q-vraag-file"})["value"] == "7"
    assert html.find("input", attrs={"name": "q-vraag-remove"})["type"] == "checkbox"
    assert html.find("input", attrs={"type": "file"})["accept"] == ".pdf"


@pytest.mark.parametrize("kind", COMPOSED)
def test_it_fits_on_a_phone(show, kind):
    page = show(render(kind))
    page.set_viewport_size({"width": 320, "height": 640})
    widths = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert widths[0] <= widths[1]


def test_on_a_phone_every_cell_shows_its_label_and_on_a_screen_the_headings_do(show):
    page = show(render("matrix"))
    label = page.locator("label[for='id_q-vraag-verblijf.kosten']")
    heading = page.get_by_role("columnheader", name="Kosten (€)")
    page.set_viewport_size({"width": 320, "height": 640})
    assert label.bounding_box()["height"] > 10
    expect(heading).to_be_hidden()
    page.set_viewport_size({"width": 1280, "height": 800})
    assert label.bounding_box()["height"] <= 1
    expect(heading).to_be_visible()


def test_a_table_is_filled_in_with_the_keyboard(show):
    page = show(render("matrix"))
    page.get_by_label("Ambulant, Cliënten (jeugdigen)").focus()
    page.keyboard.type("3")
    page.keyboard.press("Tab")
    page.keyboard.type("4")
    expect(page.get_by_label("Ambulant, Kosten (€)")).to_have_value("4")
