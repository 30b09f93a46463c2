"""A case of Utrecht, people who may react to it, and what they write."""

from collections.abc import Iterable
from typing import Any

from wagtail.models import Page, Site

from practices.models import HomePage, PracticeIndexPage, PracticePage, PracticeSource, Reaction
from practices.reactions.lifecycle import adopt, comment
from practices.reactions.moderation import publish
from surveys.accounts.models import Membership, Organisation, Person
from surveys.accounts.roles import EDITORS
from surveys.territory.models import Municipality, YouthRegion
from tests.accounts.people import make_administrator, make_member

ZAANSTAD, LEIDEN, REGION = "GM0479", "GM0546", "JZ18"
# The place that the case is about.
UTRECHT = "GM0344"
WORDS = "Wij doen het met twee scholen."
URL = "/praktijkvoorbeelden/utrecht/"
REACT = f"{URL}reageren/"
SCREEN = "/beheer/reacties/"


def make_case(slug: str = "utrecht", **other: Any) -> PracticePage:
    """Public, and at the address it has in an installation."""
    library = PracticeIndexPage.objects.first() or _make_library()
    case = PracticePage(
        **{
            "title": "Samen in Utrecht",
            "slug": slug,
            "summary": "Zo werkt het.",
            "intro": "Een alinea.",
            "place_label": "Utrecht",
            "year": 2024,
        }
        | other,
        sources=[PracticeSource(title="Rapportage", published="2024", section="Hoofdstuk 1")],
    )
    case.municipalities.set([Municipality.objects.get(pk=UTRECHT)])
    library.add_child(instance=case)
    return PracticePage.objects.get(pk=case.pk)


def move_case(case: PracticePage, *, municipalities: Iterable[str], youth_regions: Iterable[str]) -> None:
    case.municipalities.set(list(Municipality.objects.filter(pk__in=municipalities)))
    case.youth_regions.set(list(YouthRegion.objects.filter(pk__in=youth_regions)))
    case.save()


def _make_library() -> PracticeIndexPage:
    root = Page.get_first_root_node()
    home = root.add_child(instance=HomePage(title="Proef", slug="proef", lead="Welkom"))
    Site.objects.filter(is_default_site=True).update(root_page=home, hostname="localhost", port=8000)
    Site.clear_site_root_paths_cache()
    library = PracticeIndexPage(title="Voorbeelden", slug="praktijkvoorbeelden", lead="Alles")
    home.add_child(instance=library)
    return library


def make_gerda(role: str = Membership.Role.CONTRIBUTOR, *, organisation: str = ZAANSTAD) -> Person:
    return make_member("gerda@zaanstad.example", organisation=organisation, role=role)


def make_editor(email: str = "rita@vereniging.example") -> Person:
    return make_administrator(EDITORS, email=email)


def let_know(case: PracticePage, *, by: Person, organisation: str = ZAANSTAD, **other: Any) -> Reaction:
    said = {"kind": Reaction.Kind.DOES, "since": 2024, "text": WORDS} | other
    return adopt(case, organisation=Organisation.objects.get(pk=organisation), by=by, **said)


def write_comment(case: PracticePage, *, by: Person, organisation: str = ZAANSTAD, **other: Any) -> Reaction:
    said = {"text": "Wat kost dit per kind?", "function": "", "shows_name": False} | other
    return comment(case, organisation=Organisation.objects.get(pk=organisation), by=by, **said)


def place(reaction: Reaction, *, by: Person | None = None) -> Reaction:
    return publish(reaction, revision=reaction.revision, by=by)
