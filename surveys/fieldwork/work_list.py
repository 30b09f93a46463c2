"""What a reviewer still has to do in a wave, as one list. Pure."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class TaskKind(StrEnum):
    """In the order in which the list offers them."""

    REVIEW = "beoordelen"
    REOPENING = "heropenen"
    REPLIED = "beantwoord"
    ASKED = "gevraagd"
    FLAG = "signaal"
    OVERLAP = "dubbel"
    DISPUTE = "betwist"


TASK_LABELS = {
    TaskKind.REVIEW: "Te beoordelen",
    TaskKind.REOPENING: "Verzoek om te heropenen",
    TaskKind.REPLIED: "Vraag terug beantwoord",
    TaskKind.ASKED: "Vraag terug nog open",
    TaskKind.FLAG: "Signaal",
    TaskKind.OVERLAP: "Dubbel antwoord",
    TaskKind.DISPUTE: "Betwist antwoord",
}


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do about one response; `fragment` is the part of its screen where that is done."""

    kind: TaskKind
    organisation_code: str
    organisation: str
    text: str
    since: datetime
    fragment: str = ""

    @property
    def label(self) -> str:
        return TASK_LABELS[self.kind]


@dataclass(frozen=True, slots=True)
class TaskFilter:
    """One way to narrow the list down; without a `kind` it is the whole list."""

    label: str
    kind: TaskKind | None
    count: int
    is_chosen: bool


def sort_tasks(tasks: Collection[Task]) -> list[Task]:
    """What waits longest comes first."""
    return sorted(tasks, key=lambda task: (task.since, task.organisation, task.kind, task.text))


def narrow_tasks(tasks: Collection[Task], *, kind: TaskKind | None, organisation: str = "") -> list[Task]:
    """Those of one kind, of organisations with this in their name; "" and None leave everything."""
    sought = organisation.strip().casefold()
    return [
        task
        for task in tasks
        if (kind is None or task.kind is kind) and sought in task.organisation.casefold()
    ]


def list_filters(tasks: Collection[Task], *, chosen: TaskKind | None) -> list[TaskFilter]:
    """Every kind with how many there are, also those with none: that there is nothing to do is news too."""
    counts = Counter(task.kind for task in tasks)
    return [
        TaskFilter("Alles", None, len(tasks), chosen is None),
        *(TaskFilter(TASK_LABELS[kind], kind, counts[kind], chosen is kind) for kind in TaskKind),
    ]
