"""Facts, measures and the source of a case become rows; a figure that was one text stays that text."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def make_rows(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Row by row through their own tables: a page of the past keeps what its relations are given in memory."""
    PracticePage, Fact, Link, Source = get_models(apps)
    for page in PracticePage.objects.all():
        for place, block in enumerate(page.printed_facts):
            Fact.objects.create(
                page=page,
                sort_order=place,
                wording=block.value["value"],
                text=block.value["text"],
                kind=block.value["kind"],
                topic="context",
            )
        linked = PracticePage.measures.through.objects.filter(practicepage=page).order_by("measure__position")
        for place, measure in enumerate(linked.values_list("measure_id", flat=True)):
            Link.objects.create(
                page=page,
                sort_order=place,
                measure_id=measure,
                strength="direct",
                direction="supports",
                is_editorial=page.source_date < "2022",
            )
        Source.objects.create(
            page=page,
            sort_order=0,
            title=page.source_title,
            published=page.source_date,
            section=page.source_section,
        )


def take_rows_back(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """As far as the old fields reach: a number becomes its digits and unit."""
    PracticePage, Fact, Link, Source = get_models(apps)
    for page in PracticePage.objects.all():
        page.printed_facts = [
            ("fact", {"value": write_value(fact), "text": fact.text, "kind": fact.kind})
            for fact in Fact.objects.filter(page=page)
        ]
        source = Source.objects.filter(page=page).select_related("document").first()
        if source is not None:
            page.source_title = source.document.title if source.document else source.title
            page.source_date = (source.document.published if source.document else source.published)[:40]
            page.source_section = source.section
        page.save()
        PracticePage.measures.through.objects.bulk_create(
            PracticePage.measures.through(practicepage=page, measure_id=link.measure_id)
            for link in Link.objects.filter(page=page)
        )
    for model in (Fact, Link, Source):
        model.objects.all().delete()


def get_models(apps: StateApps) -> list[Any]:
    names = ("PracticePage", "PracticeFact", "PracticeMeasure", "PracticeSource")
    return [apps.get_model("practices", name) for name in names]


def write_value(fact: Any) -> str:
    numbers = [f"{number.normalize():f}" for number in (fact.low, fact.high) if number is not None]
    return (fact.wording or f"{' tot '.join(numbers)} {fact.unit}".strip())[:60]


class Migration(migrations.Migration):

    dependencies = [
        ('practices', '0003_typed_cases'),
    ]

    operations = [
        migrations.RunPython(make_rows, take_rows_back),
    ]
