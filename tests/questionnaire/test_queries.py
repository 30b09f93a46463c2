from dataclasses import replace
from datetime import date

import pytest

from surveys.questionnaire.lifecycle import open_wave, plan_wave, publish_definition
from surveys.questionnaire.models import Condition, Option, Question, QuestionnaireVersion, Section, Wave
from surveys.questionnaire.queries import (
    _load_codes_once,
    _load_definition_once,
    is_wave_open,
    list_frame,
    load_codes,
    load_definition,
    verify_checksum,
)
from tests.questionnaire.definitions import read_every_kind

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _forget_versions():
    _load_definition_once.cache_clear()
    _load_codes_once.cache_clear()


@pytest.fixture
def version() -> QuestionnaireVersion:
    return publish_definition(read_every_kind())


@pytest.fixture
def wave(version) -> Wave:
    return plan_wave(
        code="proef",
        title="Proefmeting",
        version=version,
        reference_date=date(2022, 1, 1),
        opens_on=date(2022, 2, 1),
        closes_on=date(2022, 3, 1),
    )


def make_larger():
    definition = read_every_kind()
    first, second = definition.sections
    more = tuple(
        replace(question, code=f"{question.code}_{number}")
        for number in range(20)
        for question in (first.questions[0], definition.questions["toelichting"])
    )
    return replace(
        definition, survey="groter", sections=(replace(first, questions=first.questions + more), second)
    )


def test_what_was_published_reads_back_the_same(version):
    assert load_definition(version) == read_every_kind()


def test_bounds_read_back_as_they_were_written(version):
    questions = load_definition(version).questions
    assert (str(questions["fte"].minimum), str(questions["fte"].maximum)) == ("0.5", "500")
    assert str(questions["sinds"].minimum) == "2000"


@pytest.mark.parametrize("make_definition", [read_every_kind, make_larger])
def test_a_definition_of_any_size_takes_five_queries_and_then_none(
    make_definition, django_assert_num_queries
):
    version = publish_definition(make_definition())
    with django_assert_num_queries(5):
        load_definition(version)
    with django_assert_num_queries(0):
        load_definition(version)


@pytest.mark.parametrize("make_definition", [read_every_kind, make_larger])
def test_codes_take_two_queries_and_then_none(make_definition, django_assert_num_queries):
    version = publish_definition(make_definition())
    with django_assert_num_queries(2):
        codes = load_codes(version)
    with django_assert_num_queries(0):
        assert load_codes(version) is codes


def test_codes_lead_to_the_rows_of_this_version(version):
    publish_definition(replace(read_every_kind(), number=2))
    codes = load_codes(version)
    assert list(codes.questions) == list(read_every_kind().questions)
    assert Question.objects.get(pk=codes.questions["fte"]).version == version
    option = Option.objects.get(pk=codes.options["manieren", "alleen"])
    assert (option.question.version, option.text) == (version, "Alleen")
    assert len(codes.options) == 5


def test_versions_are_not_mixed_up(version):
    second = publish_definition(replace(read_every_kind(), number=2, title="Tweede"))
    assert load_definition(version).title == "Proef"
    assert load_definition(second).title == "Tweede"


def test_the_checksum_holds_for_what_was_published(version):
    assert verify_checksum(version)


@pytest.mark.parametrize(
    ("model", "change"),
    [
        (QuestionnaireVersion, {"title": "Anders"}),
        (QuestionnaireVersion, {"source": "Anders"}),
        (Section, {"intro": "Anders"}),
        (Question, {"text": "Anders"}),
        (Question, {"allows_refused": True}),
        (Question, {"maximum": 7}),
        (Option, {"text": "Anders"}),
        (Option, {"asks_text": True}),
    ],
)
def test_the_checksum_catches_an_edited_row(version, model, change):
    load_definition(version)
    model.objects.filter(pk=model.objects.first().pk).update(**change)
    version.refresh_from_db()
    assert not verify_checksum(version)


def test_the_checksum_catches_a_changed_route_and_order(version):
    condition = Condition.objects.get(question__code="manieren")
    condition.options.remove(Option.objects.get(code="anders"))
    assert not verify_checksum(version)
    condition.options.add(Option.objects.get(code="anders"))
    assert verify_checksum(version)
    Question.objects.filter(code="toelichting").update(position=0)
    assert not verify_checksum(version)


@pytest.mark.parametrize(
    ("today", "is_open"),
    [
        (date(2022, 1, 31), False),
        (date(2022, 2, 1), True),
        (date(2022, 3, 1), True),
        (date(2022, 3, 2), False),
    ],
)
def test_a_wave_is_open_on_its_first_and_last_day_and_between(wave, today, is_open):
    assert not is_wave_open(wave, today=today)
    open_wave(wave)
    assert is_wave_open(wave, today=today) is is_open
    wave.status = Wave.Status.CLOSED
    assert not is_wave_open(wave, today=today)


def test_the_frame_comes_by_name_and_per_youth_region(wave):
    frame = list_frame(wave)
    assert len(frame) == 345
    regions = {row.youth_region_id for row in frame}
    assert len(regions) == 42
    assert sum(len(list_frame(wave, youth_region=region)) for region in regions) == 345
    members = list_frame(wave, youth_region=frame[0].youth_region_id)
    assert frame[0] in members
    assert {row.youth_region_id for row in members} == {frame[0].youth_region_id}
    assert list_frame(wave, youth_region="JZ99") == []
