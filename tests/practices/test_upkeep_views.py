"""The screens for editors: links and old cases."""

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localdate

from practices import upkeep_views
from practices.contributing.page_writing import one_year_after
from practices.links.lifecycle import gather_links
from practices.models import CheckedLink, Contribution, PracticePage
from surveys.accounts.lifecycle import ensure_roles
from surveys.accounts.models import Organisation, Person
from tests.practices.few_pages import add_case, make_library

pytestmark = pytest.mark.django_db

LINKS, AGEING = "/beheer/bijhouden/links/", "/beheer/bijhouden/verouderd/"
Status = CheckedLink.Status


@pytest.fixture
def editor(client):
    ensure_roles()
    person = Person.objects.create_user(email="redactie@voorbeeld.example")
    person.groups.add(*person.groups.model.objects.filter(name="Redactie"))
    client.force_login(person)
    make_library()
    return client


def add_links(number, **fields):
    links = [
        ("link", {"title": "Meer", "url": f"https://voorbeeld.example/{each}"}) for each in range(number)
    ]
    page = add_case("eerste", links=links)
    gather_links(at=timezone.now(), is_asking=True)
    CheckedLink.objects.update(due_at=None, **fields)
    return page


def test_what_is_broken_stands_first_with_its_page(editor):
    page = add_links(6, status=Status.FINE, checked_at=timezone.now())
    for number, fields in {
        1: {"status": Status.UNREACHABLE, "failures": 3, "problem": "De site geeft geen antwoord."},
        2: {"status": Status.GONE, "failures": 2},
        3: {"status": Status.UNREACHABLE, "failures": 1},
        4: {"status": Status.UNCHECKABLE, "problem": "De site laat onze controle niet toe (code 403)."},
        5: {"status": Status.MOVED, "moved_to": "https://nieuw.example/"},
    }.items():
        CheckedLink.objects.filter(url__endswith=f"/{number}").update(since=timezone.now(), **fields)
    html = editor.get(LINKS).content.decode()
    places = [html.index(f"https://voorbeeld.example/{each}") for each in (2, 1, 5, 4)]
    assert places == sorted(places)
    for text in (
        "6 links: 2 stuk, 1 verhuisd, 1 niet te controleren. 1 werkte één keer niet",
        "Stuk: bestaat niet meer, 2 keer achter elkaar",
        "Stuk: niet bereikbaar, 3 keer achter elkaar",
        "De site geeft geen antwoord.",
        "Verhuisd naar https://nieuw.example/",
        "Kon niet controleren",
        "Links en documenten",
        date_format(localdate(), "j F Y"),
    ):
        assert text in html
    assert "voorbeeld.example/0" not in html
    assert "voorbeeld.example/3" not in html
    assert html.count(reverse("wagtailadmin_pages:edit", args=[page.pk])) == 4


@pytest.mark.parametrize("number", [1, 3])
def test_more_links_take_no_more_queries(number, editor, django_assert_num_queries):
    add_links(number, status=Status.GONE, failures=2)
    editor.get(LINKS)
    with django_assert_num_queries(QUERIES[LINKS]):
        editor.get(LINKS)


@pytest.mark.parametrize("number", [1, 3])
def test_more_old_cases_take_no_more_queries(number, editor, django_assert_num_queries):
    for each in range(number):
        add_case(f"geval-{each}")
    editor.get(AGEING)
    with django_assert_num_queries(QUERIES[AGEING]):
        editor.get(AGEING)


QUERIES = {LINKS: 13, AGEING: 12}


def test_both_lists_come_in_pages(editor, monkeypatch):
    add_links(2, status=Status.MOVED)
    add_case("tweede")
    for view in (upkeep_views.LinksView, upkeep_views.AgeingView):
        monkeypatch.setattr(view, "rows_per_page", 1)
    for path in (LINKS, AGEING):
        assert "?p=2" in editor.get(path).content.decode()
        assert "?p=1" in editor.get(f"{path}?p=2").content.decode()
        assert editor.get(f"{path}?p=onzin").status_code == 200


def test_empty_screens_say_so(editor):
    assert "Er is geen link die aandacht vraagt." in editor.get(LINKS).content.decode()
    assert "Alle voorbeelden zijn op tijd nagekeken." in editor.get(AGEING).content.decode()


def test_an_editor_starts_the_check(editor, monkeypatch):
    started = []
    monkeypatch.setattr(upkeep_views.start_checking, "delay", lambda: started.append(True))
    html = editor.post(LINKS, follow=True).content.decode()
    assert "De controle begint zo." in html
    assert started == [True]


def test_the_screen_says_when_other_sites_are_not_asked(editor, settings):
    words = "Adressen op andere sites worden hier niet gecontroleerd."
    assert words not in editor.get(LINKS).content.decode()
    settings.LINK_CHECKS = False
    assert words in editor.get(LINKS).content.decode()


def test_an_old_case_leads_to_its_editor(editor):
    page = add_case("oud")
    html = editor.get(AGEING).content.decode()
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in html
    assert "Er staat geen datum bij" in html
    assert "De redactie" in html


def test_an_editor_says_that_a_case_still_holds(editor):
    page = add_case("oud")
    path = reverse("upkeep:confirm", args=[page.pk])
    assert path in editor.get(AGEING).content.decode()
    assert "Oud" in editor.get(path).content.decode()
    html = editor.post(path, follow=True).content.decode()
    assert "Het voorbeeld is nagekeken." in html
    assert "Alle voorbeelden zijn op tijd nagekeken." in html
    page.refresh_from_db()
    assert page.review_by == one_year_after(localdate())


def test_a_case_that_is_locked_stays_as_it_is(editor):
    page = add_case("oud")
    PracticePage.objects.update(locked=True)
    answer = editor.post(reverse("upkeep:confirm", args=[page.pk]))
    assert answer.status_code == 422
    assert "op slot of in behandeling" in answer.content.decode()
    page.refresh_from_db()
    assert page.review_by is None


def test_only_of_a_public_case_of_the_editors_themselves(editor):
    theirs = add_case("van-hen")
    organisation = Organisation.objects.get(pk="GM0479")
    now = timezone.now()
    Contribution.objects.create(organisation=organisation, page=theirs, started_at=now, saved_at=now)
    html = editor.get(AGEING).content.decode()
    assert "Zaanstad" in html
    for page in (theirs, add_case("verborgen", live=False)):
        path = reverse("upkeep:confirm", args=[page.pk])
        assert path not in html
        assert editor.get(path).status_code == 404
        assert editor.post(path).status_code == 404
