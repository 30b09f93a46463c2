"""Every list of the administration that can grow long comes in pages, in the demo world with one row a page."""

import re
from collections.abc import Iterator

import pytest
from django.urls import get_resolver
from django.utils import timezone

from practices.models import CheckedLink, LinkPlace, PracticePage
from surveys.accounts.models import Person
from surveys.administration.pages import AdministrationView
from surveys.coding.models import CodingRound
from surveys.drafts.models import Draft
from surveys.outreach.models import Mailing
from surveys.questionnaire.models import Wave
from surveys.results.models import Release

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]

# The address and what says in it which page; several lists of one screen each have their own.
LISTS = (
    ("/beheer/respons/2026/", "reacties"),
    ("/beheer/respons/2026/", "dubbel"),
    ("/beheer/respons/2026/", "nog-niet-begonnen"),
    ("/beheer/respons/2026/te-doen/", "p"),
    ("/beheer/respons/2026/beoordeling/", "p"),
    ("/beheer/metingen/", "metingen"),
    ("/beheer/publicaties/", "p"),
    ("/beheer/metingen/", "vragenlijsten"),
    ("/beheer/vragenlijsten/", "versies"),
    ("/beheer/vragenlijsten/vragenbank/", "p"),
    ("/beheer/vragenlijsten/kernvragen/", "p"),
    ("/beheer/vragenlijsten/{draft}/onderdeel/reikwijdte/uit-bank/", "p"),
    ("/beheer/uitnodigen/2026/", "p"),
    ("/beheer/uitnodigen/2026/verzendingen/", "p"),
    ("/beheer/uitnodigen/2026/verzending/{mailing}/", "p"),
    ("/beheer/uitnodigen/2026/herinneren/vooruitblik/", "p"),
    ("/beheer/coderen/meting/2026/", "p"),
    ("/beheer/coderen/meting/2026/{question}/citaten/", "p"),
    ("/beheer/coderen/ronde/{round}/beslechten/?stand=vastgesteld", "p"),
)
# The same, for who keeps the library.
LISTS_OF_EDITORS = (
    ("/beheer/reacties/", "p"),
    ("/beheer/bijhouden/links/", "p"),
    ("/beheer/bijhouden/verouderd/", "p"),
)


def list_views(view: type[AdministrationView] = AdministrationView) -> Iterator[type[AdministrationView]]:
    yield view
    for each in view.__subclasses__():
        yield from list_views(each)


@pytest.fixture
def values() -> dict[str, object]:
    coding_round = CodingRound.objects.select_related("version__codebook").get(wave__code="2026")
    # The demo has one.
    Release.objects.create(
        wave=Wave.objects.get(code="2026"),
        number=1,
        code="2026-1",
        minimum_base=3,
        prepared_at=timezone.now(),
        questions=[],
        breakdowns=[],
        units=[],
        snapshot=b"",
    )
    let_links_break_and_cases_age()
    return {
        "draft": Draft.objects.get().pk,
        "mailing": Mailing.objects.order_by("pk").first().pk,
        "question": coding_round.version.codebook.question,
        "round": coding_round.pk,
    }


def let_links_break_and_cases_age() -> None:
    moved = CheckedLink.objects.create(url="https://oud.example/", status=CheckedLink.Status.MOVED)
    PracticePage.objects.update(review_by=None)
    for page in PracticePage.objects.all()[:2]:
        LinkPlace.objects.create(link=moved, page=page)


def test_every_list_has_a_next_page(client, values, monkeypatch):
    assert get_resolver().url_patterns  # every view is there to be told
    for view in list_views():
        if "rows_per_page" in vars(view):
            monkeypatch.setattr(view, "rows_per_page", 1)
    missing = []
    for role, lists in (("onderzoeker", LISTS), ("redactie", LISTS_OF_EDITORS)):
        client.force_login(Person.objects.get(email=f"{role}@demo.example"))
        for path, key in lists:
            address = path.format(**values)
            another = f"{address}{'&' if '?' in address else '?'}{key}=2"
            pages = [client.get(each).content.decode() for each in (address, another)]
            if not all(re.search(rf"[?&;]{key}={to}\b", page) for to, page in zip("21", pages, strict=True)):
                missing.append((path, key))
    assert missing == []
