"""A small library, an editor, and people of municipalities who write in it."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from wagtail.models import Page, Site

from practices.contributing.lifecycle.writing import save_words, start_contribution
from practices.contributing.merging import take_print
from practices.contributing.parts import PARTS, Value
from practices.contributing.stages import Stage, find_standing
from practices.contributing.values import read_values
from practices.models import Contribution, HomePage, PracticeIndexPage, Theme
from surveys.accounts.lifecycle import ensure_roles
from surveys.accounts.models import Membership, Organisation, Person
from surveys.accounts.roles import EDITORS
from surveys.measures.loading import load_measures
from tests.responses.factories import make_person

ZAANSTAD, LEIDEN, HILLEGOM, REGION = "GM0479", "GM0546", "GM0534", "JZ18"
COORDINATOR, CONTRIBUTOR, READER = Membership.Role
SHARING = "/praktijkvoorbeelden/delen/"
READY: dict[str, Value] = {
    "title": "Jeugdhulp in de school",
    "summary": "Een jeugdhulpverlener werkt drie dagen per week in de school.",
    "intro": "De hulpverlener hoort bij het team van de school.",
    "year": "2025",
    "themes": ("onderwijs-zorg",),
    "contact": "Team Jeugd",
}


def make_library() -> None:
    ensure_roles()
    load_measures()
    Theme.objects.create(code="onderwijs-zorg", name="Onderwijs en zorg", position=1)
    root = Page.get_first_root_node()
    Page.objects.child_of(root).delete()
    root.refresh_from_db()
    home = root.add_child(instance=HomePage(title="Home", slug="thuis", lead="Welkom"))
    home.add_child(
        instance=PracticeIndexPage(title="Praktijkvoorbeelden", slug="praktijkvoorbeelden", lead="Alle")
    )
    address = urlsplit(settings.SITE_URL)
    Site.objects.all().delete()
    Site.objects.create(hostname=address.hostname, port=address.port, root_page=home, is_default_site=True)


def make_editor(name: str = "Rita") -> Person:
    person = make_person(name)
    person.groups.add(Group.objects.get(name=EDITORS))
    return person


def browse(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def begin(by: Person, organisation: str = ZAANSTAD, **values: Value) -> Contribution:
    """A contribution that can be sent in, with other words for some parts."""
    contribution = start_contribution(Organisation.objects.get(pk=organisation), by=by)
    write_words(contribution, by=by, **{**READY, **values})
    contribution.refresh_from_db()
    return contribution


def write_words(contribution: Contribution, *, by: Person, **values: Value) -> None:
    """As somebody who looks at it now."""
    stored = read_values(Contribution.objects.get(pk=contribution.pk))
    begun = {name: take_print(stored[name]) for name in PARTS}
    assert not save_words(contribution, typed=values, begun=begun, by=by).conflicts


def find_stage(contribution: Contribution) -> Stage:
    return find_standing(Contribution.objects.select_related("page").get(pk=contribution.pk)).stage


def make_form(contribution: Contribution, **typed: Any) -> dict[str, Any]:
    """What a browser sends from the form as it is now, with other words for some parts."""
    values = read_values(Contribution.objects.get(pk=contribution.pk))
    return {
        **{f"begun-{name}": take_print(value) for name, value in values.items()},
        **{f"q-{name}": value for name, value in {**values, **typed}.items()},
    }


def list_mails() -> list[tuple[str, str]]:
    """To whom and about what, since the last time; the box is emptied."""
    sent = [(message.to[0].partition("@")[0], str(message.subject)) for message in mail.outbox]
    mail.outbox.clear()
    return sorted(sent)
