"""The one table that pages, charts and files read. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from surveys.questionnaire.answer_values import MISSING_CODES, STATE_LABELS
from surveys.questionnaire.definition import CHOICE_KINDS
from surveys.results.themes import CodedQuestion

# Of these kinds of question an option, or a theme in a text, is a choice.
CHOSEN_KINDS = (*CHOICE_KINDS, "text")


class Status(StrEnum):
    OK = "ok"
    SUPPRESSED = "suppressed"
    NO_DATA = "no_data"


# Rows about a question as a whole stand beside its options, under codes that no option can have.
ANSWERED = "#ingevuld"
SUM, MEAN, MEDIAN, QUARTILE_1, QUARTILE_3 = "#som", "#gemiddelde", "#mediaan", "#kwartiel_1", "#kwartiel_3"
NOT_FILLED_IN, NOT_ASKED = "#niet_ingevuld", "#niet_gesteld"
MISSING_OPTIONS = {
    state.value: (code, STATE_LABELS[state].capitalize()) for state, code in MISSING_CODES.items()
}
MISSING_OPTION_CODES = frozenset((*(code for code, _ in MISSING_OPTIONS.values()), NOT_FILLED_IN, NOT_ASKED))


class ResultRow(NamedTuple):
    """One option of one question in one group; the fields down to `value_unit` are the columns of the long file.

    `n` and `base` count units, or inhabitants for the unit inhabitants. `share` is n / base, a fraction of 1.
    A figure over numbers (`SUM`, `MEAN`, …) stands in `value`, in `value_unit`; there `n` and `base` are the units
    that filled a number in. A total has no dimension and no group.

    The last three fields are in no file: `units` is the number of responses or municipalities that the figure is about
    (those in the base; for a missing kind those in the base and the missing ones), for disclosure control; `kind` is
    the kind of question, for drawing; `population` is the base with everybody who could still have been in it (units
    or inhabitants), for `precision.bounds.find_bounds`, and None where that is not known.
    """

    wave: str
    version: int
    measure: str
    question: str
    question_text: str
    option: str
    option_text: str
    unit: str
    dimension_1: str
    group_1: str
    dimension_2: str
    group_2: str
    n: int | None
    base: int | None
    share: float | None
    lower: float | None
    upper: float | None
    status: str
    note: str
    value: float | None = None
    value_unit: str = ""
    units: int = 0
    kind: str = "single"
    population: int | None = None

    @property
    def dimensions(self) -> tuple[str, ...]:
        return tuple(dimension for dimension in (self.dimension_1, self.dimension_2) if dimension)

    @property
    def is_missing_kind(self) -> bool:
        """The row counts "weet ik niet", who left the question blank or the like: no part of the base."""
        return self.option in MISSING_OPTION_CODES

    @property
    def is_choice(self) -> bool:
        """The row counts an option that could be chosen, or a theme in an open answer."""
        return not self.option.startswith("#") and self.kind in CHOSEN_KINDS

    @property
    def is_theme(self) -> bool:
        """The row counts a theme in an open answer."""
        return self.kind == "text" and self.is_choice


RESULT_COLUMNS = tuple(
    column for column in ResultRow._fields if column not in ("units", "kind", "population")
)


@dataclass(frozen=True, slots=True)
class ResultTable:
    """Rows stand in the order of the questions, then total before breakdowns, groups, options.

    `municipalities` is, per question, how many municipalities the answers in the total speak for; `routing` says
    of the questions that were not put to everybody, in Dutch, to whom they were. `remarks` are, per question, the
    Dutch sentences that must be read with its figures; the rows of its total carry them in their note. `coded` are
    the open questions whose answers were put into themes; their `municipalities` are those of the coded texts.
    `dimension_names` has the Dutch name of each dimension by its code. A table from a release has its name and day;
    `weighting` says in Dutch how the figures were weighted, and is empty when they were not.
    """

    wave: str
    wave_title: str
    version: int
    unit: str
    dimensions: tuple[str, ...]
    reference_date: date
    base_rule: str
    caveats: tuple[str, ...]
    rows: tuple[ResultRow, ...]
    municipalities: Mapping[str, int] = field(default_factory=dict)
    routing: Mapping[str, str] = field(default_factory=dict)
    remarks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    coded: Mapping[str, CodedQuestion] = field(default_factory=dict)
    dimension_names: Mapping[str, str] = field(default_factory=dict)
    release: str = ""
    released_on: date | None = None
    weighting: str = ""
