"""Intervals in a whole table: every row of random small worlds, worked out again from the municipalities themselves."""

import math
from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import product
from random import Random

import pytest
from scipy import stats

from surveys.questionnaire.definition import OptionDefinition, QuestionDefinition, SectionDefinition
from surveys.results.aggregation import GIVEN, Cell, Grouping, ThemeCells, assemble_rows
from surveys.results.precision.frame import FrameMember
from surveys.results.precision.joining import CountedCells, add_intervals
from surveys.results.precision.post_stratification import choose_strata
from surveys.results.themes import CodedQuestion, CodedTheme

NEARLY = 1e-12
QUESTIONS = (
    QuestionDefinition(
        code="poh",
        kind="single",
        text="Is er een POH?",
        requirement="required",
        options=(OptionDefinition("ja", "Ja"), OptionDefinition("nee", "Nee")),
        missing=("dont_know", "not_applicable"),
    ),
    QuestionDefinition(code="waarom", kind="text", text="Waarom?", requirement="recommended"),
)
THEMES = CodedQuestion(1, (CodedTheme("geld", "Geld", "", ""), CodedTheme("tijd", "Tijd", "", "")))
NAMES = {
    "size_class": {"small": "Klein", "large": "Groot"},
    "province": {"PV27": "Noord-Holland", "PV28": "Zuid-Holland"},
    "respondent_type": {"own": "Eigen antwoord", "inherited": "Via de jeugdregio"},
}


@dataclass(frozen=True)
class Town:
    """A municipality of the frame; `said` and `themes` are what holds for it, None when nobody answered."""

    code: str
    size_class: str
    province: str
    inhabitants: int
    cluster: str
    said: str | None
    themes: frozenset[str] | None

    @property
    def groups(self):
        return {
            "size_class": self.size_class,
            "province": self.province,
            "respondent_type": "inherited" if self.cluster.startswith("JZ") else "own",
        }


def make_towns(seed, *, count=60):
    random = Random(seed)
    towns = []
    for number in range(count):
        cluster = random.choice(["", "JZ1", "JZ2", f"{number}", f"{number}"])
        towns.append(
            Town(
                code=f"GM{number}",
                size_class=random.choice(["small", "small", "large"]),
                province=random.choice(["PV27", "PV28"]),
                inhabitants=random.randint(1, 90) * 1000,
                cluster=cluster,
                said=random.choice(["ja", "ja", "nee", "dont_know", "not_applicable"]) if cluster else None,
                themes=frozenset(random.sample(["geld", "tijd"], random.randint(0, 2)))
                if cluster and random.random() < 0.7
                else None,
            )
        )
    return towns


def count_cells(towns, *, dimensions, by_inhabitants):
    counts = defaultdict(lambda: [0, 0])
    for town in towns:
        groups = tuple(town.groups[dimension] for dimension in dimensions)
        found = []
        if town.said in ("ja", "nee"):
            found += [("state", "poh", GIVEN), ("option", "poh", town.said)]
        elif town.said:
            found.append(("state", "poh", town.said))
        if town.themes is not None:
            found += [("state", "waarom", GIVEN), ("coded", "waarom", GIVEN)]
            found += [("theme", "waarom", theme) for theme in town.themes]
        for sort, question, outcome in found:
            counted = counts[sort, question, outcome, groups, town.cluster]
            counted[0] += 1
            counted[1] += town.inhabitants if by_inhabitants else 1
    cells = defaultdict(list)
    for (sort, question, outcome, groups, cluster), (units, weight) in counts.items():
        cells[sort].append(Cell(question, outcome, groups, units, weight, cluster))
    themes = ThemeCells({"waarom": THEMES}, cells["coded"], cells["theme"])
    return CountedCells(dimensions, cells["state"], cells["option"], themes)


def make_rows(towns, *, dimensions, by_inhabitants=False, is_weighted=False):
    frame = [FrameMember(town.code, town.groups, town.inhabitants, town.cluster) for town in towns]
    weights = choose_strata(frame, size_classes=list(NAMES["size_class"]), is_inhabitants=by_inhabitants)
    extra = ("size_class", "province") if is_weighted else ()
    counted = [*dimensions, *(dimension for dimension in extra if dimension not in dimensions)]
    cells = count_cells(towns, dimensions=counted, by_inhabitants=by_inhabitants)
    shown = count_cells(towns, dimensions=dimensions, by_inhabitants=by_inhabitants)
    names = {dimension: NAMES[dimension] for dimension in dimensions}
    grouping = Grouping(tuple(dimensions), names, frozenset(product(*names.values()) if names else ()))
    rows = assemble_rows(
        [SectionDefinition("poh", "POH", QUESTIONS, measure="poh")],
        wave="2026",
        version=1,
        unit="inhabitants" if by_inhabitants else "municipality",
        grouping=grouping,
        by_state=shown.by_state,
        by_option=shown.by_option,
        themes=shown.themes,
    )
    joined = add_intervals(
        rows,
        cells=cells,
        grouping=grouping,
        frame=frame,
        is_inhabitants=by_inhabitants,
        weights=weights if is_weighted else None,
    )
    return rows, joined, weights


def is_in(town, row, *, dimensions=None):
    groups = {row.dimension_1: row.group_1, row.dimension_2: row.group_2}
    return all(
        NAMES[dimension][town.groups[dimension]] == name
        for dimension, name in groups.items()
        if dimension and (dimensions is None or dimension in dimensions)
    )


def is_known(town, row):
    return town.themes is not None if row.is_theme else town.said in ("ja", "nee", "not_applicable")


def is_answered(town, row):
    return town.themes is not None if row.is_theme else town.said in ("ja", "nee")


def has_chosen(town, row):
    return row.option in town.themes if row.is_theme else town.said == row.option


def recount(row, *, towns, by_inhabitants):
    """(standard error, responses, unknown fraction, population) of one row, the long way."""

    def size(town):
        return town.inhabitants if by_inhabitants else 1

    base, chosen = defaultdict(int), defaultdict(int)
    for town in towns:
        if is_in(town, row) and is_answered(town, row):
            base[town.cluster] += size(town)
            chosen[town.cluster] += size(town) * has_chosen(town, row)
    share = sum(chosen.values()) / sum(base.values())
    count = len(base)
    around = [town for town in towns if is_in(town, row, dimensions=("size_class", "province"))]
    unknown = [town for town in around if not is_known(town, row)]
    squares = sum((chosen[cluster] - share * base[cluster]) ** 2 for cluster in base)
    fraction = len(unknown) / len(around)
    error = math.sqrt(fraction * count / (count - 1) * squares) / sum(base.values()) if count > 1 else 0
    population = sum(base.values()) + sum(size(town) for town in unknown)
    return error, count, fraction, population


BREAKDOWNS = [
    (),
    ("size_class",),
    ("respondent_type",),
    ("size_class", "province"),
    ("respondent_type", "province"),
]


@pytest.mark.parametrize("by_inhabitants", [False, True])
@pytest.mark.parametrize("dimensions", BREAKDOWNS)
@pytest.mark.parametrize("seed", range(4))
def test_every_interval_is_what_the_municipalities_say(seed, dimensions, by_inhabitants):
    towns = make_towns(seed)
    before, rows, _ = make_rows(towns, dimensions=dimensions, by_inhabitants=by_inhabitants)
    assert [row._replace(lower=None, upper=None, population=None) for row in rows] == list(before)
    compared = 0
    for row in rows:
        if row.share is None:
            assert (row.lower, row.upper, row.population) == (None, None, None)
            continue
        error, count, fraction, population = recount(row, towns=towns, by_inhabitants=by_inhabitants)
        is_territorial = "respondent_type" not in row.dimensions
        assert row.population == (population if is_territorial else None)
        if count < 2 and fraction:
            assert (row.lower, row.upper) == (None, None)
            continue
        assert 0 <= row.lower <= row.share <= row.upper <= 1
        if not error:
            continue
        middle = math.log(row.share / (1 - row.share))
        reach = stats.t.ppf(0.975, count - 1) * error / (row.share * (1 - row.share))
        lower, upper = (1 / (1 + math.exp(-(middle + sign * reach))) for sign in (-1, 1))
        if is_territorial:
            lower = max(lower, row.n / population)
            upper = min(upper, (row.n + population - row.base) / population)
        assert (row.lower, row.upper) == pytest.approx((lower, upper), abs=NEARLY)
        compared += 1
    assert compared > 3


def test_who_answered_in_full_is_certain():
    towns = [
        replace(town, said=town.said or "nee", cluster=town.cluster or town.code)
        if town.size_class == "large"
        else town
        for town in make_towns(1)
    ]
    towns = [replace(town, said="nee") if town.said == "dont_know" else town for town in towns]
    _, rows, _ = make_rows(towns, dimensions=("size_class",))
    found = {(row.group_1, row.option): row for row in rows if row.question == "poh"}
    certain, uncertain = found["Groot", "ja"], found["Klein", "ja"]
    assert certain.lower == certain.upper == certain.share
    assert certain.population == certain.base
    assert uncertain.lower < uncertain.share < uncertain.upper


@pytest.mark.parametrize("by_inhabitants", [False, True])
@pytest.mark.parametrize("seed", range(4))
def test_weighted_shares_stand_for_the_country(seed, by_inhabitants):
    towns = make_towns(seed)
    before, rows, weights = make_rows(
        towns, dimensions=("province",), by_inhabitants=by_inhabitants, is_weighted=True
    )
    assert weights.is_weighted
    changed = 0
    for old, row in zip(before, rows, strict=True):
        assert (row.n, row.base, row.status) == (old.n, old.base, old.status)
        if row.share is None:
            continue
        found = [
            (
                weights.weights[weights.strata[town.size_class, town.province]]
                * (town.inhabitants if by_inhabitants else 1),
                has_chosen(town, row),
            )
            for town in towns
            if is_in(town, row) and is_answered(town, row)
        ]
        share = sum(weight * chosen for weight, chosen in found) / sum(weight for weight, _ in found)
        assert row.share == pytest.approx(share, abs=NEARLY)
        assert row.lower <= row.share <= row.upper
        changed += row.share != old.share
    assert changed


def test_weights_give_a_silent_group_its_size_back():
    """Large municipalities all answered, of the small ones one in three: unweighted they count too much."""
    towns = [Town(f"L{number}", "large", "PV27", 1000, f"L{number}", "ja", None) for number in range(10)] + [
        Town(
            f"S{number}",
            "small",
            "PV27",
            1000,
            f"S{number}" if number < 10 else "",
            "nee" if number < 10 else None,
            None,
        )
        for number in range(30)
    ]
    before, rows, _ = make_rows(towns, dimensions=(), is_weighted=True)
    assert [row.share for row in before if row.option == "ja"] == [0.5]
    assert [row.share for row in rows if row.option == "ja"] == [0.25]
