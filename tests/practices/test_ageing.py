"""Which cases have become old, and that editors hear of each once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from wagtail.models import ModelLogEntry, Page

from practices.ageing.lifecycle import BeingEdited, confirm_case, tell_editors
from practices.ageing.queries import describe_ageing, select_ageing
from practices.models import AgeingNotice, Contribution, PracticePage
from surveys.accounts.lifecycle import ensure_roles
from surveys.accounts.models import Organisation, Person
from tests.practices.few_pages import add_case, make_library

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
YESTERDAY = TODAY - timedelta(days=1)
LATER = date(2030, 1, 1)


@pytest.fixture(autouse=True)
def _library():
    make_library()


def describe():
    return {
        page.slug: (case.reason, case.since)
        for page in select_ageing(today=TODAY)
        for case in [describe_ageing(page)]
    }


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"review_by": YESTERDAY}, {"oud": ("Niet op tijd nagekeken.", YESTERDAY)}),
        ({"review_by": None}, {"oud": ("Er staat geen datum bij om het na te kijken.", TODAY)}),
        ({"review_by": TODAY}, {}),
        ({"review_by": LATER}, {}),
        ({"review_by": None, "live": False}, {}),
    ],
)
def test_a_case_past_its_day_or_without_one_is_old(fields, expected):
    add_case("oud", first_published_at=NOW, **fields)
    assert describe() == expected


def test_the_longest_overdue_stand_first_and_those_without_a_day_last():
    add_case("zonder")
    add_case("gisteren", review_by=YESTERDAY)
    add_case("lang", review_by=date(2020, 1, 1))
    assert list(describe()) == ["lang", "gisteren", "zonder"]


def test_a_case_is_of_the_organisation_that_wrote_it():
    contribute(add_case("van-hen"))
    add_case("van-ons")
    owners = {page.slug: describe_ageing(page).organisation for page in select_ageing(today=TODAY)}
    assert owners == {"van-hen": "Gemeente Zaanstad", "van-ons": ""}


def contribute(page):
    organisation = Organisation.objects.get(pk="GM0479")
    Contribution.objects.create(organisation=organisation, page=page, started_at=NOW, saved_at=NOW)


def make_editor():
    ensure_roles()
    editor = Person.objects.create_user(email="redactie@voorbeeld.example")
    editor.groups.add(*editor.groups.model.objects.filter(name="Redactie"))
    return editor


def test_an_editor_says_that_a_case_still_holds_and_a_draft_of_it_stays_a_draft():
    editor = make_editor()
    case = add_case("oud", review_by=YESTERDAY)
    case.save_revision().publish()
    assert confirm_case(case, by=editor, at=NOW) == date(2027, 11, 23)
    case.refresh_from_db()
    assert (case.review_by, case.has_unpublished_changes) == (date(2027, 11, 23), False)
    line = ModelLogEntry.objects.get(action="practice.confirm_review")
    assert (line.user, line.object_id) == (editor, str(case.pk))

    case.summary = "Nog niet af."
    case.save_revision()
    confirm_case(case, by=editor, at=NOW + timedelta(days=30))
    stored = PracticePage.objects.get()
    assert (stored.review_by, stored.summary) == (date(2027, 12, 23), "Iets.")
    draft = stored.get_latest_revision_as_object()
    assert (draft.review_by, draft.summary) == (date(2027, 12, 23), "Nog niet af.")


def test_not_while_somebody_else_has_it_locked():
    editor = make_editor()
    case = add_case("oud", review_by=YESTERDAY)
    colleague = Person.objects.create_user(email="collega@voorbeeld.example")
    PracticePage.objects.update(locked=True, locked_by=colleague)
    with pytest.raises(BeingEdited):
        confirm_case(case, by=editor, at=NOW)
    assert PracticePage.objects.get().review_by == YESTERDAY


def test_editors_hear_of_each_case_once_until_it_was_put_right(django_capture_on_commit_callbacks):
    make_editor()
    add_case("eerste")

    def tell():
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            new = tell_editors(at=NOW)
        return [case.page.slug for case in new], [message.to for message in mail.outbox]

    assert tell() == (["eerste"], [["redactie@voorbeeld.example"]])
    assert "Eerste (van de redactie). Er staat geen datum bij" in mail.outbox[0].body
    assert "/beheer/bijhouden/verouderd/" in mail.outbox[0].body
    assert tell() == ([], [])

    add_case("tweede")
    assert tell() == (["tweede"], [["redactie@voorbeeld.example"]])
    assert "zijn er nu 2 voorbeelden" in mail.outbox[0].body

    PracticePage.objects.filter(slug="eerste").update(review_by=LATER)
    assert tell() == ([], [])
    PracticePage.objects.filter(slug="eerste").update(review_by=None)
    assert tell()[0] == ["eerste"]
    Page.objects.get(slug="eerste").delete()
    assert AgeingNotice.objects.count() == 1


def test_a_long_list_is_cut_off(django_capture_on_commit_callbacks):
    for number in range(22):
        add_case(f"geval-{number}")
    make_editor()
    with django_capture_on_commit_callbacks(execute=True):
        tell_editors(at=NOW)
    assert mail.outbox[-1].body.count("- Geval-") == 20
    assert "En nog 2 andere." in mail.outbox[-1].body
