"""What an editor fills in for every type of page: an example with all its parts, and one with as little as may be."""

from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from practices.models import (
    AccountabilityPage,
    GlossaryPage,
    HomePage,
    MeasureIndexPage,
    MeasurePage,
    PracticeIndexPage,
    PracticePage,
    SourceIndexPage,
    SourcePage,
    TextPage,
)

ITEMS = streamfield([("item", "Eén punt"), ("item", "Nog een punt")])
CHAPTERS = streamfield(
    [
        (
            "chapter",
            {
                "heading": "Een hoofdstuk",
                "paragraphs": {
                    "count": 1,
                    "0": {"id": "", "deleted": "", "order": 0, "type": "item", "value": "Een alinea."},
                },
            },
        )
    ]
)
FACT = {
    "qualifier": "about",
    "low": "7.5",
    "unit": "keer",
    "text": "is geteld",
    "kind": "measured",
    "topic": "effect",
    "section": "Hoofdstuk 1",
}
LINK = {"measure": "poh-jeugd", "strength": "partial", "direction": "mixed", "is_editorial": "on"}
CONTENT = {
    HomePage: {"lead": "Welkom op de proefsite."},
    MeasureIndexPage: {"lead": "Alle maatregelen."},
    MeasurePage: {
        "measure": "regionalisering",
        "findings": ITEMS,
        "bottlenecks": streamfield([("bottleneck", {"title": "Geld", "text": "Het kost eerst geld."})]),
        "note": "Let op.",
        "source": "Eigen onderzoek",
    },
    PracticeIndexPage: {"lead": "Alle voorbeelden."},
    PracticePage: {
        "summary": "Een samenvatting.",
        "intro": "Een inleiding.",
        "reason": "Een aanleiding.",
        "measure_links": inline_formset(
            [
                {
                    "measure": "regionalisering",
                    "strength": "direct",
                    "direction": "supports",
                    "note": "Omdat.",
                },
                LINK,
            ]
        ),
        "themes": ["crisis"],
        "place_kind": "region",
        "place_label": "Ergens",
        "municipalities": ["GM0479"],
        "youth_regions": ["JZ18"],
        "provinces": ["PV31"],
        "organisation": "Een aanbieder",
        "outline": ITEMS,
        "conditions": ITEMS,
        "status": "stopped",
        "status_when": "najaar 2026",
        "earlier_statuses": inline_formset([{"status": "pilot", "when": "2025"}]),
        "effect": "mixed",
        "effect_note": "Deels.",
        "evidence": "measured",
        "audience": "Iedereen",
        "audiences": ["leerlingen"],
        "facts": inline_formset([FACT]),
        "costs": ITEMS,
        "lessons": ITEMS,
        "setbacks": ITEMS,
        "parties": ITEMS,
        "quotes": streamfield([("quote", {"text": "Het scheelt.", "speaker": "Teamleider"})]),
        "pictures": streamfield([]),
        "contact": streamfield([("contact", {"organisation": "Team Jeugd", "email": "", "url": ""})]),
        "caveats": ITEMS,
        "links": streamfield([("link", {"title": "Meer", "url": "https://voorbeeld.example/"})]),
        "year": 2026,
        "review_by": "2030-01-31",
        "sources": inline_formset([{"title": "Een verslag", "published": "2026", "section": "Hoofdstuk 1"}]),
    },
    SourceIndexPage: {"lead": "Alle bronnen."},
    SourcePage: {
        "publisher": "Een uitgever",
        "kind": "verslag",
        "published": "voorjaar 2026",
        "year": 2026,
        "what": "Een verslag.",
        "method": ITEMS,
        "limits": ITEMS,
        "links": streamfield([("link", {"title": "Meer", "url": "https://voorbeeld.example/"})]),
    },
    GlossaryPage: {"lead": "Alle begrippen."},
    TextPage: {"lead": "Een inleiding.", "body": CHAPTERS},
    AccountabilityPage: {
        "lead": "Een inleiding.",
        "differences": streamfield(
            [("difference", {"topic": "Iets", "printed": "1", "shown": "2", "why": "Daarom."})]
        ),
    },
}
# Fields with several values under one name.
SEVERAL = {"themes", "audiences", "municipalities", "youth_regions", "provinces"}


# What each type of page cannot do without.
NEEDED = {
    PracticePage: {
        "summary",
        "intro",
        "place_kind",
        "place_label",
        "status",
        "effect",
        "evidence",
        "year",
        "sources",
    },
    SourcePage: {"publisher", "kind", "published", "year", "what"},
    MeasurePage: {"measure"},
    TextPage: {"body"},
    AccountabilityPage: {"differences"},
}


def fill_in_little(page_type, **other):
    needed = NEEDED.get(page_type, {"lead"})
    return fill_in(page_type, **leave_out(page_type, CONTENT[page_type].keys() - needed), **other)


def fill_in_nothing(page_type):
    return fill_in(page_type, **leave_out(page_type, CONTENT[page_type]), title="", slug="")


def leave_out(page_type, names):
    """The same fields of the form, without a value or rows."""
    return {name: _empty(CONTENT[page_type][name]) for name in names}


def _empty(value):
    if isinstance(value, dict):
        return streamfield([]) if "count" in value else inline_formset([])
    return [] if isinstance(value, list) else ""


def fill_in(page_type, **other):
    content = {"title": "Een proefpagina", "slug": "proef", **CONTENT[page_type], **other}
    several = {name: content.pop(name) for name in SEVERAL & content.keys()}
    return nested_form_data(content) | several


def address(name, page_type, *arguments):
    return reverse(f"wagtailadmin_pages:{name}", args=["practices", page_type._meta.model_name, *arguments])
