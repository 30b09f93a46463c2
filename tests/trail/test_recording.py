"""One line per action: in Wagtail's log for who may read it, and as JSON on stdout for whoever collects it."""

import json
import logging
import subprocess
import sys
from logging.config import DictConfigurator

import pytest
from django.conf import settings
from django.db import transaction
from wagtail.models import ModelLogEntry

from surveys.accounts.models import Organisation
from surveys.trail.recording import UnknownAction, record
from tests.responses.factories import MEMBER, NOW, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return Organisation.objects.get(pk=MEMBER)


@pytest.fixture
def read_lines(caplog):
    """What was logged, as the formatter of the settings writes it."""
    formatter = DictConfigurator(settings.LOGGING).configure_formatter(
        dict(settings.LOGGING["formatters"]["json"])
    )
    with caplog.at_level(logging.INFO, "surveys.trail"):
        yield lambda: [json.loads(formatter.format(each)) for each in caplog.records]


def test_a_line_says_who_when_what_and_on_which_object(
    organisation, read_lines, django_capture_on_commit_callbacks
):
    gerda = make_person("Gerda")
    with django_capture_on_commit_callbacks(execute=True):
        record(organisation, "team.assign", by=gerda, at=NOW, wave="2026", sections=["toegang"])
    (entry,) = ModelLogEntry.objects.all()
    assert (entry.action, entry.user, entry.timestamp, entry.label) == (
        "team.assign",
        gerda,
        NOW,
        str(organisation),
    )
    assert (entry.content_type.model_class(), entry.object_id) == (Organisation, organisation.pk)
    assert entry.data == {"wave": "2026", "sections": ["toegang"]}
    (line,) = read_lines()
    assert line.pop("time")
    assert line == {
        "level": "INFO",
        "name": "surveys.trail.recording",
        "event": "team.assign",
        "at": NOW.isoformat(),
        "person": gerda.pk,
        "kind": "accounts.organisation",
        "object": MEMBER,
        "data": {"wave": "2026", "sections": ["toegang"]},
    }


def test_stdout_names_nobody_and_repeats_no_words(
    organisation, read_lines, django_capture_on_commit_callbacks
):
    gerda = make_person("Gerda")
    with django_capture_on_commit_callbacks(execute=True):
        record(gerda, "team.remove", by=gerda, reason="Jan de Vries belde hierover")
    (entry,) = ModelLogEntry.objects.all()
    assert (entry.label, entry.data) == (str(gerda), {"reason": "Jan de Vries belde hierover"})
    assert entry.message
    (line,) = read_lines()
    assert "Gerda" not in json.dumps(line)
    assert "Jan" not in json.dumps(line)


@pytest.mark.django_db(transaction=True)
def test_what_was_undone_leaves_no_line(organisation, read_lines):
    with transaction.atomic():
        record(organisation, "team.assign", by=None)
        transaction.set_rollback(True)
    assert not ModelLogEntry.objects.exists()
    assert read_lines() == []


def test_an_action_without_words_is_refused(organisation):
    with pytest.raises(UnknownAction):
        record(organisation, "team.juggle", by=None)
    assert not ModelLogEntry.objects.exists()


def test_the_log_of_the_site_goes_to_stdout_as_json():
    write = "import config.wsgi, logging; logging.getLogger('surveys.trail').info('team.assign')"
    done = subprocess.run(
        [sys.executable, "-c", write], cwd=settings.BASE_DIR, capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout)["event"] == "team.assign"
    assert done.stderr == ""
