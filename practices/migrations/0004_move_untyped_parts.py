"""Facts, measures and the source of a case become rows; a figure that was one text stays that text."""

import json
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

Rows = dict[str, list[dict[str, Any]]]

MODELS = {"facts": "PracticeFact", "measure_links": "PracticeMeasure", "sources": "PracticeSource"}
FIRST_YEAR_OF_THE_MEASURES = "2022"


def make_rows(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Row by row through their own tables: a page of the past keeps what its relations are given in memory."""
    PracticePage = apps.get_model("practices", "PracticePage")
    for page in PracticePage.objects.all():
        linked = PracticePage.measures.through.objects.filter(practicepage=page).order_by("measure__position")
        rows = build_rows(
            [block.value for block in page.printed_facts],
            measures=linked.values_list("measure_id", flat=True),
            title=page.source_title,
            published=page.source_date,
            section=page.source_section,
        )
        for name, model in MODELS.items():
            for row in rows[name]:
                values = {"measure_id" if key == "measure" else key: value for key, value in row.items()}
                apps.get_model("practices", model).objects.create(page=page, **values)
    for revision in list_revisions(apps):
        old = revision.content
        facts = json.loads(old.pop("facts", None) or "[]")
        rows = build_rows(
            [block["value"] for block in facts],
            measures=old.pop("measures", []),
            title=old.pop("source_title", ""),
            published=old.pop("source_date", ""),
            section=old.pop("source_section", ""),
        )
        revision.content = old | {
            name: [{"pk": None, "page": old["pk"], **row} for row in rows[name]] for name in MODELS
        }
        revision.save(update_fields=["content"])


def take_rows_back(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """As far as the old fields reach: a number becomes its digits and unit, of the sources the first stays."""
    PracticePage = apps.get_model("practices", "PracticePage")
    titles = {
        source.pk: (source.title, source.published)
        for source in apps.get_model("practices", "SourcePage").objects.all()
    }
    for page in PracticePage.objects.all():
        rows = {
            name: list(apps.get_model("practices", model).objects.filter(page=page).values())
            for name, model in MODELS.items()
        }
        page.printed_facts = [("fact", fact) for fact in print_facts(rows["facts"])]
        for name, value in write_source(
            [row | {"document": row["document_id"]} for row in rows["sources"]], titles=titles
        ).items():
            setattr(page, name, value)
        page.save()
        PracticePage.measures.through.objects.bulk_create(
            PracticePage.measures.through(practicepage=page, measure_id=link["measure_id"])
            for link in rows["measure_links"]
        )
    for revision in list_revisions(apps):
        new = revision.content
        facts, links, sources = (new.pop(name, []) for name in MODELS)
        blocks = [{"type": "fact", "value": fact} for fact in print_facts(facts)]
        revision.content = new | {
            "facts": json.dumps(blocks),
            "measures": [link["measure"] for link in links],
            **write_source(sources, titles=titles),
        }
        revision.save(update_fields=["content"])
    for model in MODELS.values():
        apps.get_model("practices", model).objects.all().delete()


def list_revisions(apps: StateApps) -> Iterable[Any]:
    """What editors go on from, concepts included."""
    revisions = apps.get_model("wagtailcore", "Revision").objects
    return revisions.filter(
        content_type__app_label="practices", content_type__model="practicepage"
    ).iterator()


def build_rows(
    facts: Iterable[dict[str, Any]], *, measures: Iterable[str], title: str, published: str, section: str
) -> Rows:
    """A source of before the measures cannot have linked a case to one; `published` is in words."""
    years = re.findall(r"\d{4}", published)
    return {
        "facts": [
            {
                "sort_order": place,
                "wording": fact["value"],
                "text": fact["text"],
                "kind": fact["kind"],
                "topic": "context",
            }
            for place, fact in enumerate(facts)
        ],
        "measure_links": [
            {
                "sort_order": place,
                "measure": measure,
                "strength": "direct",
                "direction": "supports",
                "is_editorial": max(years, default="") < FIRST_YEAR_OF_THE_MEASURES,
            }
            for place, measure in enumerate(measures)
        ],
        "sources": [{"sort_order": 0, "title": title, "published": published, "section": section}],
    }


def print_facts(facts: Iterable[dict[str, Any]]) -> list[dict[str, str]]:
    return [{"value": write_value(fact), "text": fact["text"], "kind": fact["kind"]} for fact in facts]


def write_value(fact: dict[str, Any]) -> str:
    """`low` and `high` may be text, as in a revision."""
    present = (Decimal(fact[name]) for name in ("low", "high") if fact.get(name) is not None)
    numbers = " tot ".join(f"{number.normalize():f}" for number in present)
    return (fact["wording"] or f"{numbers} {fact['unit']}".strip())[:60]


def write_source(sources: list[dict[str, Any]], *, titles: dict[int, tuple[str, str]]) -> dict[str, str]:
    if not sources:
        return {"source_title": "", "source_date": "", "source_section": ""}
    source = sources[0]
    own = (source["title"], source["published"])
    title, published = titles.get(source.get("document"), own)
    return {"source_title": title, "source_date": published[:40], "source_section": source["section"]}


class Migration(migrations.Migration):

    dependencies = [
        ('practices', '0003_typed_cases'),
    ]

    operations = [
        migrations.RunPython(make_rows, take_rows_back),
    ]
