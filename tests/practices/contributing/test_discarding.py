"""Throwing a draft away: by who writes for the organisation, once asked, and never what was sent in."""

from functools import partial

import pytest
from wagtail.models import ModelLogEntry

from practices.contributing.lifecycle.refusals import ContributionRefused, Discarded, SentBefore
from practices.contributing.lifecycle.submitting import submit_contribution
from practices.contributing.lifecycle.writing import discard_draft
from practices.contributing.views import writing
from practices.models import Contribution
from tests.harness.together import run_together
from tests.practices.contributing.worlds import (
    CONTRIBUTOR,
    LEIDEN,
    READER,
    SHARING,
    ZAANSTAD,
    begin,
    browse,
    make_editor,
    make_form,
    make_library,
    make_person,
    write_words,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def library():
    make_library()


@pytest.fixture
def gerda():
    return make_person("Gerda", organisation=ZAANSTAD)


def test_a_draft_goes_after_a_question_and_leaves_a_line(gerda):
    contribution = begin(gerda)
    client = browse(gerda)
    own = f"{SHARING}{contribution.pk}/"
    assert f'href="{own}weggooien/"' in client.get(own).content.decode()

    asked = client.get(f"{own}weggooien/").content.decode()
    assert "Dit concept weggooien?" in asked
    assert "Een jeugdhulpverlener werkt drie dagen per week in de school." in asked
    assert Contribution.objects.filter(pk=contribution.pk).exists()

    answer = client.post(f"{own}weggooien/", follow=True)
    assert answer.redirect_chain == [(SHARING, 302)]
    assert "‘Jeugdhulp in de school’ is weggegooid." in answer.content.decode()
    assert not Contribution.objects.filter(pk=contribution.pk).exists()
    line = ModelLogEntry.objects.get(action="contribution.discard")
    assert (line.label, line.user) == ("Jeugdhulp in de school", gerda)
    assert client.get(own).status_code == 404


@pytest.mark.parametrize(
    ("organisation", "role", "status"), [(ZAANSTAD, READER, 403), (LEIDEN, CONTRIBUTOR, 404)]
)
def test_who_does_not_write_for_the_organisation_throws_nothing_away(organisation, role, status, gerda):
    contribution = begin(gerda)
    other = browse(make_person("Fatma", organisation=organisation, role=role))

    assert other.post(f"{SHARING}{contribution.pk}/weggooien/").status_code == status
    with pytest.raises(ContributionRefused):
        discard_draft(contribution, by=make_person("Noor", organisation=LEIDEN))
    assert Contribution.objects.filter(pk=contribution.pk).exists()


def test_what_was_sent_in_stays(gerda):
    make_editor()
    contribution = begin(gerda)
    submit_contribution(contribution, by=gerda)
    own = f"{SHARING}{contribution.pk}/"
    client = browse(gerda)

    assert "weggooien" not in client.get(own).content.decode()
    assert client.get(f"{own}weggooien/", follow=True).redirect_chain == [(own, 302)]
    refused = client.post(f"{own}weggooien/")
    assert refused.status_code == 409
    assert str(SentBefore()) in refused.content.decode()
    assert Contribution.objects.filter(pk=contribution.pk).exists()


def test_a_colleague_who_was_still_writing_is_told_and_keeps_the_words_on_the_page(gerda, monkeypatch):
    """The draft goes between opening the door and saving."""
    contribution = begin(gerda)
    form = make_form(contribution, lessons="Begin klein")
    colleague = make_person("Cor", organisation=ZAANSTAD, role=CONTRIBUTOR)

    def save_too_late(contribution, **kwargs):
        discard_draft(contribution, by=gerda)
        return save_words(contribution, **kwargs)

    save_words = writing.save_words
    monkeypatch.setattr(writing, "save_words", save_too_late)
    answer = browse(colleague).post(f"{SHARING}{contribution.pk}/schrijven/", form)
    assert answer.status_code == 409
    assert str(Discarded()) in answer.content.decode()
    assert "Begin klein" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_throwing_away_and_sending_in_at_once_one_holds(gerda):
    make_editor()
    contribution = begin(gerda)

    outcomes = run_together(
        partial(submit_contribution, contribution, by=gerda),
        partial(discard_draft, contribution, by=gerda),
        refusals=ContributionRefused,
    )
    refused = [each for each in outcomes if isinstance(each, ContributionRefused)]
    assert len(refused) == 1
    was_discarded = not Contribution.objects.filter(pk=contribution.pk).exists()
    assert isinstance(refused[0], Discarded if was_discarded else SentBefore)


def test_a_draft_without_a_title_is_named_after_its_organisation(gerda):
    contribution = begin(gerda)
    write_words(contribution, by=gerda, title="")
    shown = browse(gerda).get(f"{SHARING}{contribution.pk}/").content.decode()
    assert "Voorbeeld zonder titel van Gemeente Zaanstad" in shown
    assert "GM0479" not in shown
