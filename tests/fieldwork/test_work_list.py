from datetime import UTC, datetime, timedelta

import pytest

from surveys.fieldwork.review_state import REVIEW_STATE_LABELS, ReviewState, judge_review_state
from surveys.fieldwork.work_list import TASK_LABELS, Task, TaskKind, list_filters, narrow_tasks, sort_tasks

NOW = datetime(2026, 3, 2, tzinfo=UTC)
LEIDEN = Task(TaskKind.REVIEW, "GM0546", "Gemeente Leiden", "Ingediend", NOW)
ZAANSTAD = Task(TaskKind.FLAG, "GM0479", "Gemeente Zaanstad", "Eerste keer", NOW - timedelta(days=1))


def test_what_waits_longest_comes_first():
    assert sort_tasks([LEIDEN, ZAANSTAD]) == [ZAANSTAD, LEIDEN]


def test_a_list_is_narrowed_by_kind_and_by_name():
    tasks = [LEIDEN, ZAANSTAD]
    assert narrow_tasks(tasks, kind=None) == tasks
    assert narrow_tasks(tasks, kind=TaskKind.FLAG) == [ZAANSTAD]
    assert narrow_tasks(tasks, kind=None, organisation=" LEID ") == [LEIDEN]
    assert narrow_tasks(tasks, kind=TaskKind.FLAG, organisation="Leiden") == []


def test_every_kind_is_offered_with_its_number():
    filters = list_filters([LEIDEN, ZAANSTAD, LEIDEN], chosen=TaskKind.REVIEW)
    assert [each.kind for each in filters] == [None, *TaskKind]
    assert {each.label: each.count for each in filters if each.count} == {
        "Alles": 3,
        "Te beoordelen": 2,
        "Signaal": 1,
    }
    assert [each.label for each in filters if each.is_chosen] == ["Te beoordelen"]
    assert TASK_LABELS.keys() == set(TaskKind)


@pytest.mark.parametrize(
    ("status", "verdicts", "state"),
    [
        ("submitted", [], ReviewState.TO_REVIEW),
        ("submitted", ["accepted"], ReviewState.ACCEPTED),
        ("draft", [], ReviewState.NOT_SUBMITTED),
        ("draft", ["accepted"], ReviewState.NOT_SUBMITTED),
        ("draft", ["accepted", "sent_back"], ReviewState.SENT_BACK),
        ("excluded", ["accepted"], ReviewState.EXCLUDED),
        ("withdrawn", ["accepted"], ReviewState.WITHDRAWN),
    ],
)
def test_the_state_follows_from_the_response_and_the_verdicts(status, verdicts, state):
    assert judge_review_state(status, verdicts=verdicts) is state
    assert state in REVIEW_STATE_LABELS
