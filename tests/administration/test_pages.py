"""The base of the screens under /beheer/, shown by screens of its own that belong to no part of the site."""

import pytest
from django import forms
from django.contrib.auth.models import Permission
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.urls import path
from django.utils.html import escape
from django.views.generic import TemplateView
from wagtail.admin.auth import require_admin_access

from config.urls import urlpatterns as site_urls
from surveys.accounts.models import Person
from surveys.administration.menu import PermittedMenuItem
from surveys.administration.pages import AdministrationView, StepView

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

RUN, WATCH, REVIEW = "questionnaire.run_waves", "responses.watch_responses", "fieldwork.review_responses"
OVERVIEW, REVIEWERS, LIST, STEP, DONE = (
    "/proef/",
    "/proef/keuren/",
    "/proef/lijst/",
    "/proef/stap/",
    "/klaar/",
)


class OverviewView(AdministrationView, TemplateView):
    permissions = (RUN, WATCH)
    page_title = "Overzicht"


class ReviewersView(OverviewView):
    also_needed = (REVIEW,)


class ListView(AdministrationView):
    permissions = (WATCH,)
    rows_per_page = 2

    def get(self, request):
        shown = self.show_page("abcde")
        other = self.find_page("vwxyz", key="andere")
        words = ["".join(shown["page"]), "".join(map(str, shown["elided_page_range"])), "".join(other)]
        return HttpResponse(" ".join(words))


class TooLate(Exception):
    pass


class NoteForm(forms.Form):
    note = forms.CharField(label="Notitie", max_length=10)
    seen = forms.CharField(widget=forms.HiddenInput, initial="3")


class CloseView(StepView):
    permissions = (WATCH,)
    form_class = NoteForm
    refusals = (TooLate,)
    page_title = "Sluiten"
    consequence = "Daarna kan <niemand> nog invullen."
    done_message = "Gesloten."
    cancel_url = OVERVIEW

    def list_trail(self):
        return [{"url": OVERVIEW, "label": "Overzicht"}, *super().list_trail()]

    def take_step(self, form):
        note = form.cleaned_data["note"]
        if note == "te laat":
            raise TooLate("Dit was een collega voor.")
        if note == "stuk":
            raise LookupError(note)
        return DONE


urlpatterns = [
    path(address.strip("/") + "/", require_admin_access(view.as_view()))
    for address, view in [
        (OVERVIEW, OverviewView),
        (REVIEWERS, ReviewersView),
        (LIST, ListView),
        (STEP, CloseView),
    ]
] + site_urls


@pytest.fixture
def sign_in(client):
    def sign_in_with(*permissions):
        person = Person.objects.create_user("iemand@voorbeeld.example")
        codenames = [each.partition(".")[2] for each in permissions]
        person.user_permissions.set(Permission.objects.filter(codename__in=["access_admin", *codenames]))
        client.force_login(person)
        return person

    return sign_in_with


def read_messages(response):
    return [str(message).strip() for message in get_messages(response.wsgi_request)]


# --- Who may enter -------------------------------------------------------------------------------


@pytest.mark.parametrize("permission", [RUN, WATCH])
def test_any_of_the_permissions_lets_somebody_in(client, sign_in, permission):
    sign_in(permission)
    assert client.get(OVERVIEW).status_code == 200


def test_without_any_of_them_wagtail_refuses(client, sign_in):
    sign_in(REVIEW)
    response = client.get(OVERVIEW)
    assert (response.status_code, response.url) == (302, "/beheer/")
    assert len(read_messages(response)) == 1


@pytest.mark.parametrize(
    ("permissions", "status"),
    [((WATCH,), 302), ((REVIEW,), 302), ((WATCH, REVIEW), 200), ((RUN, REVIEW), 200)],
)
def test_what_is_also_needed_is_needed_besides(client, sign_in, permissions, status):
    sign_in(*permissions)
    assert client.get(REVIEWERS).status_code == status


def test_a_step_is_not_taken_without_the_permission(client, sign_in):
    sign_in(RUN)
    assert client.post(STEP, {"note": "goed", "seen": "3"}).url == "/beheer/"


@pytest.mark.parametrize(("permission", "is_shown"), [(RUN, True), (WATCH, True), (REVIEW, False)])
def test_a_menu_item_is_for_who_has_any_of_its_permissions(rf, sign_in, permission, is_shown):
    item = PermittedMenuItem(
        "Proef", OVERVIEW, name="proef", icon_name="mail", order=1, permissions=(RUN, WATCH)
    )
    request = rf.get("/beheer/")
    request.user = sign_in(permission)
    assert item.is_shown(request) is is_shown


# --- Where a screen stands, and pages of rows ----------------------------------------------------


def test_the_breadcrumbs_begin_at_home_and_end_here(client, sign_in):
    sign_in(WATCH)
    items = client.get(STEP).context["breadcrumbs_items"]
    assert [str(item["url"]) for item in items] == ["/beheer/", OVERVIEW, ""]
    assert [item["label"] for item in items[1:]] == ["Overzicht", "Sluiten"]


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("", "ab 123 vw"),
        ("?p=2", "cd 123 vw"),
        ("?p=4", "e 123 vw"),
        ("?p=0", "e 123 vw"),
        ("?p=-1", "e 123 vw"),
        ("?p=een", "ab 123 vw"),
        ("?p=2&andere=3", "cd 123 z"),
    ],
)
def test_a_page_that_is_not_there_becomes_one_that_is(client, sign_in, address, shown):
    sign_in(WATCH)
    assert client.get(LIST + address).content.decode() == shown


# --- Steps ---------------------------------------------------------------------------------------


def test_a_step_says_what_it_does_before_it_is_taken(client, sign_in):
    sign_in(WATCH)
    page = client.get(STEP).content.decode()
    assert escape(CloseView.consequence) in page
    assert 'type="submit">Sluiten</button>' in page
    assert f'href="{OVERVIEW}">Annuleren</a>' in page
    assert '<input type="hidden" name="seen" value="3"' in page


def test_a_step_that_is_taken_says_so_and_goes_on(client, sign_in):
    sign_in(WATCH)
    response = client.post(STEP, {"note": "goed", "seen": "3"})
    assert (response.status_code, response.url) == (302, DONE)
    assert read_messages(response) == ["Gesloten."]


@pytest.mark.parametrize(
    ("note", "reason"),
    [("te laat", "Dit was een collega voor."), ("veel te lange notitie", "10 tekens")],
)
def test_a_step_that_is_refused_says_why_and_keeps_what_was_typed(client, sign_in, note, reason):
    sign_in(WATCH)
    response = client.post(STEP, {"note": note, "seen": "3"})
    page = response.content.decode()
    assert response.status_code == 422
    assert reason in page
    assert f'value="{note}"' in page
    assert read_messages(response) == []


def test_only_a_refusal_is_caught(client, sign_in):
    sign_in(WATCH)
    with pytest.raises(LookupError):
        client.post(STEP, {"note": "stuk", "seen": "3"})
