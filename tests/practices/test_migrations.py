"""A library of before the typed facts: what editors wrote is still there, on the page and in their concepts."""

import json

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from wagtail.models import Page

from practices.models import PracticePage
from surveys.measures.loading import load_measures

pytestmark = pytest.mark.django_db(transaction=True)

UNTYPED, TYPED = "0002_wave_reports", "0005_remove_untyped_parts"

FACTS = [
    {"value": "maximaal 32", "text": "plekken blijven over", "kind": "expected"},
    {"value": "de helft", "text": "is geteld", "kind": "measured"},
    {"value": "20 %", "text": "zeggen zij zelf", "kind": "self_reported"},
]
MEASURES = ["reikwijdte", "poh-jeugd"]
SOURCE = {"source_title": "Een verslag", "source_date": "2022", "source_section": "Hoofdstuk 1"}
COMMON = {"summary": "Een zin.", "intro": "Een alinea.", "place_label": "Ergens", "year": 2022}


def migrate(target):
    """The models as they were at `target`, with the database likewise; None is now."""
    executor = MigrationExecutor(connection)
    newest = executor.loader.graph.leaf_nodes("practices")
    executor.migrate([("practices", target)] if target else newest)
    return executor.loader.project_state([("practices", target)] if target else newest).apps


def add_untyped_case(apps, *, slug, **other):
    """A case with a revision in which one fact more was written."""
    untyped = apps.get_model("practices", "PracticePage")
    content_types = apps.get_model("contenttypes", "ContentType").objects
    own, _ = content_types.get_or_create(app_label="practices", model="practicepage")
    number = untyped.objects.count() + 7
    page = untyped.objects.create(
        title=slug,
        draft_title=slug,
        slug=slug,
        path=f"{Page.get_first_root_node().path}{number:04}",
        depth=2,
        content_type_id=own.pk,
        locale_id=apps.get_model("wagtailcore", "Locale").objects.first().pk,
        facts=[("fact", fact) for fact in FACTS],
        **COMMON | SOURCE | other,
    )
    for measure in reversed(MEASURES):
        untyped.measures.through.objects.create(practicepage=page, measure_id=measure)
    apps.get_model("wagtailcore", "Revision").objects.create(
        content_type_id=own.pk,
        base_content_type_id=content_types.get(app_label="wagtailcore", model="page").pk,
        object_id=str(page.pk),
        created_at=timezone.now(),
        content={
            "pk": page.pk,
            "title": slug,
            "slug": slug,
            "facts": json.dumps([{"type": "fact", "value": fact} for fact in [*FACTS, CONCEPT]]),
            "measures": MEASURES[:1],
            **COMMON,
            **SOURCE,
            **other,
        },
    )
    return page.pk


CONCEPT = {"value": "7 keer", "text": "staat alleen in het concept", "kind": "measured"}


def list_facts(facts):
    return [{"value": fact.wording, "text": fact.text, "kind": fact.kind} for fact in facts]


def test_what_was_text_becomes_rows_and_text_again():
    load_measures()
    old = migrate(UNTYPED)
    page_key = add_untyped_case(old, slug="uit-2022")
    earlier_key = add_untyped_case(old, slug="uit-2018", source_date="november 2018")
    oldest_key = add_untyped_case(old, slug="uit-2015", source_date="2015")

    new = migrate(TYPED)
    get = new.get_model
    for key, is_editorial in ((page_key, False), (earlier_key, True), (oldest_key, True)):
        facts = get("practices", "PracticeFact").objects.filter(page=key)
        assert list_facts(facts) == FACTS
        assert {(fact.low, fact.high, fact.topic) for fact in facts} == {(None, None, "context")}
        links = get("practices", "PracticeMeasure").objects.filter(page=key)
        assert [(link.measure_id, link.is_editorial) for link in links] == [
            (measure, is_editorial) for measure in MEASURES
        ]
    source = get("practices", "PracticeSource").objects.get(page=page_key)
    assert (source.title, source.published, source.section, source.document) == (*SOURCE.values(), None)

    old = migrate(UNTYPED)
    untyped = old.get_model("practices", "PracticePage")
    page = untyped.objects.get(pk=page_key)
    assert [dict(block.value) for block in page.facts] == FACTS
    assert {name: getattr(page, name) for name in SOURCE} == SOURCE
    linked = untyped.measures.through.objects.filter(practicepage=page)
    assert set(linked.values_list("measure_id", flat=True)) == set(MEASURES)
    revision = old.get_model("wagtailcore", "Revision").objects.get(object_id=str(page_key))
    assert [block["value"] for block in json.loads(revision.content["facts"])] == [*FACTS, CONCEPT]
    assert revision.content["measures"] == MEASURES[:1]
    assert {name: revision.content[name] for name in SOURCE} == SOURCE
    assert revision.content.keys().isdisjoint({"measure_links", "sources"})

    migrate(None)


def test_a_concept_of_before_can_still_be_opened_and_published():
    load_measures()
    key = add_untyped_case(migrate(UNTYPED), slug="uit-2022")
    migrate(None)
    page = PracticePage.objects.get(pk=key)
    revision = page.revisions.get()
    draft = revision.as_object()
    assert list_facts(draft.facts.all()) == [*FACTS, CONCEPT]
    assert [measure.pk for measure in draft.measures] == MEASURES[:1]
    assert [str(source) for source in draft.sources.all()] == ["Een verslag, Hoofdstuk 1"]
    revision.publish()
    page = PracticePage.objects.get(pk=key)
    assert list_facts(page.facts.all()) == [*FACTS, CONCEPT]
    assert page.sources.count() == 1


def test_a_typed_fact_goes_back_as_what_the_old_field_can_hold():
    load_measures()
    key = add_untyped_case(migrate(UNTYPED), slug="uit-2022")
    new = migrate(TYPED)
    new.get_model("practices", "PracticeFact").objects.filter(page=key).delete()
    for place, figure in enumerate(
        [{"low": "12.5", "unit": "fte"}, {"low": 15, "high": 20, "unit": "%"}, {"low": 50000}]
    ):
        new.get_model("practices", "PracticeFact").objects.create(
            page_id=key, sort_order=place, text="x", kind="measured", topic="scale", **figure
        )
    page = migrate(UNTYPED).get_model("practices", "PracticePage").objects.get(pk=key)
    assert [block.value["value"] for block in page.facts] == ["12.5 fte", "15 tot 20 %", "50000"]
    migrate(None)
