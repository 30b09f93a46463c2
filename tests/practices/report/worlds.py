"""A public wave with a small library beside it, for the tests of the report."""

from typing import Any

from django.db import transaction
from pytest_django import DjangoDbBlocker
from wagtail.models import Page

from practices.models import (
    HomePage,
    MeasureIndexPage,
    MeasurePage,
    PracticeFact,
    PracticeIndexPage,
    PracticeMeasure,
    PracticePage,
    PracticeSource,
)
from practices.report.contents import gather_report
from practices.report.lifecycle import make_report
from surveys.measures.models import Measure
from surveys.questionnaire.models import Wave
from tests.responses.factories import NOW
from tests.results.worlds import publish_small_wave


def publish_reported_wave(**plan: object) -> Wave:
    """`publish_small_wave`, counted in responses in total only unless `plan` says otherwise, with a library."""
    wave = publish_small_wave(**{"units": ("response",), "breakdowns": (), **plan})
    measure = Measure.objects.get(slug="poh-jeugd")
    measure.explanation = "Een huisarts ziet veel gezinnen.\n\nDaarom helpt een ondersteuner mee."
    measure.source = "Commissie, tabel 1"
    measure.save()
    home = Page.get_first_root_node().add_child(instance=HomePage(title="Proef", slug="proef", lead="Welkom"))
    measures = home.add_child(
        instance=MeasureIndexPage(title="Maatregelen", slug="maatregelen", lead="Alles bij elkaar")
    )
    measures.add_child(
        instance=MeasurePage(
            title="Ondersteuner bij de huisarts",
            slug="poh-jeugd",
            measure=measure,
            findings=[("item", "Veel gemeenten hebben een ondersteuner.")],
            bottlenecks=[("bottleneck", {"title": "Geen ruimte", "text": "Er is geen kamer vrij."})],
            note="Het is een momentopname.",
            source="Rapport, hoofdstuk 3",
        )
    )
    cases = home.add_child(
        instance=PracticeIndexPage(title="Voorbeelden", slug="voorbeelden", lead="Alles bij elkaar")
    )
    for place, text in (("Zaanstad", "De eerste alinea.\n\nDe tweede."), ("Utrecht", "Een alinea.")):
        case = PracticePage(
            title=f"Samen in {place}",
            slug=place.lower(),
            summary=f"In {place} werkt het zo.",
            intro=text,
            place_label=place,
            year=wave.reference_date.year,
            outline=[("item", "Het eerste punt.")],
            facts=[PracticeFact(low=7, unit="keer", text="is het gelukt", kind="expected", topic="effect")],
            measure_links=[PracticeMeasure(measure=measure, strength="direct", direction="supports")],
            sources=[PracticeSource(title="Rapportage", published="2022", section="Zo kan het")],
            links=[("link", {"title": "De site van het project", "url": "https://www.example.org/"})],
        )
        cases.add_child(instance=case)
    return wave


def write_report(blocker: DjangoDbBlocker) -> tuple[dict[str, Any], bytes]:
    """What the report of that wave by size class says, and its PDF, for all tests of a module that only read them.

    Made in a transaction that is taken back.
    """
    with blocker.unblock(), transaction.atomic():
        wave = publish_reported_wave(breakdowns=(["size_class"],))
        written = gather_report(wave), bytes(make_report(wave, at=NOW).pdf)
        transaction.set_rollback(True)
    return written
