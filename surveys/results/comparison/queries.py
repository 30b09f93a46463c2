"""What municipalities answered: the answers that hold for them now, as counting reads them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from surveys.accounts.models import Person
from surveys.questionnaire.models import FrameMunicipality, Wave
from surveys.responses.models import ResolvedAnswer, Response, ResponseMunicipality
from surveys.results.models import ComparisonGroup

Provenance = ResolvedAnswer.Provenance


@dataclass(slots=True)
class HeldAnswer:
    """What holds for a municipality on a closed question: a state, and the codes of the chosen options.

    `organisation` is the code of who gave it.
    """

    state: str
    provenance: str
    organisation: str
    options: set[str] = field(default_factory=set)

    @property
    def is_disputed(self) -> bool:
        return self.provenance == Provenance.DISPUTED


def list_frame(wave: Wave) -> list[FrameMunicipality]:
    """Everybody who was asked, by name, with the groups they are in; one query."""
    return list(wave.frame.select_related("province", "size_class", "youth_region").order_by("name"))


def load_held_answers(
    wave: Wave, *, municipalities: Collection[str], questions: Collection[str]
) -> dict[str, dict[str, HeldAnswer]]:
    """By municipality and question code, only of submitted responses; one query."""
    rows = ResolvedAnswer.objects.filter(
        wave=wave, municipality__in=municipalities, question__code__in=questions
    ).order_by()
    found: dict[str, dict[str, HeldAnswer]] = defaultdict(dict)
    for municipality, question, state, provenance, organisation, option in rows.values_list(
        "municipality",
        "question__code",
        "state",
        "provenance",
        "answer__response__organisation",
        "answer__chosen__option__code",
    ):
        held = found[municipality].setdefault(question, HeldAnswer(state, provenance, organisation))
        if option is not None:
            held.options.add(option)
    return found


def find_nameable(wave: Wave, *, frame: Collection[str]) -> set[str]:
    """Those whose answers may be shown with their name, of everybody who was asked (`frame`); one query.

    A submitted response speaks for them, every one that does agrees, and nobody who decided about it in this wave
    said no: a response that was withdrawn or reopened keeps its "no". When nearly everybody took part it is nobody:
    whoever said no would be what is left of the total.
    """
    rows = ResponseMunicipality.objects.filter(response__wave=wave)
    agreed: set[str] = set()
    refused: set[str] = set()
    took_part: set[str] = set()
    for municipality, status, may_be_named, decided_at in rows.values_list(
        "municipality", "response__status", "may_be_named", "naming_decided_at"
    ):
        is_submitted = status == Response.Status.SUBMITTED
        if is_submitted:
            took_part.add(municipality)
        if not may_be_named and (is_submitted or decided_at is not None):
            refused.add(municipality)
        elif is_submitted:
            agreed.add(municipality)
    if refused & took_part and len(set(frame) - took_part) < wave.minimum_public_base:
        return set()
    return agreed - refused


def list_groups(owner: Person) -> list[ComparisonGroup]:
    """With their municipalities, by name; two queries."""
    return list(owner.comparison_groups.prefetch_related("municipalities"))
