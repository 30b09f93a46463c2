"""What a fact and a source cannot say, in the form and in the database."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from practices.models import PracticeFact, PracticeMeasure, PracticePage, PracticeSource, SourcePage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]

FACT = {"text": "is geteld", "kind": "measured", "topic": "scale"}


@pytest.fixture
def page():
    return PracticePage.objects.get(slug="weegtafel-zaanstad")


def is_refused(row) -> bool:
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()
    return True


@pytest.mark.parametrize(
    "figure",
    [
        {"low": 0},
        {"low": "12.5", "qualifier": "about", "unit": "fte"},
        {"low": 2, "high": 3},
        {"low": -3, "high": "-2.9"},
        {"wording": "de helft"},
    ],
)
def test_a_fact_is_a_number_or_a_range_or_words(figure, page):
    fact = PracticeFact(page=page, **FACT, **figure)
    fact.full_clean()
    fact.save()


@pytest.mark.parametrize(
    ("figure", "field"),
    [
        ({}, "low"),
        ({"unit": "euro"}, "low"),
        ({"low": 3, "wording": "drie"}, "low"),
        ({"low": 0, "wording": "geen"}, "low"),
        ({"high": 3}, "low"),
        ({"high": 3, "wording": "hooguit drie"}, "high"),
        ({"low": 3, "high": 3}, "high"),
        ({"low": 3, "high": 2}, "high"),
    ],
)
def test_a_fact_that_contradicts_itself_is_refused_twice(figure, field, page):
    fact = PracticeFact(page=page, **FACT, **figure)
    with pytest.raises(ValidationError) as refused:
        fact.clean()
    assert field in refused.value.message_dict
    assert is_refused(fact)


@pytest.mark.parametrize("name", ["kind", "topic", "text"])
def test_a_fact_says_what_it_is_about_and_how_sure_it_is(name, page):
    with pytest.raises(ValidationError) as refused:
        PracticeFact(page=page, low=1, **FACT | {name: ""}).full_clean()
    assert list(refused.value.message_dict) == [name]


def test_a_fact_reads_with_of_what_and_when(page):
    fact = PracticeFact(page=page, low=3, unit="keer", qualifier="at_least", **FACT)
    assert (fact.figure, fact.meaning, str(fact)) == (
        "minimaal 3 keer",
        "is geteld",
        "minimaal 3 keer is geteld",
    )
    fact.denominator, fact.period = "van de tien", "2021"
    assert fact.meaning == "is geteld (van de tien; 2021)"


def test_a_source_is_a_page_here_or_a_title(page):
    document = SourcePage.objects.get(slug="inventarisatie-maatregelen-2022")
    here = PracticeSource(page=page, document=document, section="Hoofdstuk 1")
    there = PracticeSource(page=page, title="Een brief", published="2023")
    for source in (here, there):
        source.full_clean()
        source.save()
    assert (str(here), here.date_text) == (f"{document.title}, Hoofdstuk 1", document.published)
    assert (str(there), there.date_text) == ("Een brief", "2023")


@pytest.mark.parametrize(
    ("has_document", "other", "field"),
    [
        (False, {}, "document"),
        (False, {"published": "2023", "section": "Hoofdstuk 1"}, "document"),
        (True, {"title": "Een brief"}, "document"),
        (True, {"published": "2023"}, "published"),
    ],
)
def test_a_source_that_contradicts_itself_is_refused_twice(has_document, other, field, page):
    document = SourcePage.objects.first() if has_document else None
    source = PracticeSource(page=page, document=document, **other)
    with pytest.raises(ValidationError) as refused:
        source.clean()
    assert list(refused.value.message_dict) == [field]
    assert is_refused(source)


def test_a_case_names_a_measure_once(page):
    assert is_refused(
        PracticeMeasure(page=page, measure_id="reikwijdte", strength="partial", direction="mixed")
    )
