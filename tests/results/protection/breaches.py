"""What an attacker learns that the rule forbids, unless the totals, or an earlier release, already tell it."""

from collections.abc import Iterable, Sequence

from surveys.results.protection.microdata import Reply, Rule
from surveys.results.table import ResultTable
from tests.results.protection.attacker import Attacker, Group, find_group, keep_totals
from tests.results.protection.places import Country

NEARLY = 1e-4


def find_breaches(
    public: Sequence[ResultTable],
    *,
    country: Country,
    originals: Sequence[ResultTable],
    rule: Rule,
    units: Iterable[str] = ("response", "municipality"),
    told: Sequence[ResultTable] = (),
) -> list[str]:
    """One line for each thing that can be calculated from the public tables and may not be.

    `told` are the tables of an earlier release about the same answers: everybody has them already.
    """
    return [
        breach
        for unit in units
        for breach in _attack(public, country=country, originals=originals, rule=rule, unit=unit, told=told)
    ]


def _attack(
    public: Sequence[ResultTable],
    *,
    country: Country,
    originals: Sequence[ResultTable],
    rule: Rule,
    unit: str,
    told: Sequence[ResultTable],
) -> list[str]:
    attacker = Attacker([*public, *told], country.places, unit=unit)
    modest = Attacker([*keep_totals(originals), *told], country.places, unit=unit)
    breaches = []
    withheld = {find_group(row) for row in attacker.rows if row.status == "suppressed"}
    groups = list(dict.fromkeys(find_group(row) for row in attacker.rows))
    for group in groups:
        inside = [
            reply
            for reply in country.replies
            if reply.unit == unit and group <= frozenset(reply.groups.items())
        ]
        if not inside or (not group and group in withheld):
            continue
        name = f"{unit} {sorted(group)}"
        answered = [reply for reply in inside if reply.is_answered]
        if is_small(answered, rule=rule) or is_small(inside, rule=rule):
            if group not in withheld:
                breaches.append(f"{name}: small and shown")
            elif 0 < len(answered) < rule.minimum:
                most = attacker.bound(group, attacker.answered)[1]
                hoped = min(rule.minimum, modest.bound(group, modest.answered)[1])
                if most < len(answered) + min(1, hoped - len(answered)) - NEARLY:
                    breaches.append(f"{name}: known to be of {most} at most")
            if group in withheld and len(inside) > 1:
                least = attacker.bound(group, attacker.reached)[0]
                if least > len(inside) - 1 + NEARLY > modest.bound(group, modest.reached)[0] + NEARLY:
                    breaches.append(f"{name}: known to be of {least} at least")
        breaches += _attack_unnamed(attacker, modest, group, inside, name=name, options=country.options)
    return breaches


def is_small(replies: Sequence[Reply], *, rule: Rule) -> bool:
    return 0 < sum(reply.municipalities for reply in replies) < rule.minimum


def _attack_unnamed(
    attacker: Attacker,
    modest: Attacker,
    group: Group,
    inside: Sequence[Reply],
    *,
    name: str,
    options: Sequence[str],
) -> list[str]:
    """That somebody who does not want to be named delivered, or what they answered."""
    breaches = []
    if group and not all(reply.may_be_named for reply in inside):
        places = attacker.count_places(group)
        if places is not None and len(inside) >= places:
            least, hoped = attacker.bound(group, attacker.reached)[0], modest.bound(group, modest.reached)[0]
            if least > places - NEARLY and hoped < places - 1:
                breaches.append(f"{name}: everybody is known to have delivered")
    answered = [reply for reply in inside if reply.is_answered]
    if not group or all(reply.may_be_named for reply in answered):
        return breaches
    for option in options:
        if all(option in reply.outcomes for reply in answered):
            others = {**attacker.answered, option: attacker.answered.get(option, 0) - 1}
            if attacker.bound(group, others)[1] < NEARLY and modest.bound(group, others)[1] >= 1:
                breaches.append(f"{name}: everybody is known to have answered {option}")
    return breaches
