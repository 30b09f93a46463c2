"""Publishing a questionnaire, and the next version of it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from wagtail.models import ModelLogEntry

from surveys.accounts.models import Person
from surveys.measures.models import Measure
from surveys.questionnaire.definition_file import DefinitionError
from surveys.questionnaire.lifecycle import (
    PublishedVersionIsImmutable,
    WaveTransitionRefused,
    change_wave_version,
    close_wave,
    open_wave,
    publish_definition,
    publish_results,
)
from surveys.questionnaire.models import Condition, Option, Question, QuestionnaireVersion, Section, Wave
from surveys.questionnaire.queries import (
    list_changes_since_former,
    load_changes,
    load_definition,
    verify_checksum,
)
from tests.questionnaire.definitions import read_every_kind
from tests.questionnaire.waves import list_actions, plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    return Person.objects.create_user("onderzoeker@voorbeeld.nl")


@pytest.fixture
def version() -> QuestionnaireVersion:
    return publish_definition(read_every_kind())


def test_publishing_writes_every_part_as_rows(version):
    assert str(version) == "Proef, versie 1"
    assert version.checksum == read_every_kind().checksum
    assert Section.objects.count() == 2
    assert Question.objects.count() == 7
    assert Option.objects.count() == 5
    condition = Condition.objects.get(question__code="manieren")
    assert condition.source.code == "doet_mee"
    assert set(condition.options.values_list("code", flat=True)) == {"ja", "anders"}
    assert all(option.question == condition.source for option in condition.options.all())


def test_the_moment_of_publishing_can_be_given():
    at = datetime(2022, 1, 5, 12, tzinfo=UTC)
    assert publish_definition(read_every_kind(), at=at).published_at == at


def test_publishing_the_same_again_returns_what_is_there(version, person):
    assert publish_definition(read_every_kind(), by=person) == version
    assert QuestionnaireVersion.objects.count() == 1
    assert Question.objects.count() == 7
    assert list_actions() == []


def test_other_content_under_a_published_number_is_refused(version):
    with pytest.raises(PublishedVersionIsImmutable, match="Versie 1 van 'proef' is gepubliceerd"):
        publish_definition(replace(read_every_kind(), title="Andere titel"))
    version.refresh_from_db()
    assert version.title == "Proef"


def test_a_new_number_stands_beside_the_old_one_and_leaves_it_as_it_was(version):
    second = publish_definition(replace(read_every_kind(), number=2, title="Andere titel"))
    assert second.survey == version.survey
    version.refresh_from_db()
    assert (version.title, second.title) == ("Proef", "Andere titel")
    assert Question.objects.filter(code="fte").count() == 2


def test_a_definition_that_does_not_hold_is_refused_and_leaves_nothing():
    broken = replace(read_every_kind(), title="", sections=())
    with pytest.raises(DefinitionError) as raised:
        publish_definition(broken)
    assert raised.value.problems == ["vragenlijst: 'title' ontbreekt.", "vragenlijst: er is geen onderdeel."]
    assert not QuestionnaireVersion.objects.exists()


def test_a_measure_that_does_not_exist_is_refused():
    definition = read_every_kind()
    first, second = definition.sections
    with pytest.raises(DefinitionError) as raised:
        publish_definition(replace(definition, sections=(replace(first, measure="zesde"), second)))
    assert raised.value.problems == ["onderdeel 'werk': de maatregel 'zesde' bestaat niet."]


def test_a_section_points_to_its_measure():
    measure = Measure.objects.create(
        slug="proefmaatregel", name="Proef", short_name="Proef", expected_effect_2022_million=1, position=99
    )
    definition = read_every_kind()
    first, second = definition.sections
    version = publish_definition(replace(definition, sections=(replace(first, measure=measure.slug), second)))
    assert [section.measure for section in version.sections.all()] == [measure, None]


def publish_next(number: int = 2, **changes) -> QuestionnaireVersion:
    """The version after `read_every_kind`, in which only the first question differs."""
    definition = read_every_kind()
    first, *rest = definition.sections
    question, *others = first.questions
    section = replace(first, questions=(replace(question, **changes), *others))
    return publish_definition(replace(definition, number=number, sections=(section, *rest)))


def test_a_new_version_remembers_per_question_how_it_changed(version):
    newer = publish_next(text="Doet uw gemeente mee?", change="clarifying")
    assert dict(newer.questions.exclude(change="").values_list("code", "change")) == {
        "doet_mee": "clarifying"
    }
    assert load_definition(newer).questions["doet_mee"].change == "clarifying"
    assert verify_checksum(newer)
    (change,) = list_changes_since_former(newer)
    assert (change.code, change.label, change.is_trend_break) == ("doet_mee", "verduidelijkt", False)
    assert list_changes_since_former(version) is None


def test_what_the_rules_find_is_remembered_without_asking_and_the_same_file_is_the_same_version(version):
    newer = publish_next(kind="multiple")
    changes = dict(newer.questions.exclude(change="").values_list("code", "change"))
    assert changes == {"doet_mee": "meaning", "manieren": "meaning", "fte": "meaning"}
    assert publish_next(kind="multiple") == newer
    assert verify_checksum(newer)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"text": "Doet uw gemeente mee?"}, "vraag 'doet_mee': de tekst is anders dan in de vorige versie"),
        ({"kind": "multiple", "change": "cosmetic"}, "maar het is minstens 'meaning'"),
        ({"change": "meaning"}, "er is niets veranderd"),
    ],
)
def test_a_version_whose_author_says_less_than_the_rules_is_refused(version, changes, problem):
    with pytest.raises(DefinitionError, match=problem):
        publish_next(**changes)
    assert QuestionnaireVersion.objects.get() == version


def test_a_first_version_has_nothing_to_differ_from():
    definition = read_every_kind()
    with pytest.raises(DefinitionError, match="vraag 'doet_mee': 'change' hoort er niet"):
        publish_next(number=1, change="clarifying")
    assert publish_definition(definition).checksum == definition.checksum


def test_versions_are_published_in_order(version):
    publish_next(number=3, help="Kies.")
    with pytest.raises(DefinitionError, match="na versie 2 is al een nieuwere gepubliceerd"):
        publish_next(number=2, help="Kies er een.")


def test_steps_between_two_versions_count(version):
    publish_next(number=2, kind="multiple")
    newest = publish_next(number=3, kind="single")
    changes = load_changes(version, newest)
    assert changes["doet_mee"].is_trend_break
    assert changes["deel"].is_comparable
    assert load_changes(newest, newest) == {}


def test_an_open_wave_can_ask_a_newer_version(version, person):
    wave = plan(version)
    newer = publish_next(help="Kies.")
    open_wave(wave)
    change_wave_version(wave, version=newer, by=person)
    assert Wave.objects.get().version == newer
    assert list_actions() == ["wave.change_version"]
    entry = ModelLogEntry.objects.get()
    assert entry.data == {"former": 1, "newer": 2}


def test_a_wave_asks_no_older_no_other_and_no_new_questionnaire_after_the_end(version):
    newer = publish_next(help="Kies.")
    other = publish_definition(replace(read_every_kind(), survey="anders"))
    wave = plan(version)
    for refused, message in (
        (version, "Kies een nieuwere versie dan versie 1"),
        (other, "andere vragenlijst"),
    ):
        with pytest.raises(WaveTransitionRefused, match=message):
            change_wave_version(wave, version=refused)
    open_wave(wave)
    close_wave(wave)
    with pytest.raises(WaveTransitionRefused, match="Deze meting is gesloten"):
        change_wave_version(wave, version=newer)
    publish_results(wave)
    with pytest.raises(WaveTransitionRefused, match="openbaar"):
        change_wave_version(wave, version=newer)
    assert Wave.objects.get().version == version
