"""Everything a release shows, judged at once: what may be subtracted from what decides what is withheld. Pure."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from surveys.responses.units import Unit
from surveys.results.protection.crossings import withhold_crossings
from surveys.results.protection.groups import Group, Tally, find_group, list_dimensions
from surveys.results.protection.microdata import EarlierRelease, Microdata, Reply, Rule
from surveys.results.protection.patterns import (
    AskedQuestion,
    Pattern,
    Shown,
    UnitReplies,
    find_pattern,
    gather_replies,
)
from surveys.results.table import ANSWERED, ResultRow, ResultTable, Status

NOTE_WITHHELD = (
    "Afgeschermd. Met dit cijfer kunt u misschien uitrekenen wat één organisatie heeft geantwoord, "
    "ook met andere cijfers samen."
)


def protect(
    tables: Collection[ResultTable],
    *,
    microdata: Microdata,
    rule: Rule,
    earlier: Sequence[EarlierRelease] = (),
    is_complemented: bool = True,
) -> tuple[ResultTable, ...]:
    """The same tables in the same order, in which no figure can be read or calculated that may not be shown.

    `tables` are all those that the release will show: every unit, breakdown and question; what is not among them
    is not taken into account. A row that is withheld has status suppressed and no figures, and keeps its place.
    Municipalities, remarks and notes that would tell a withheld total go with it. `earlier` are the former releases
    of the wave. Without complements (`is_complemented` False) the result is not safe: that is there to show it.

    Raises ValueError when a row has a figure for a group in which the microdata have nobody.
    """
    asked = _describe_questions(tables)
    replies = _gather(asked, microdata=microdata, earlier=earlier, rule=rule)
    patterns: dict[str, Pattern] = {}
    for question in _order_by_lead(asked, leads=microdata.leads):
        linked = Pattern()
        for lead in microdata.leads.get(question, ()):
            if lead in patterns:
                linked.add(patterns[lead])
        patterns[question] = find_pattern(
            asked[question],
            replies[question],
            linked=linked,
            rule=rule,
            is_complemented=is_complemented,
        )
    withhold_crossings(patterns, asked=asked, replies=replies, rule=rule)
    return tuple(_withhold(table, patterns=patterns, replies=replies) for table in tables)


def _describe_questions(tables: Iterable[ResultTable]) -> dict[str, AskedQuestion]:
    found: dict[str, AskedQuestion] = {}
    for table in tables:
        unit = _find_unit_of_replies(table.unit)
        for row in table.rows:
            question = found.setdefault(row.question, AskedQuestion(row.kind))
            if row.is_choice:
                question.options[row.option] = None
            question.breakdowns[unit][list_dimensions(find_group(row))] = None
            question.has_inhabitants |= table.unit == Unit.INHABITANTS
            question.has_amounts |= is_amount(row)
    return found


def _find_unit_of_replies(unit: str) -> str:
    return Unit.MUNICIPALITY if unit == Unit.INHABITANTS else unit


def is_amount(row: ResultRow) -> bool:
    """The row is calculated from numbers that were filled in, and not from how many filled them in."""
    return row.option.startswith("#") and row.option != ANSWERED and not row.is_missing_kind


def _gather(
    asked: Mapping[str, AskedQuestion],
    *,
    microdata: Microdata,
    earlier: Sequence[EarlierRelease],
    rule: Rule,
) -> dict[str, dict[str, UnitReplies]]:
    now = _sort_replies(microdata.replies)
    former = [(_sort_replies(release.replies), _list_shown(release.tables)) for release in earlier]
    return {
        code: {
            unit: gather_replies(
                now[code, unit],
                breakdowns=list(breakdowns),
                places=[place for place in microdata.places if place.unit == unit],
                earlier=[(replies[code, unit], shown[code, unit]) for replies, shown in former],
                rule=rule,
            )
            for unit, breakdowns in question.breakdowns.items()
        }
        for code, question in asked.items()
    }


def _sort_replies(replies: Iterable[Reply]) -> dict[tuple[str, str], list[Reply]]:
    """By question and unit."""
    found: defaultdict[tuple[str, str], list[Reply]] = defaultdict(list)
    for reply in replies:
        found[reply.question, reply.unit].append(reply)
    return found


def _list_shown(tables: Iterable[ResultTable]) -> dict[tuple[str, str], Shown]:
    """The groups with figures that anybody could read, by question and unit."""
    found: defaultdict[tuple[str, str], Shown] = defaultdict(Shown)
    for table in tables:
        for row in table.rows:
            if row.status == Status.OK:
                shown = found[row.question, _find_unit_of_replies(row.unit)]
                if is_amount(row):
                    shown.amounts.add(find_group(row))
                elif row.unit == Unit.INHABITANTS:
                    shown.inhabitants.add(find_group(row))
                else:
                    shown.counts.add(find_group(row))
    return found


def _order_by_lead(asked: Iterable[str], *, leads: Mapping[str, Collection[str]]) -> list[str]:
    """Every question after those that lead to it."""
    ordered: dict[str, None] = {}

    def place(question: str) -> None:
        if question not in ordered:
            for lead in leads.get(question, ()):
                place(lead)
            ordered[question] = None

    known = list(asked)
    for question in known:
        place(question)
    return [question for question in ordered if question in set(known)]


def _withhold(
    table: ResultTable,
    *,
    patterns: Mapping[str, Pattern],
    replies: Mapping[str, Mapping[str, UnitReplies]],
) -> ResultTable:
    unit = _find_unit_of_replies(table.unit)
    rows = []
    for row in table.rows:
        group = find_group(row)
        if group not in replies[row.question][unit].tallies:
            if row.units:
                raise ValueError(f"Nobody in the microdata stands behind {row.question} in {sorted(group)}.")
            rows.append(row)
        elif _is_withheld(row, group, pattern=patterns[row.question]) or (
            is_amount(row) and not _has_numbers(replies[row.question][unit].tallies[group])
        ):
            rows.append(_empty(row))
        else:
            rows.append(row)
    hidden = {row.question for row in rows if not row.dimensions and row.note == NOTE_WITHHELD}
    return replace(
        table,
        rows=tuple(rows),
        municipalities={code: each for code, each in table.municipalities.items() if code not in hidden},
        remarks={code: each for code, each in table.remarks.items() if code not in hidden},
    )


def _is_withheld(row: ResultRow, group: Group, *, pattern: Pattern) -> bool:
    return (
        group in pattern.everywhere
        or (row.unit == Unit.INHABITANTS and group in pattern.of_inhabitants)
        or (is_amount(row) and group in pattern.of_amounts)
    )


def _has_numbers(tally: Tally) -> bool:
    """Whose amounts are behind a figure is known; of a table with amounts in it, it is not."""
    return any(reply.number is not None for reply in tally.answered)


def _empty(row: ResultRow) -> ResultRow:
    return row._replace(
        n=None,
        base=None,
        share=None,
        lower=None,
        upper=None,
        value=None,
        population=None,
        units=0,
        status=Status.SUPPRESSED,
        note=NOTE_WITHHELD,
    )
