"""Every figure of a random small world, counted a second time in plain Python, without the database's help."""

from collections import defaultdict
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.responses.lifecycle.submission import exclude_response, submit_response
from surveys.results.aggregation import list_breakdowns
from surveys.results.counting import count_answers
from surveys.territory.models import Province, SizeClass, YouthRegion
from surveys.territory.queries import list_municipalities
from tests.responses.factories import DEFINITION, DONT_KNOW, NOW, choose, make_response, make_wave

pytestmark = pytest.mark.django_db

DATE = date(2026, 1, 1)
# Two youth regions with members of different size, and one of the regions lies in two provinces.
REGIONS = {"JZ18": ["GM0546", "GM0534", "GM0537"], "JZ12": ["GM0050", "GM0243", "GM0230"]}
MUNICIPALITIES = [*REGIONS["JZ18"][:2], *REGIONS["JZ12"][:2], "GM0479"]
DIMENSIONS = ["size_class", "youth_region", "province", "respondent_type"]
BREAKDOWNS = [
    [],
    *([one] for one in DIMENSIONS),
    ["province", "respondent_type"],
    ["size_class", "youth_region"],
]

single = st.sampled_from(["ja", "nee"])
answers = st.fixed_dictionaries(
    {"beperkt": st.sampled_from(["ja", "nee", "dont_know"]), "poh": st.sampled_from(["ja", "nee", "overig"])},
    optional={"hoe": st.sets(st.sampled_from(["school", "wijk"]), min_size=1), "verzekeraar": single},
)
statuses = st.sampled_from(["draft", "submitted", "submitted", "submitted", "excluded"])


@st.composite
def worlds(draw):
    """{organisation: (status, municipality codes, {question: chosen option codes or "dont_know"})}."""
    world = {}
    for code in draw(st.sets(st.sampled_from([*MUNICIPALITIES, *REGIONS]))):
        values = draw(answers)
        if values["poh"] in ("ja", "overig"):
            values.setdefault("verzekeraar", draw(single))
        covers = draw(st.sets(st.sampled_from(REGIONS[code]), min_size=1)) if code in REGIONS else {code}
        chosen = {
            question: value if isinstance(value, set) or value == "dont_know" else {value}
            for question, value in values.items()
        }
        world[code] = (draw(statuses), covers, chosen)
    return world


def build(wave, world):
    for code, (status, covers, chosen) in world.items():
        values = {
            question: DONT_KNOW if value == "dont_know" else choose(*sorted(value))
            for question, value in chosen.items()
        }
        response = make_response(wave, code, answers=values, covers=covers if code in REGIONS else ())
        if status != "draft":
            response = submit_response(response, by=None, at=NOW)
        if status == "excluded":
            exclude_response(response, by=None, reason="Test", at=NOW)


def keep_asked(chosen):
    """The routing of the small survey, by hand."""
    asked = dict(chosen)
    if "ja" not in asked.get("beperkt", ()):
        asked.pop("hoe", None)
    if not {"ja", "overig"} & set(asked.get("poh", ())):
        asked.pop("verzekeraar", None)
    return asked


class Recount:
    def __init__(self, world):
        self.places = {place.code: place for place in list_municipalities(DATE)}
        self.submitted = {
            code: (covers, chosen)
            for code, (status, covers, chosen) in world.items()
            if status == "submitted"
        }
        self.names = {
            "size_class": dict(SizeClass.objects.values_list("code", "name")),
            "youth_region": dict(YouthRegion.objects.values_list("code", "name")),
            "province": dict(Province.objects.values_list("code", "name")),
        }

    def name_groups(self, codes):
        """The names of the groups that municipalities have in common, and what it is called when they do not."""
        mixed = {
            "size_class": "Meerdere grootteklassen",
            "youth_region": "Meerdere jeugdregio's",
            "province": "Meerdere provincies",
        }
        groups = {}
        for dimension, names in self.names.items():
            found = {names[getattr(self.places[code], f"{dimension}_code")] for code in codes}
            groups[dimension] = found.pop() if len(found) == 1 else mixed[dimension]
        return groups

    def list_units(self, unit):
        """(groups per question, weight, what holds per question) of every unit."""
        if unit == "response":
            for code, (covers, chosen) in self.submitted.items():
                kind = "Jeugdregio" if code in REGIONS else "Gemeente"
                groups = {**self.name_groups(covers), "respondent_type": kind}
                yield (dict.fromkeys(chosen, groups), 1, keep_asked(chosen))
            return
        covered = sorted({code for covers, _ in self.submitted.values() for code in covers})
        for code in covered:
            own = self.submitted.get(code, ((), {}))[1]
            regional = next(
                (
                    chosen
                    for region, (covers, chosen) in self.submitted.items()
                    if region in REGIONS and code in covers
                ),
                {},
            )
            holding = keep_asked({**keep_asked(regional), **keep_asked(own)})
            groups = {
                question: {
                    **self.name_groups([code]),
                    "respondent_type": "Eigen antwoord van de gemeente"
                    if question in keep_asked(own)
                    else "Via de jeugdregio",
                }
                for question in holding
            }
            yield groups, self.places[code].population if unit == "inhabitants" else 1, holding

    def count(self, unit, dimensions):
        """n per (question, option, groups) and base per (question, groups); a group is (dimension, name)."""
        counted, bases = defaultdict(int), defaultdict(int)
        for groups, weight, holding in self.list_units(unit):
            for question, chosen in holding.items():
                for breakdown in list_breakdowns(len(dimensions)):
                    key = tuple((dimensions[axis], groups[question][dimensions[axis]]) for axis in breakdown)
                    if chosen == "dont_know":
                        counted[question, "#weet_niet", key] += weight
                        continue
                    bases[question, key] += weight
                    for option in chosen:
                        counted[question, option, key] += weight
        return counted, bases


@pytest.fixture
def wave():
    return make_wave(reference_date=DATE)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    world=worlds(),
    unit=st.sampled_from(["response", "municipality", "inhabitants"]),
    dimensions=st.sampled_from(BREAKDOWNS),
)
def test_every_figure_is_what_a_naive_recount_finds(wave, world, unit, dimensions):
    with transaction.atomic():
        build(wave, world)
        table = count_answers(wave, unit=unit, dimensions=dimensions)
        counted, bases = Recount(world).count(unit, dimensions)
        transaction.set_rollback(True)

    seen = set()
    for row in table.rows:
        key = tuple(
            pair for pair in ((row.dimension_1, row.group_1), (row.dimension_2, row.group_2)) if pair[0]
        )
        n, base = counted.get((row.question, row.option, key), 0), bases.get((row.question, key), 0)
        seen |= {(row.question, row.option, key)}
        if row.is_choice and base:
            assert (row.n, row.base, row.share, row.status) == (n, base, n / base, "ok")
        elif row.is_missing_kind and (base or n):
            assert (row.n, row.base, row.status) == (n, None, "ok")
        else:
            assert (row.n, row.share, row.status) == (None, None, "no_data")
    assert seen >= set(counted)
    assert len(seen) == len(table.rows)
    assert {question for question, _, _ in seen} == set(DEFINITION.questions)
