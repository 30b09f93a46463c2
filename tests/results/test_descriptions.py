import re
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.questionnaire.definition import ConditionDefinition, Definition, SectionDefinition
from surveys.results.descriptions import (
    describe_breakdown,
    describe_routing,
    describe_total,
    list_coding_remarks,
)
from surveys.results.notation import format_share
from surveys.results.protection.protecting import NOTE_WITHHELD
from tests.results.tables import make_question, make_table, withhold

OPTIONS = ("Ja", "Nee", "Overig")
SPACE = "\N{NO-BREAK SPACE}"


def describe(counts, *, options=OPTIONS, unit="response", inhabitants=1):
    table = make_table(make_question(*options), {"": counts}, unit=unit, inhabitants=inhabitants)
    return describe_total([row for row in table.rows if row.is_choice]).replace(SPACE, " ")


def describe_provinces(counts):
    table = make_table(make_question("Ja", "Nee"), counts)
    rows = [row for row in table.rows if row.option == "ja" and row.group_1]
    return describe_breakdown(rows, dimension="provincie").replace(SPACE, " ")


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        (
            {"ja": 33, "nee": 18, "overig": 0},
            (
                "„Ja” komt het meest voor (33 van de 51 reacties, 65 %), "
                "„Overig” het minst (0 van de 51 reacties, 0 %)."
            ),
        ),
        (
            {"ja": 2, "nee": 2, "overig": 1},
            (
                "„Ja” en „Nee” komen het meest voor (elk 2 van de 5 reacties, 40 %), "
                "„Overig” het minst (1 van de 5 reacties, 20 %)."
            ),
        ),
        (
            {"ja": 3, "nee": 1, "overig": 1},
            (
                "„Ja” komt het meest voor (3 van de 5 reacties, 60 %), "
                "„Nee” en „Overig” het minst (elk 1 van de 5 reacties, 20 %)."
            ),
        ),
        (
            {"ja": 4, "nee": 4, "overig": 4},
            "„Ja”, „Nee” en „Overig” komen even vaak voor (elk 4 van de 12 reacties, 33 %).",
        ),
        ({"dont_know": 9}, "Niemand heeft deze vraag beantwoord."),
    ],
)
def test_total(counts, sentence):
    assert describe(counts) == sentence


def test_two_options_are_compared():
    sentence = "„Nee” komt vaker voor dan „Ja”: 4 tegen 1 van de 5 reacties (80 % tegen 20 %)."

    assert describe({"ja": 1, "nee": 4}, options=("Ja", "Nee")) == sentence


def test_one_option():
    assert describe({"ja": 1}, options=("Ja",)) == "„Ja” geldt voor 1 van de 1 reactie (100 %)."


def test_inhabitants_in_dutch_notation():
    sentence = describe({"ja": 3, "nee": 1}, options=("Ja", "Nee"), unit="inhabitants", inhabitants=411_000)

    assert "1.233.000 tegen 411.000 van de 1.644.000 inwoners (75 % tegen 25 %)" in sentence


def test_a_withheld_total_says_why():
    table = withhold(make_table(make_question("Ja", "Nee"), {"": {"ja": 1}}))

    assert describe_total(table.rows) == NOTE_WITHHELD


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        (
            {"Drenthe": {"ja": 1, "nee": 3}, "Utrecht": {"ja": 4}, "Zeeland": {"ja": 1, "nee": 1}},
            "Per provincie loopt „Ja” uiteen van 25 % (Drenthe) tot 100 % (Utrecht).",
        ),
        (
            {"Drenthe": {"ja": 1, "nee": 3}, "Utrecht": {"ja": 2, "nee": 6}, "Zeeland": {"ja": 1}},
            "Per provincie loopt „Ja” uiteen van 25 % (Drenthe en Utrecht) tot 100 % (Zeeland).",
        ),
        (
            {name: {"nee": 2} for name in ("Drenthe", "Utrecht", "Zeeland", "Limburg")}
            | {"Fryslân": {"ja": 2}},
            "Per provincie loopt „Ja” uiteen van 0 % (4 groepen) tot 100 % (Fryslân).",
        ),
        (
            {"Drenthe": {"ja": 1, "nee": 2}, "Utrecht": {"ja": 33, "nee": 67}},
            "Per provincie is „Ja” in elke groep met antwoorden even groot: 33 %.",
        ),
        (
            {"Drenthe": {"ja": 1, "nee": 1}, "Utrecht": {}},
            "Alleen in de groep „Drenthe” zijn er antwoorden: „Ja” 50 %.",
        ),
        ({"Drenthe": {}, "Utrecht": {"dont_know": 1}}, "Per provincie zijn er geen antwoorden."),
    ],
)
def test_breakdown(counts, sentence):
    assert describe_provinces(counts) == sentence


@given(st.fixed_dictionaries({option.lower(): st.integers(0, 40) for option in OPTIONS}))
def test_every_sentence_about_a_total_is_true(counts):
    sentence = describe(counts)

    base = sum(counts.values())
    most, least = max(counts.values()), min(counts.values())
    parts = dict(zip(("meest", "minst"), re.split(r"het meest", sentence), strict=False))
    if base == 0:
        assert sentence == "Niemand heeft deze vraag beantwoord."
    elif most == least:
        assert parts["meest"].startswith("„Ja”, „Nee” en „Overig” komen even vaak voor")
    else:
        for option, n in counts.items():
            assert (f"„{option.capitalize()}”" in parts["meest"]) == (n == most)
            assert (f"„{option.capitalize()}”" in parts["minst"]) == (n == least)
    for n, of, percentage in re.findall(r"(\d+) van de (\d+) reacties?, (\d+) %", sentence):
        assert int(of) == base
        assert int(percentage) == int(Fraction(100 * int(n), base) + Fraction(1, 2))


@given(
    st.dictionaries(
        st.sampled_from(["Drenthe", "Utrecht", "Zeeland"]),
        st.tuples(st.integers(0, 30), st.integers(0, 30)),
        min_size=1,
    )
)
def test_every_sentence_about_a_breakdown_is_true(groups):
    sentence = describe_provinces({name: {"ja": yes, "nee": no} for name, (yes, no) in groups.items()})

    shares = {name: yes / (yes + no) for name, (yes, no) in groups.items() if yes + no}
    if "loopt" in sentence:
        low, high = re.search(r"van (.+ %) \(.*\) tot (.+ %) \(", sentence).groups()
        assert low == format_share(min(shares.values())).replace(SPACE, " ")
        assert high == format_share(max(shares.values())).replace(SPACE, " ")
        assert low != high
    else:
        assert len({format_share(share) for share in shares.values()}) <= 1


def test_routing_names_the_question_and_the_answers_that_open_it():
    source = make_question("Ja", "Nee", "Overig")
    asked = replace(
        make_question("Ja", "Nee", code="samen"), conditions=(ConditionDefinition("poh", ("ja", "overig")),)
    )
    section = SectionDefinition("poh-jeugd", "POH", (source, asked))
    definition = Definition("maatregelen", "Maatregelen", 1, (section,))

    assert describe_routing(source, definition=definition) == ""
    assert describe_routing(asked, definition=definition) == (
        "Alleen gesteld na „Ja” of „Overig” op de vraag „Is er een POH?”."
    )


@pytest.mark.parametrize(
    ("unit", "waiting", "sentences"),
    [
        ("response", 0, []),
        ("response", 1, ["Van 1 reactie is de tekst nog niet ingedeeld. Die telt niet mee bij de thema's."]),
        (
            "inhabitants",
            1200,
            ["Van 1.200 gemeenten is de tekst nog niet ingedeeld. Die tellen niet mee bij de thema's."],
        ),
    ],
)
def test_themes_name_their_codebook_and_what_waits_for_coding(unit, waiting, sentences):
    source, *rest = list_coding_remarks(unit=unit, version=3, waiting=waiting)

    assert source.endswith("met versie 3 van het codeboek.")
    assert rest == sentences
