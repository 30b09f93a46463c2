"""The screens under /beheer/vragenlijsten/ as their tests use them."""

from dataclasses import replace
from functools import partial

from django.contrib.auth.models import Permission
from django.test import Client

from surveys.accounts.models import Person
from surveys.drafts.editing import replace_question
from surveys.drafts.lifecycle import edit_draft
from surveys.drafts.models import Draft
from surveys.drafts.queries import load_draft_definition
from surveys.questionnaire.definition import Definition

LIST = "/beheer/vragenlijsten/"


def sign_in(*permissions: str) -> Client:
    person = Person.objects.create_user("noor@voorbeeld.example", first_name="Noor", last_name="Bakker")
    person.user_permissions.set(Permission.objects.filter(codename__in=("access_admin", *permissions)))
    client = Client()
    client.force_login(person)
    return client


def link(draft: Draft, path: str = "") -> str:
    return f"{LIST}{draft.pk}/{path}"


def load(draft: Draft) -> Definition:
    return load_draft_definition(Draft.objects.get(pk=draft.pk))


def list_places(draft: Draft) -> dict[str, list[str]]:
    """The codes of the questions, by the code of their section."""
    return {section.code: [each.code for each in section.questions] for section in load(draft).sections}


def change_elsewhere(draft: Draft) -> None:
    """Somebody else is quicker."""
    other = Draft.objects.get(pk=draft.pk)
    theirs = replace(load_draft_definition(other).questions["deel"], help="Van een ander.")
    edit_draft(
        other,
        revision=other.revision,
        edit=partial(replace_question, code="deel", question=theirs),
        action="drafts.change_question",
        by=Person.objects.create_user("otto@voorbeeld.example", first_name="Otto", last_name="Berg"),
    )
