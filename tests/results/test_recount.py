"""Every figure of a random small world, counted a second time in plain Python, without the database's help."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.responses.lifecycle.submission import exclude_response, submit_response
from surveys.results import sources
from surveys.results.aggregation import list_breakdowns
from surveys.results.counting import count_answers
from surveys.territory.models import Province, SizeClass, YouthRegion
from surveys.territory.queries import list_municipalities
from tests.responses.factories import DEFINITION, DONT_KNOW, NOW, choose, make_response, make_wave
from tests.responses.factories import count as number

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
    ["question:beperkt"],
    ["question:hoe:school"],
    ["question:poh", "province"],
    ["question:hoe:wijk", "question:beperkt"],
    ["respondent_type", "question:poh"],
]
NO_ANSWER = "Geen antwoord op deze vraag"
SUMMARIES = ("#som", "#gemiddelde", "#mediaan", "#kwartiel_1", "#kwartiel_3")

single = st.sampled_from(["ja", "nee"])
numbers = st.integers(0, 40).map(lambda tenths: Decimal(tenths) / 10)
answers = st.fixed_dictionaries(
    {"beperkt": st.sampled_from(["ja", "nee", "dont_know"]), "poh": st.sampled_from(["ja", "nee", "overig"])},
    optional={
        "hoe": st.sets(st.sampled_from(["school", "wijk"]), min_size=1),
        "verzekeraar": single,
        "fte": numbers,
        "kosten": numbers,
        "sinds": st.integers(2015, 2022).map(Decimal),
    },
)
statuses = st.sampled_from(["draft", "submitted", "submitted", "submitted", "excluded"])


@st.composite
def worlds(draw):
    """{organisation: (status, municipality codes, {question: option codes, a number or "dont_know"})}."""
    world = {}
    for code in draw(st.sets(st.sampled_from([*MUNICIPALITIES, *REGIONS]))):
        values = draw(answers)
        if values["poh"] in ("ja", "overig"):
            values.setdefault("verzekeraar", draw(single))
        covers = draw(st.sets(st.sampled_from(REGIONS[code]), min_size=1)) if code in REGIONS else {code}
        chosen = {
            question: value if isinstance(value, set | Decimal) or value == "dont_know" else {value}
            for question, value in values.items()
        }
        world[code] = (draw(statuses), covers, chosen)
    return world


def build(wave, world):
    for code, (status, covers, chosen) in world.items():
        values = {question: fill_in(value) for question, value in chosen.items()}
        response = make_response(wave, code, answers=values, covers=covers if code in REGIONS else ())
        if status != "draft":
            response = submit_response(response, by=None, at=NOW)
        if status == "excluded":
            exclude_response(response, by=None, reason="Test", at=NOW)


def fill_in(value):
    if value == "dont_know":
        return DONT_KNOW
    return number(value) if isinstance(value, Decimal) else choose(*sorted(value))


def find_asked(chosen):
    """The questions that the routing of the small survey asks, by hand."""
    asked = {"beperkt", "knelpunten", "poh", "kosten"}
    if "ja" in chosen.get("beperkt", ()):
        asked |= {"hoe", "fte"}
        if {"wijk", "anders"} & set(chosen.get("hoe", ())):
            asked.add("uitleg")
    if {"ja", "overig"} & set(chosen.get("poh", ())):
        asked.add("verzekeraar")
    if "ja" in chosen.get("poh", ()):
        asked.add("sinds")
    return asked


def keep_asked(chosen):
    return {question: value for question, value in chosen.items() if question in find_asked(chosen)}


def name_answer_groups(holding):
    """The groups that the answers of a unit put it in."""
    groups = {}
    for question in ("beperkt", "poh"):
        value = holding.get(question, "dont_know")
        groups[f"question:{question}"] = NO_ANSWER if value == "dont_know" else min(value).capitalize()
    for option in ("school", "wijk"):
        chose = "Gekozen" if option in holding.get("hoe", ()) else "Niet gekozen"
        groups[f"question:hoe:{option}"] = chose if "hoe" in holding else NO_ANSWER
    return groups


def summarise(values):
    """Quartiles as the definition of type 7 has them: between the two values around place (n - 1) p."""
    values = sorted(values)

    def quantile(p):
        place = (len(values) - 1) * p
        below = int(place)
        above = min(below + 1, len(values) - 1)
        return values[below] + (values[above] - values[below]) * (place - below)

    return {
        "#som": sum(values),
        "#gemiddelde": sum(values) / len(values),
        "#mediaan": quantile(Decimal("0.5")),
        "#kwartiel_1": quantile(Decimal("0.25")),
        "#kwartiel_3": quantile(Decimal("0.75")),
    }


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
        """(territory, respondent type per answered question, weight, what holds, the questions it answered itself)."""
        if unit == "response":
            for code, (covers, chosen) in self.submitted.items():
                kind = "Jeugdregio" if code in REGIONS else "Gemeente"
                types = dict.fromkeys(DEFINITION.questions, kind)
                yield self.name_groups(covers), types, 1, keep_asked(chosen), set(chosen)
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
            types = {
                question: "Eigen antwoord van de gemeente"
                if question in keep_asked(own)
                else "Via de jeugdregio"
                for question in holding
            }
            weight = self.places[code].population if unit == "inhabitants" else 1
            yield self.name_groups([code]), types, weight, holding, set(keep_asked(own))

    def count(self, unit, dimensions):
        """n per (question, option, groups), base and numbers per (question, groups); a group is (dimension, name)."""
        counted, bases, filled_in = defaultdict(int), defaultdict(int), defaultdict(list)
        for territory, types, weight, holding, own in self.list_units(unit):
            for question in DEFINITION.questions:
                groups = {
                    **territory,
                    **name_answer_groups(holding),
                    "respondent_type": types.get(question),
                }
                for breakdown in list_breakdowns(len(dimensions)):
                    key = tuple((dimensions[axis], groups[dimensions[axis]]) for axis in breakdown)
                    if any(name is None for _, name in key):
                        continue
                    outcomes, is_base = self.list_outcomes(question, holding)
                    for outcome in outcomes:
                        counted[question, outcome, key] += weight
                    bases[question, key] += weight * is_base
                    if isinstance(holding.get(question), Decimal) and question in own:
                        filled_in[question, key].append(holding[question])
        return counted, bases, filled_in

    def list_outcomes(self, question, holding):
        """The codes of the rows that the unit is in, and whether it is in the base."""
        if question not in holding:
            return ["#niet_ingevuld" if question in find_asked(holding) else "#niet_gesteld"], False
        if holding[question] == "dont_know":
            return ["#weet_niet"], False
        if isinstance(holding[question], Decimal):
            return ["#ingevuld"], True
        return holding[question], True


@pytest.fixture
def wave():
    return make_wave(reference_date=DATE)


@pytest.fixture(params=[2, sources.PART], ids=["in parts of two", "in one part"])
def _parts(request, monkeypatch):
    monkeypatch.setattr(sources, "PART", request.param)


@pytest.mark.usefixtures("_parts")
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
        counted, bases, filled_in = Recount(world).count(unit, dimensions)
        transaction.set_rollback(True)

    seen = set()
    for row in table.rows:
        key = tuple(
            pair for pair in ((row.dimension_1, row.group_1), (row.dimension_2, row.group_2)) if pair[0]
        )
        n, base = counted.get((row.question, row.option, key), 0), bases.get((row.question, key), 0)
        seen |= {(row.question, row.option, key)}
        if row.option in SUMMARIES:
            values = filled_in.get((row.question, key), [])
            assert (row.n or 0, row.base) == (len(values), len(values))
            assert row.value == (pytest.approx(float(summarise(values)[row.option])) if values else None)
            assert row.status == ("ok" if values else "no_data")
        elif row.is_choice and base:
            assert (row.n, row.base, row.share, row.status) == (n, base, n / base, "ok")
        elif row.option == "#ingevuld" and base:
            assert (row.n, row.base, row.share, row.status) == (base, base, None, "ok")
        elif row.is_missing_kind and (base or n or is_about_who_delivered(row, key, counted)):
            assert (row.n, row.base, row.status) == (n, None, "ok")
        else:
            assert (row.n, row.share, row.status) == (None, None, "no_data")
    assert seen >= {key for key, n in counted.items() if n}
    assert len(seen) == len(table.rows)
    assert {question for question, _, _ in seen} == set(DEFINITION.questions)
    assert ("kosten", "#som", ()) in seen or unit == "inhabitants"


def is_about_who_delivered(row, key, counted):
    """Whether the row counts who gave no answer, and anybody who delivered is in the group."""
    return row.option in ("#niet_ingevuld", "#niet_gesteld") and any(
        question == row.question and group == key for question, _, group in counted
    )
