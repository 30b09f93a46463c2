import json
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaire.answer_values import (
    AnswerState,
    AnswerValue,
    AttachedFile,
    ChosenOption,
    FilledCell,
)
from surveys.responses.snapshots import (
    Snapshot,
    SnapshotAnswer,
    SnapshotMunicipality,
    compute_checksum,
    read_snapshot,
    write_snapshot,
)

GIVEN = AnswerState.GIVEN
words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
numbers = st.decimals(-(10**9), 10**9, places=3)
values = st.one_of(
    st.sampled_from([state for state in AnswerState if state != GIVEN]).map(AnswerValue),
    st.builds(AnswerValue, st.just(GIVEN), text=words, caveat=st.text(max_size=10)),
    st.builds(AnswerValue, st.just(GIVEN), number=numbers),
    st.builds(AnswerValue, st.just(GIVEN), day=st.dates()),
    st.builds(AnswerValue, st.just(GIVEN), options=st.tuples(st.builds(ChosenOption, words, words))),
    st.builds(
        AnswerValue,
        st.just(GIVEN),
        cells=st.lists(
            st.builds(FilledCell, words, words, option=words) | st.builds(FilledCell, words, number=numbers),
            min_size=1,
            max_size=3,
        ).map(tuple),
    ),
    st.builds(
        AnswerValue,
        st.just(GIVEN),
        file=st.builds(AttachedFile, st.integers(1, 99), words, st.just(5), words),
    ),
)
answers = st.builds(SnapshotAnswer, values, st.integers(1, 50), st.booleans())


def make_snapshot(**changes):
    return Snapshot(
        **{
            "wave": "proef",
            "survey": "proef",
            "version": 1,
            "definition_checksum": "abc",
            "respondent": "GM0546",
            "number": 1,
            "submitted_at": datetime(2026, 3, 2, 10, 42, tzinfo=ZoneInfo("Europe/Amsterdam")),
            "municipalities": (SnapshotMunicipality("GM0546", "Leiden"),),
            "answers": {},
            "deviations": {},
        }
        | changes
    )


@given(
    answers=st.dictionaries(words, answers, max_size=4),
    deviations=st.dictionaries(st.tuples(words, words), answers, max_size=3),
)
def test_what_is_read_back_is_what_was_written(answers, deviations):
    snapshot = make_snapshot(answers=answers, deviations=deviations)
    assert read_snapshot(write_snapshot(snapshot)) == snapshot


def test_the_order_of_answers_and_municipalities_does_not_change_a_character():
    one = SnapshotAnswer(AnswerValue(GIVEN, number=Decimal("1.50")), 2)
    other = SnapshotAnswer(AnswerValue(GIVEN, day=date(2026, 1, 1)), 1)
    places = (SnapshotMunicipality("GM0546", "Leiden", True), SnapshotMunicipality("GM0534", "Hillegom"))
    content = write_snapshot(make_snapshot(answers={"a": one, "b": other}, municipalities=places))
    again = write_snapshot(make_snapshot(answers={"b": other, "a": one}, municipalities=places[::-1]))
    assert content == again
    assert compute_checksum(content) == compute_checksum(again)


def test_a_changed_letter_gives_another_checksum():
    content = write_snapshot(make_snapshot())
    assert compute_checksum(content) != compute_checksum(content.replace("Leiden", "Leidem"))


def test_another_format_is_refused_instead_of_guessed():
    content = json.dumps(json.loads(write_snapshot(make_snapshot())) | {"format": 2})
    with pytest.raises(ValueError, match="format"):
        read_snapshot(content)
