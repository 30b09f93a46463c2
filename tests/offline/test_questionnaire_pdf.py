"""The empty questionnaire as an accessible PDF."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from surveys.accounts.models import Membership
from surveys.offline.paper import describe_questionnaire
from surveys.offline.views import TEMPLATE
from surveys.questionnaire.models import Wave
from surveys.teamwork.models import SectionAssignment
from surveys.typesetting.pdf import typeset
from tests.offline.definitions import EVERY_KIND
from tests.responses.factories import (
    MEMBER,
    STRANGER,
    choose,
    make_person,
    make_response,
    make_wave,
    sign_in,
    write,
)
from tests.typesetting.documents import assert_accessible, list_tags, read_text


def locate(organisation=MEMBER):
    return reverse("offline:questionnaire_pdf", kwargs={"wave": "proef", "organisation": organisation})


def make_pdf(definition=EVERY_KIND, *, sections=("toegang", "cijfers")):
    data = describe_questionnaire(
        definition, sections=sections, wave_title="Proefmeting", facts=[("Wat", "Dit")]
    )
    return typeset(TEMPLATE, data=data, made_at=timezone.now())


def test_every_kind_is_printed_with_its_structure():
    content = make_pdf()
    assert_accessible(content, title="Proefvragenlijst")
    tags = list_tags(content)
    assert tags.count("H1") == 2
    assert tags.count("H2") == 12
    assert tags.count("H3") == 2
    assert tags.count("Table") == 2
    text = read_text(content)
    for question in EVERY_KIND.questions.values():
        assert question.text in text
    assert "☐ Ja" in text
    assert "Alleen na “Ja” bij vraag 1." in text
    assert "☐ Wil ik niet zeggen" in text
    assert "Verblijf ☐ Inkoop ☐ Subsidie" in text
    assert "Waar het over gaat. En meer." in text
    assert "Deze vraag is verplicht." in text


@pytest.mark.django_db
def test_download_names_who_and_when_and_holds_no_answer():
    wave = make_wave()
    Wave.objects.filter(pk=wave.pk).update(preferably_before=date(2098, 5, 1))
    make_response(wave, MEMBER, answers={"beperkt": choose("ja"), "knelpunten": write("Geheim knelpunt")})
    response = sign_in("Anna", MEMBER).get(locate())
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="vragenlijst_proef_GM0546.pdf"'
    assert "no-store" in response["Cache-Control"]
    assert_accessible(response.content, title="Proefvragenlijst")
    text = read_text(response.content)
    assert "Proefmeting – Gemeente Leiden" in text
    assert "Invullen kan tot en met 31 december 2099" in text
    assert "Graag voor 1 mei 2098" in text
    assert "/invullen/proef/GM0546/" in text
    assert "Vraag knelpunten?" in text
    assert "Geheim knelpunt" not in text


@pytest.mark.django_db
def test_limited_member_gets_their_own_sections_only():
    wave = make_wave()
    person = make_person("Bram", organisation=MEMBER, role=Membership.Role.CONTRIBUTOR)
    membership = person.memberships.get()
    membership.is_limited = True
    membership.save()
    SectionAssignment.objects.create(
        wave=wave, membership=membership, section="huisarts", assigned_at=timezone.now()
    )
    client = sign_in("Clara", MEMBER)
    client.force_login(person)
    text = read_text(client.get(locate()).content)
    assert "Vraag poh?" in text
    assert "Vraag beperkt?" not in text
    assert "Alleen de onderdelen die aan u zijn toegewezen." in text


@pytest.mark.django_db
def test_somebody_elses_questionnaire_does_not_exist():
    make_wave()
    client = sign_in("Anna", MEMBER)
    assert client.get(locate(STRANGER)).status_code == 404
    assert client.post(locate()).status_code == 405
