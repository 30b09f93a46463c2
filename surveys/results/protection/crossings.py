"""Tables of one question by another: shown as a whole, or not at all. Pure.

They hang together with the tables by place in more ways than can be followed one by one. So nothing in them is
withheld for the sake of something else: as soon as one figure may not be shown, in either direction, both go.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from surveys.results.protection.groups import (
    Breakdown,
    Group,
    Tally,
    find_place,
    is_by_question,
    list_dimensions,
    list_questions,
)
from surveys.results.protection.microdata import Rule
from surveys.results.protection.patterns import AskedQuestion, Pattern, UnitReplies, is_betraying
from surveys.results.protection.primary import (
    betrays_by_amounts,
    betrays_by_inhabitants,
    find_common_answers,
)


@dataclass(frozen=True, slots=True)
class _Crossing:
    """A question in a breakdown by other questions, in one unit."""

    question: str
    breakdown: Breakdown
    tallies: Mapping[Group, Tally]

    @property
    def questions(self) -> frozenset[str]:
        return list_questions(self.breakdown) | {self.question}

    def is_finer_than(self, other: "_Crossing") -> bool:
        """It tells what the other tells, about the same questions in whichever direction."""
        return other.questions <= self.questions and find_place(other.breakdown) <= find_place(self.breakdown)


def withhold_crossings(
    patterns: Mapping[str, Pattern],
    *,
    asked: Mapping[str, AskedQuestion],
    replies: Mapping[str, Mapping[str, UnitReplies]],
    rule: Rule,
) -> None:
    """Add to the patterns the groups of the breakdowns by questions that may not be shown.

    `replies` has, per question, the replies in each unit.
    """
    crossings = {
        (question, unit, breakdown): _Crossing(question, breakdown, _select(each.tallies, breakdown))
        for question, units in replies.items()
        for unit, each in units.items()
        for breakdown in each.breakdowns
        if is_by_question(breakdown)
    }
    unsafe: tuple[list[_Crossing], ...] = ([], [], [])
    for (question, unit, _), crossing in crossings.items():
        verdicts = (
            _is_unsafe(crossing, asked[question], replies[question][unit], patterns=patterns, rule=rule),
            any(betrays_by_inhabitants(tally, rule=rule) for tally in crossing.tallies.values()),
            any(betrays_by_amounts(tally, rule=rule) for tally in crossing.tallies.values()),
        )
        for found, is_unsafe in zip(unsafe, verdicts, strict=True):
            if is_unsafe:
                found.append(crossing)
    for crossing in crossings.values():
        pattern = patterns[crossing.question]
        for withheld, found in zip(pattern.layers, unsafe, strict=True):
            if any(crossing.is_finer_than(other) for other in (*unsafe[0], *found)):
                withheld.update(crossing.tallies)


def _is_unsafe(
    crossing: _Crossing,
    question: AskedQuestion,
    unit: UnitReplies,
    *,
    patterns: Mapping[str, Pattern],
    rule: Rule,
) -> bool:
    place = find_place(crossing.breakdown)
    return (
        any(
            place == list_dimensions(group)
            for name in crossing.questions & patterns.keys()
            for group in patterns[name].everywhere
        )
        or any(is_betraying(group, unit, question, rule) for group in crossing.tallies)
        or _is_determined(crossing.tallies.values(), kind=question.kind, options=question.options)
    )


def _is_determined(tallies: Collection[Tally], *, kind: str, options: Collection[str]) -> bool:
    """What somebody answered to one question follows from what they answered to the other."""
    if any(find_common_answers(tally, kind=kind, options=options)[0] for tally in tallies):
        return True
    return any(sum(tally.outcomes[option] > 0 for tally in tallies) == 1 for option in options)


def _select(tallies: Mapping[Group, Tally], breakdown: Breakdown) -> dict[Group, Tally]:
    return {group: tally for group, tally in tallies.items() if list_dimensions(group) == breakdown}
