"""Invented countries that answer a question, with the tables that a release would show of them, counted by hand."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations, product

from surveys.results.protection.microdata import Microdata, Place, Reply
from surveys.results.table import ResultRow, ResultTable

SIZES = ("klein", "middel", "groot")
REGIONS = {"Kust": "West", "Delta": "West", "Heide": "Oost", "Veen": "Oost", "Duin": "West"}
DIMENSIONS = ("size_class", "youth_region", "province", "respondent_type")
MISSING = ("#weet_niet", "#niet_ingevuld")
UNITS = ("response", "municipality", "inhabitants")


@dataclass(frozen=True)
class Country:
    """`kind` and `options` are those of its one question."""

    places: tuple[Place, ...]
    replies: tuple[Reply, ...]
    kind: str = "single"
    options: tuple[str, ...] = ("ja", "nee")

    @property
    def microdata(self) -> Microdata:
        return Microdata(replies=self.replies, places=self.places)


def draw_country(
    seed: int,
    *,
    municipality_count: int = 36,
    options: Sequence[str] = ("ja", "nee", "deels"),
    kind: str = "single",
    share_answering: float = 0.7,
    share_unnamed: float = 0.3,
    share_regional: float = 0.2,
) -> Country:
    """Some youth regions answer for all their municipalities; of the others each municipality does or does not."""
    chance = random.Random(seed)
    regional = {region for region in REGIONS if chance.random() < share_regional}
    places = [
        Place("response", region, {"youth_region": region, "respondent_type": "Jeugdregio"})
        for region in sorted(REGIONS)
    ]
    replies = []
    for number in range(municipality_count):
        code, region = f"GM{number:04}", chance.choice(sorted(REGIONS))
        groups = {
            "size_class": chance.choices(SIZES, weights=(6, 3, 1))[0],
            "youth_region": region,
            "province": REGIONS[region],
        }
        inhabitants = int(chance.lognormvariate(10.5, 0.8))
        places.append(Place("municipality", code, groups, inhabitants))
        places.append(Place("response", code, {**groups, "respondent_type": "Gemeente"}, inhabitants))
        if region in regional or chance.random() >= share_answering:
            continue
        outcomes, is_answered = draw_answer(chance, kind=kind, options=options)
        own = Reply(
            unit="municipality",
            contributor=code,
            response=code,
            question="poh",
            groups={**groups, "respondent_type": "Eigen antwoord"},
            is_answered=is_answered,
            outcomes=outcomes,
            inhabitants=inhabitants,
            may_be_named=chance.random() >= share_unnamed,
        )
        replies += [
            own,
            replace(own, unit="response", groups={**groups, "respondent_type": "Gemeente"}),
        ]
    for region in sorted(regional):
        members = [
            place
            for place in places
            if place.unit == "municipality" and place.groups["youth_region"] == region
        ]
        if not members:
            continue
        outcomes, is_answered = draw_answer(chance, kind=kind, options=options)
        sizes = {place.groups["size_class"] for place in members}
        for_region = Reply(
            unit="response",
            contributor=region,
            response=region,
            question="poh",
            groups={
                "size_class": sizes.pop() if len(sizes) == 1 else "Meerdere grootteklassen",
                "youth_region": region,
                "province": REGIONS[region],
                "respondent_type": "Jeugdregio",
            },
            is_answered=is_answered,
            outcomes=outcomes,
            municipalities=len(members),
            may_be_named=False,
        )
        replies.append(for_region)
        replies += [
            replace(
                for_region,
                unit="municipality",
                contributor=place.contributor,
                groups={**place.groups, "respondent_type": "Via de jeugdregio"},
                inhabitants=place.inhabitants,
                municipalities=1,
                may_be_named=chance.random() >= share_unnamed,
            )
            for place in members
        ]
    return Country(tuple(places), tuple(replies), kind, tuple(options))


def draw_answer(chance: random.Random, *, kind: str, options: Sequence[str]) -> tuple[frozenset[str], bool]:
    if chance.random() < 0.15:
        return frozenset({chance.choice(MISSING)}), False
    if kind == "multiple":
        return frozenset(option for option in options if chance.random() < 0.4), True
    return frozenset({chance.choices(options, weights=range(len(options), 0, -1))[0]}), True


def count_tables(
    country: Country,
    *,
    dimensions: Sequence[str] = DIMENSIONS,
    units: Sequence[str] = UNITS,
    question: str = "poh",
) -> list[ResultTable]:
    """One table for every unit and every two dimensions, as a release has them."""
    crossings = list(combinations(dimensions, 2)) or [tuple(dimensions)]
    return [
        ResultTable(
            wave="2022",
            wave_title="Meting 2022",
            version=1,
            unit=unit,
            dimensions=crossing,
            reference_date=date(2022, 1, 1),
            base_rule="",
            caveats=(),
            rows=tuple(_count_rows(country, unit=unit, crossing=crossing, question=question)),
            municipalities={question: 1},
            remarks={question: ("Eén gemeente wijkt af.",)},
        )
        for unit in units
        for crossing in crossings
    ]


def _count_rows(country: Country, *, unit: str, crossing: Sequence[str], question: str) -> list[ResultRow]:
    replies = [
        reply
        for reply in country.replies
        if reply.unit == ("response" if unit == "response" else "municipality") and reply.question == question
    ]
    weigh: Callable[[Reply], int] = (
        (lambda reply: reply.inhabitants) if unit == "inhabitants" else (lambda reply: 1)
    )
    names = {
        dimension: sorted(
            {reply.groups[dimension] for reply in replies}
            | {
                place.groups[dimension]
                for place in country.places
                if place.unit == "municipality" and dimension in place.groups
            }
        )
        for dimension in crossing
    }
    breakdowns = [part for size in range(len(crossing) + 1) for part in combinations(crossing, size)]
    rows = []
    for breakdown in breakdowns:
        for key in product(*(names[dimension] for dimension in breakdown)):
            group = dict(zip(breakdown, key, strict=True))
            inside = [reply for reply in replies if group.items() <= reply.groups.items()]
            answered = [reply for reply in inside if reply.is_answered]
            base = sum(map(weigh, answered))
            pairs = [*zip(breakdown, key, strict=True), ("", ""), ("", "")]
            for option in (*country.options, *MISSING):
                is_missing = option in MISSING
                units = len(inside) if is_missing else len(answered)
                n = sum(weigh(reply) for reply in inside if option in reply.outcomes)
                rows.append(
                    ResultRow(
                        wave="2022",
                        version=1,
                        measure="poh-jeugd",
                        question=question,
                        question_text="Is er een POH?",
                        option=option,
                        option_text=option,
                        unit=unit,
                        dimension_1=pairs[0][0],
                        group_1=pairs[0][1],
                        dimension_2=pairs[1][0],
                        group_2=pairs[1][1],
                        n=n if units else None,
                        base=None if is_missing else base,
                        share=n / base if base and not is_missing else None,
                        lower=None,
                        upper=None,
                        status="ok" if units else "no_data",
                        note="",
                        units=units,
                        kind=country.kind,
                    )
                )
    return rows
