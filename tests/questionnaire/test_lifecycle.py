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
    change_wave_version,
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
from surveys.questionnaire.queries import (
    list_changes_since_former,
    list_public_waves,
    load_changes,
    load_definition,
    verify_checksum,
)
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


def test_a_code_is_no_address_of_something_else(version):
    with pytest.raises(WaveTransitionRefused, match="al een adres op de site"):
        plan(version, code="uitnodiging")


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
    moved = Wave.objects.get()
    assert (moved.closes_on, moved.preferably_before) == (date(2022, 4, 1), date(2022, 3, 20))
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


@pytest.mark.parametrize("day", [date(2022, 1, 31), date(2022, 3, 2)])
def test_the_soft_deadline_lies_within_the_wave(version, day):
    with pytest.raises(WaveTransitionRefused, match="“graag voor” ligt niet tussen"):
        plan(version, preferably_before=day)
    wave = plan(version, preferably_before=date(2022, 3, 1))
    with pytest.raises(WaveTransitionRefused, match="“graag voor” ligt niet tussen"):
        move_deadline(wave, closes_on=date(2022, 3, 1), preferably_before=day)
    assert Wave.objects.get().preferably_before == date(2022, 3, 1)


# --- The next version ----------------------------------------------------------------------------


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
    assert entry.data == {"from": 1, "to": 2}


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


def test_a_wave_can_follow_an_earlier_one_of_the_same_survey(version):
    first = plan(version)
    second = plan(version, code="tweede", reference_date=date(2026, 1, 1), previous=first)
    assert Wave.objects.get(code="tweede").previous == first
    other = publish_definition(replace(read_every_kind(), survey="anders"))
    with pytest.raises(WaveTransitionRefused, match="Proefmeting had een andere vragenlijst"):
        plan(other, code="derde", reference_date=date(2026, 1, 1), previous=first)
    with pytest.raises(WaveTransitionRefused, match="ligt niet voor die van deze meting"):
        plan(version, code="derde", reference_date=date(2022, 1, 1), previous=second)
