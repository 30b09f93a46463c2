"""What disclosure control looks at: who stands behind the figures of a wave. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from surveys.results.table import ResultTable


@dataclass(frozen=True, slots=True)
class Rule:
    """When a figure may not be shown.

    `minimum` is the smallest number of municipalities, and of responses, that may stand behind a figure. A sum is
    dominated when the largest contributor holds more than `largest_share` of it, or the two largest together
    more than `two_largest_share`. `minimum_for_exact_sums` is the number of municipalities from which an exact sum
    of inhabitants no longer says which ones they are.
    """

    minimum: int
    largest_share: float = 0.75
    two_largest_share: float = 0.9
    minimum_for_exact_sums: int = 10


@dataclass(frozen=True, slots=True)
class Reply:
    """What one unit says to one question.

    `unit` is response or municipality (what holds for inhabitants follows from the municipalities). `contributor`
    is the code of the municipality, or the key of the response; `response` the key of the response that the answer
    comes from: the cluster. `groups` has, by dimension, the name of its group as the rows call it, for every
    dimension that a table of the release is broken down by, closed questions included.

    `is_answered` says that it is in the base. `outcomes` are the options in the rows that it counts in: the chosen
    options, themes, or the one kind of missing ("#weet_niet", …). `is_coded` says that its text was put into themes.
    `number` is what it filled in; where a number is not added up (an amount of a region, for a municipality), it is
    None. `municipalities` is how many it speaks for.
    """

    unit: str
    contributor: str
    response: str
    question: str
    groups: Mapping[str, str]
    is_answered: bool
    outcomes: frozenset[str] = frozenset()
    is_coded: bool = False
    number: float | None = None
    inhabitants: int = 0
    municipalities: int = 1
    may_be_named: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody who could have answered, as everybody knows: a municipality or a youth region of the frame.

    `groups` leaves out the dimensions in which it could be in any group, such as the type of respondent of a
    municipality or a closed question.
    """

    unit: str
    contributor: str
    groups: Mapping[str, str]
    inhabitants: int = 0


@dataclass(frozen=True, slots=True)
class Microdata:
    """Everything behind the tables of one release, for the units response and municipality.

    `leads` says of a question that follows on others which ones those are: who was asked it tells what was answered
    to those.
    """

    replies: Collection[Reply]
    places: Collection[Place]
    leads: Mapping[str, Collection[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EarlierRelease:
    """What a former release of the same wave shows, and who stands behind it."""

    tables: Collection[ResultTable]
    replies: Collection[Reply]
