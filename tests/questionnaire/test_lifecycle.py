from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from surveys.accounts.models import Person
from surveys.measures.models import Measure
from surveys.questionnaire.definition_file import DefinitionError
from surveys.questionnaire.lifecycle import (
    PublishedVersionIsImmutable,
    WaveTransitionRefused,
    close_wave,
    move_deadline,
    open_wave,
    plan_wave,
    publish_definition,
    publish_results,
)
from surveys.questionnaire.models import (
    Condition,
    Option,
    Question,
    QuestionnaireVersion,
    Section,
    Wave,
)
from surveys.questionnaire.queries import list_public_waves
from surveys.territory.queries import UnknownDate, list_municipalities
from tests.questionnaire.definitions import read_every_kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def person() -> Person:
    return Person.objects.create_user("onderzoeker@voorbeeld.nl")


@pytest.fixture
def version() -> QuestionnaireVersion:
    return publish_definition(read_every_kind())


def plan(version: QuestionnaireVersion, **changes) -> Wave:
    arguments = {
        "code": "proef",
        "title": "Proefmeting",
        "version": version,
        "reference_date": date(2022, 1, 1),
        "opens_on": date(2022, 2, 1),
        "closes_on": date(2022, 3, 1),
    }
    return plan_wave(**(arguments | changes))


def list_actions() -> list[str]:
    return list(ModelLogEntry.objects.order_by("timestamp", "pk").values_list("action", flat=True))


# --- Publishing a definition ---------------------------------------------------------------------


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


# --- Running a wave ------------------------------------------------------------------------------


def test_planning_writes_the_municipalities_of_the_reference_date_as_frame(version):
    wave = plan(version)
    assert wave.status == Wave.Status.PLANNED
    expected = {row.code: row for row in list_municipalities(date(2022, 1, 1))}
    frame = {row.municipality_id: row for row in wave.frame.all()}
    assert frame.keys() == expected.keys()
    assert len(frame) == 345
    assert sum(row.population for row in frame.values()) == 17_590_672
    for code, row in frame.items():
        assert (row.name, row.population) == (expected[code].name, expected[code].population)
        assert row.province_id == expected[code].province_code
        assert row.size_class_id == expected[code].size_class_code
        assert row.youth_region_id == expected[code].youth_region_code


def test_a_date_without_figures_is_refused_and_leaves_nothing(version):
    with pytest.raises(UnknownDate):
        plan(version, reference_date=date(1990, 1, 1))
    assert not Wave.objects.exists()


def test_a_wave_cannot_close_before_it_opens(version):
    with pytest.raises(WaveTransitionRefused, match="De laatste dag ligt voor de eerste dag"):
        plan(version, closes_on=date(2022, 1, 31))
    assert plan(version, closes_on=date(2022, 2, 1)).pk


def test_the_database_refuses_a_wave_that_closes_before_it_opens(version):
    wave = plan(version)
    with pytest.raises(IntegrityError), transaction.atomic():
        Wave.objects.filter(pk=wave.pk).update(closes_on=date(2022, 1, 1))


def test_a_code_is_used_once(version):
    plan(version)
    with pytest.raises(WaveTransitionRefused, match="al een meting met de sleutel 'proef'"):
        plan(version)


def test_a_wave_opens_closes_and_gets_its_results_published(version):
    wave = plan(version)
    open_wave(wave)
    assert wave.status == Wave.Status.OPEN
    close_wave(wave)
    assert wave.status == Wave.Status.CLOSED
    at = datetime(2022, 6, 1, 9, tzinfo=UTC)
    publish_results(wave, at=at)
    wave.refresh_from_db()
    assert (wave.status, wave.results_published_at) == (Wave.Status.CLOSED, at)
    assert list_public_waves() == [wave]


def test_results_are_public_from_now_unless_another_moment_is_given(version):
    wave = plan(version)
    open_wave(wave)
    close_wave(wave)
    before = timezone.now()
    publish_results(wave)
    assert before <= wave.results_published_at <= timezone.now()


def test_a_closed_wave_opens_again_until_its_results_are_public(version):
    wave = plan(version)
    open_wave(wave)
    close_wave(wave)
    open_wave(wave)
    assert wave.status == Wave.Status.OPEN
    close_wave(wave)
    publish_results(wave)
    with pytest.raises(WaveTransitionRefused, match="openbaar"):
        open_wave(wave)


def test_the_last_day_moves_until_the_results_are_public(version, person):
    wave = plan(version)
    open_wave(wave)
    move_deadline(wave, closes_on=date(2022, 4, 1), preferably_before=date(2022, 3, 20), by=person)
    assert Wave.objects.get().closes_on == date(2022, 4, 1)
    assert list_actions() == ["wave.move_deadline"]
    with pytest.raises(WaveTransitionRefused, match="De laatste dag ligt voor de eerste dag"):
        move_deadline(wave, closes_on=date(2022, 1, 31), preferably_before=None)
    close_wave(wave)
    publish_results(wave)
    with pytest.raises(WaveTransitionRefused, match="De laatste dag ligt vast"):
        move_deadline(wave, closes_on=date(2022, 5, 1), preferably_before=None)
    assert Wave.objects.get().closes_on == date(2022, 4, 1)


@pytest.mark.parametrize(
    ("status", "transition", "message"),
    [
        (Wave.Status.OPEN, open_wave, "Deze meting is al open."),
        (Wave.Status.PLANNED, close_wave, "Deze meting is niet open."),
        (Wave.Status.CLOSED, close_wave, "Deze meting is niet open."),
        (Wave.Status.PLANNED, publish_results, "Sluit de meting voordat u de resultaten openbaar maakt."),
        (Wave.Status.OPEN, publish_results, "Sluit de meting voordat u de resultaten openbaar maakt."),
    ],
)
def test_a_step_that_does_not_fit_is_refused_and_changes_nothing(
    version, person, status, transition, message
):
    wave = plan(version)
    Wave.objects.filter(pk=wave.pk).update(status=status)
    with pytest.raises(WaveTransitionRefused) as raised:
        transition(wave, by=person)
    assert str(raised.value) == message
    wave.refresh_from_db()
    assert (wave.status, wave.results_published_at) == (status, None)
    assert list_actions() == []


def test_results_are_published_once(version):
    wave = plan(version)
    open_wave(wave)
    close_wave(wave)
    publish_results(wave)
    with pytest.raises(WaveTransitionRefused, match="al openbaar"):
        publish_results(wave)


def test_a_step_looks_at_the_wave_as_it_is_now_and_not_as_it_was_read(version):
    wave = plan(version)
    read_before = Wave.objects.get(pk=wave.pk)
    open_wave(wave)
    with pytest.raises(WaveTransitionRefused, match="al open"):
        open_wave(read_before)


def test_every_step_leaves_a_line_with_who_did_it(person):
    version = publish_definition(read_every_kind(), by=person)
    wave = plan(version, by=person)
    open_wave(wave, by=person)
    close_wave(wave, by=person)
    publish_results(wave, by=person)
    assert list_actions() == [
        "questionnaire.publish", "wave.plan", "wave.open", "wave.close", "wave.publish_results"
    ]  # fmt: skip
    assert set(ModelLogEntry.objects.values_list("user", flat=True)) == {person.pk}
    assert all(entry.message for entry in ModelLogEntry.objects.all())


def test_without_a_person_no_line_is_left(version):
    open_wave(plan(version))
    assert list_actions() == []
