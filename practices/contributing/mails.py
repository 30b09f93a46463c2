"""The mails around a contributed case: what each says is in templates/practices/contributing/mail."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from practices.contributing.places import list_coordinators, list_owners
from surveys.accounts.mail import send_mail_to
from surveys.accounts.models import Organisation, Person

if TYPE_CHECKING:
    from practices.models import Contribution, PracticePage


def list_editors() -> list[Person]:
    """Everybody whose role lets them review what is sent in."""
    mine = Q(groups__permissions__codename="review_contribution")
    return list(Person.objects.filter(mine, is_active=True).distinct().order_by("pk"))


def mail_editors(contribution: "Contribution", page: "PracticePage", *, is_again: bool) -> None:
    url = settings.SITE_URL + reverse("wagtailadmin_pages:edit", args=[page.pk])
    for editor in list_editors():
        _send(editor, "submitted", contribution, url=url, is_again=is_again)


def mail_taken(contribution: "Contribution") -> None:
    _mail_owners(contribution, "taken")


def mail_sent_back(contribution: "Contribution", *, comment: str) -> None:
    _mail_owners(contribution, "sent_back", comment=comment)


def mail_ended(contribution: "Contribution") -> None:
    _mail_owners(contribution, "ended")


def mail_waiting_for_places(contribution: "Contribution", *, places: Iterable[Organisation]) -> None:
    _mail_owners(contribution, "at_place", places=[str(place) for place in places])


def mail_published(contribution: "Contribution", *, url: str) -> None:
    _mail_owners(contribution, "published", url=settings.SITE_URL + url)


def mail_places(contribution: "Contribution", *, places: Iterable[Organisation]) -> None:
    """The coordinators of the places, and the editors for a place where nobody can answer."""
    places = list(places)
    url = settings.SITE_URL + reverse("contributing:consent", args=[contribution.pk])
    coordinators = list_coordinators(places)
    for each in coordinators:
        _send(each.person, "consent_asked", contribution, url=url, place=each.organisation)
    answered_for = {each.organisation_id for each in coordinators}
    silent = [str(place) for place in places if place.pk not in answered_for]
    if silent:
        for editor in list_editors():
            _send(editor, "place_without_coordinator", contribution, url=url, places=silent)


def mail_review_asked(contribution: "Contribution", *, recipients: Iterable[Person]) -> None:
    url = settings.SITE_URL + reverse("contributing:review", args=[contribution.pk])
    for person in recipients:
        _send(person, "review_asked", contribution, url=url)


def _mail_owners(contribution: "Contribution", mail: str, **context: object) -> None:
    own_page = settings.SITE_URL + reverse("contributing:contribution", args=[contribution.pk])
    for person in list_owners(contribution):
        _send(person, mail, contribution, own_page=own_page, **context)


def _send(recipient: Person, mail: str, contribution: "Contribution", **context: object) -> None:
    send_mail_to(
        recipient,
        template=f"practices/contributing/mail/{mail}",
        context={
            "title": str(contribution),
            "organisation": contribution.organisation,
            **context,
        },
    )
