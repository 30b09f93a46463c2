from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from surveys.drafts.lifecycle import lock_core_question, unlock_core_question
from surveys.drafts.models import CoreQuestion
from surveys.questionnaire.definition_file import read_definition
from surveys.questionnaire.models import QuestionnaireVersion
from surveys.questionnaire.queries import load_definition, verify_checksum
from tests.questionnaire.definitions import EVERY_KIND
from tests.questionnaire.test_shipped_definition import FILE

pytestmark = pytest.mark.django_db


def publish(path) -> str:
    out = StringIO()
    call_command("publish_questionnaire", str(path), stdout=out)
    return out.getvalue().strip()


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "proef.toml"
    path.write_text(EVERY_KIND, encoding="utf-8")
    return path


def test_says_what_it_did(path):
    assert publish(path) == "Proef, versie 1: gepubliceerd, met 2 onderdelen en 7 vragen"
    assert publish(path) == "Proef, versie 1: was al gepubliceerd, met 2 onderdelen en 7 vragen"


def test_names_every_problem_and_publishes_nothing(path):
    path.write_text(EVERY_KIND.replace('kind = "year"', 'kind = "jaar"').replace("version = 1", ""))
    with pytest.raises(CommandError) as raised:
        publish(path)
    assert raised.value.returncode == 1
    lines = str(raised.value).splitlines()
    assert lines[0] == "De vragenlijst is niet gepubliceerd:"
    assert len(lines) == 3
    assert not QuestionnaireVersion.objects.exists()


def test_refuses_to_change_a_published_version(path):
    publish(path)
    path.write_text(EVERY_KIND.replace('title = "Proef"', 'title = "Anders"'))
    with pytest.raises(CommandError, match="Geef de gewijzigde vragenlijst een nieuw versienummer"):
        publish(path)


@pytest.fixture
def core(path) -> CoreQuestion:
    """The first version is published and asks a core question; the file is now a second that asks it otherwise."""
    publish(path)
    survey = QuestionnaireVersion.objects.get().survey
    second = EVERY_KIND.replace("version = 1", "version = 2").replace("maximum = 500", "maximum = 600")
    path.write_text(second)
    return lock_core_question(survey, question="fte", reason="Lange reeks.", by=None)


def test_a_core_question_stays_as_it_was(path, core):
    with pytest.raises(
        CommandError, match=r"Dit is een kernvraag\. Die moet gelijk zijn aan de vorige versie"
    ):
        publish(path)
    assert QuestionnaireVersion.objects.count() == 1


def test_what_was_published_before_it_became_a_core_question_stays_published(path, core):
    unlock_core_question(core, by=None)
    assert "versie 2: gepubliceerd" in publish(path)
    lock_core_question(core.survey, question="fte", reason="Lange reeks.", by=None)
    assert "versie 2: was al gepubliceerd" in publish(path)


def test_a_file_that_is_not_there_is_a_message(tmp_path):
    with pytest.raises(CommandError, match="niet te openen"):
        publish(tmp_path / "weg.toml")


def test_the_shipped_questionnaire_is_published_as_it_was_written():
    call_command("load_measures", stdout=StringIO())
    assert publish(FILE).endswith("gepubliceerd, met 8 onderdelen en 59 vragen")
    version = QuestionnaireVersion.objects.get()
    assert load_definition(version) == read_definition(FILE)
    assert verify_checksum(version)
