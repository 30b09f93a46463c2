import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from surveys.questionnaire import caveats
from surveys.questionnaire.models import FrameMunicipality
from surveys.responses.lifecycle.submission import exclude_response, reopen_response, submit_response
from surveys.results.counting import count_answers
from tests.responses.factories import (
    DEFINITION,
    DONT_KNOW,
    MEMBER,
    NOW,
    OTHER_MEMBER,
    REGION,
    STRANGER,
    answer,
    choose,
    count,
    make_definition,
    make_question,
    make_response,
    make_wave,
    write,
)

pytestmark = pytest.mark.django_db

YES = {"beperkt": choose("ja"), "poh": choose("nee")}
NO = {"beperkt": choose("nee"), "poh": choose("nee")}
MEMBERS = (MEMBER, OTHER_MEMBER)


@pytest.fixture
def wave():
    return make_wave()


@pytest.fixture(autouse=True)
def _no_caveats(monkeypatch):
    """Other apps add their own caveats, each with its own query."""
    monkeypatch.setattr(caveats, "caveat_sources", [])


def submit(wave, organisation, answers, *, covers=()):
    return submit_response(make_response(wave, organisation, answers=answers, covers=covers), by=None, at=NOW)


def list_figures(table, question, option, *, dimensions=()):
    """(n, base) per group, groups by their names."""
    return {
        (row.group_1, row.group_2) if row.group_2 else row.group_1: (row.n, row.base)
        for row in table.rows
        if (row.question, row.option, row.dimensions) == (question, option, dimensions)
    }


def count_total(wave, question, option, *, unit="response"):
    return list_figures(count_answers(wave, unit=unit), question, option)[""]


def population(wave, *codes):
    return sum(
        FrameMunicipality.objects.filter(wave=wave, municipality__in=codes).values_list(
            "population", flat=True
        )
    )


def test_one_regional_answer_is_one_response_and_as_many_municipalities_as_it_covers(wave):
    submit(wave, REGION, YES, covers=MEMBERS)
    submit(wave, STRANGER, NO)

    assert count_total(wave, "beperkt", "ja", unit="response") == (1, 2)
    assert count_total(wave, "beperkt", "ja", unit="municipality") == (2, 3)
    assert count_total(wave, "beperkt", "ja", unit="inhabitants") == (
        population(wave, *MEMBERS),
        population(wave, *MEMBERS, STRANGER),
    )


def test_a_municipality_covered_twice_counts_once_with_its_own_answer(wave):
    submit(wave, REGION, YES, covers=MEMBERS)
    submit(wave, MEMBER, NO)

    assert count_total(wave, "beperkt", "ja", unit="municipality") == (1, 2)
    assert count_total(wave, "beperkt", "nee", unit="inhabitants") == (
        population(wave, MEMBER),
        population(wave, *MEMBERS),
    )


def test_drafts_and_excluded_responses_are_left_out_of_every_figure(wave):
    submit(wave, REGION, YES, covers=[OTHER_MEMBER])
    expected = {
        unit: count_answers(wave, unit=unit).rows for unit in ("response", "municipality", "inhabitants")
    }

    make_response(wave, STRANGER, answers=YES | {"knelpunten": write("concept")})
    excluded = submit(wave, MEMBER, NO | {"kosten": count("987654321")})
    exclude_response(excluded, by=None, reason="Dubbel ingevuld", at=NOW)

    for unit, rows in expected.items():
        assert count_answers(wave, unit=unit).rows == rows


def test_a_reopened_response_counts_again_once_it_is_submitted_again(wave):
    response = submit(wave, MEMBER, YES)
    reopen_response(response, by=None, reason="Vergissing", at=NOW)
    assert count_total(wave, "beperkt", "ja") == (None, 0)

    answer(response, {"beperkt": choose("nee")})
    submit_response(response, by=None, at=NOW)

    assert count_total(wave, "beperkt", "nee") == (1, 1)


@pytest.mark.parametrize("unit", ["response", "municipality"])
def test_an_answer_hidden_by_the_routing_does_not_count(wave, unit):
    response = make_response(wave, MEMBER, answers=YES | {"hoe": choose("school")})
    answer(response, {"beperkt": choose("nee")})
    submit_response(response, by=None, at=NOW)

    assert count_total(wave, "hoe", "school", unit=unit) == (None, 0)


@pytest.mark.parametrize("unit", ["response", "municipality"])
def test_more_answers_count_each_but_the_base_counts_who_answered(wave, unit):
    submit(wave, MEMBER, YES | {"hoe": choose("school", "wijk"), "uitleg": write("Zo.")})
    submit(wave, STRANGER, YES | {"hoe": choose("school")})

    assert count_total(wave, "hoe", "school", unit=unit) == (2, 2)
    assert count_total(wave, "hoe", "wijk", unit=unit) == (1, 2)
    assert count_total(wave, "hoe", "anders", unit=unit) == (0, 2)


@pytest.mark.parametrize("unit", ["response", "municipality"])
def test_dont_know_is_counted_apart_from_the_base(wave, unit):
    submit(wave, MEMBER, NO)
    submit(wave, STRANGER, NO | {"beperkt": DONT_KNOW})

    assert count_total(wave, "beperkt", "nee", unit=unit) == (1, 1)
    assert count_total(wave, "beperkt", "#weet_niet", unit=unit) == (1, None)


def test_an_open_question_counts_who_filled_it_in(wave):
    submit(wave, MEMBER, NO | {"knelpunten": write("Te weinig tijd."), "kosten": count("12.50")})
    submit(wave, STRANGER, NO)

    assert count_total(wave, "knelpunten", "#ingevuld") == (1, 1)
    assert count_total(wave, "kosten", "#ingevuld", unit="inhabitants") == (population(wave, MEMBER),) * 2


def test_groups_of_a_response_and_of_a_municipality(wave):
    """Leiden (124.000 inhabitants) and Hillegom, small, in one region; Zaanstad on its own."""
    submit(wave, REGION, YES, covers=MEMBERS)
    submit(wave, STRANGER, NO)

    responses = count_answers(wave, unit="response", dimensions=["size_class", "respondent_type"])
    municipalities = count_answers(wave, unit="municipality", dimensions=["respondent_type", "province"])

    assert list_figures(responses, "beperkt", "ja", dimensions=("size_class",)) == {
        "Minder dan 50.000 inwoners": (None, 0),
        "50.000 tot 100.000 inwoners": (None, 0),
        "100.000 inwoners of meer": (0, 1),
        "Meerdere grootteklassen": (1, 1),
    }
    assert list_figures(responses, "beperkt", "ja", dimensions=("respondent_type",)) == {
        "Gemeente": (0, 1),
        "Jeugdregio": (1, 1),
    }
    crossed = list_figures(municipalities, "beperkt", "ja", dimensions=("respondent_type", "province"))
    assert {groups: figure for groups, figure in crossed.items() if figure != (None, 0)} == {
        ("Eigen antwoord van de gemeente", "Noord-Holland"): (0, 1),
        ("Via de jeugdregio", "Zuid-Holland"): (2, 2),
    }


def test_every_group_of_the_frame_is_in_the_table(wave):
    table = count_answers(wave, unit="municipality", dimensions=["youth_region"])

    groups = list(list_figures(table, "poh", "ja", dimensions=("youth_region",)))
    assert len(groups) == 42
    assert groups == sorted(groups, key=str.casefold)


def test_the_table_says_what_was_counted(wave, monkeypatch):
    monkeypatch.setattr(caveats, "caveat_sources", [lambda wave: [f"Let op: {wave.code}."]])
    submit(wave, REGION, YES, covers=MEMBERS)

    table = count_answers(wave, unit="response", dimensions=["province"])

    assert (table.wave, table.wave_title, table.version) == ("proef", "Proefmeting", 1)
    assert (table.unit, table.dimensions, table.reference_date) == (
        "response",
        ("province",),
        wave.reference_date,
    )
    assert table.caveats == ("Let op: proef.",)
    assert table.base_rule.startswith("De basis is het aantal ingediende reacties")
    assert table.municipalities == {"beperkt": 2, "poh": 2}
    assert table.routing["sinds"] == "Alleen gesteld na „Ja” op de vraag „Vraag poh?”."
    assert "poh" not in table.routing
    assert list(dict.fromkeys(row.question for row in table.rows)) == list(DEFINITION.questions)


def test_only_the_questions_asked_for(wave):
    submit(wave, MEMBER, NO)

    table = count_answers(wave, unit="response", questions=["poh", "beperkt"])

    assert list(dict.fromkeys(row.question for row in table.rows)) == ["beperkt", "poh"]
    assert set(table.municipalities) == {"beperkt", "poh"}


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"unit": "person"}, ValueError),
        ({"unit": "response", "dimensions": ["colour"]}, ValueError),
        ({"unit": "response", "dimensions": ["province", "province"]}, ValueError),
        ({"unit": "response", "dimensions": ["province", "size_class", "youth_region"]}, ValueError),
        ({"unit": "response", "questions": ["poh", "bestaat_niet"]}, KeyError),
    ],
)
def test_what_cannot_be_counted_is_refused(wave, wrong, error):
    with pytest.raises(error):
        count_answers(wave, **wrong)


def test_another_wave_is_another_count(wave):
    submit(wave, MEMBER, YES)
    other = make_wave(code="later")
    submit(other, MEMBER, NO)
    submit(other, STRANGER, NO)

    assert count_total(wave, "beperkt", "ja", unit="municipality") == (1, 1)
    assert (
        count_total(other, "beperkt", "nee", unit="inhabitants") == (population(other, MEMBER, STRANGER),) * 2
    )


LONG = make_definition(
    ("lang", tuple(make_question(f"vraag{number}", "single", options=("ja", "nee")) for number in range(40)))
)


@pytest.mark.parametrize("definition", [DEFINITION, LONG], ids=["9 questions", "40 questions"])
@pytest.mark.parametrize("responses", [1, 3])
def test_the_number_of_queries_is_fixed(definition, responses):
    wave = make_wave(definition)
    answers = NO if definition is DEFINITION else {code: choose("ja") for code in definition.questions}
    for organisation in (REGION, MEMBER, STRANGER)[:responses]:
        submit(wave, organisation, answers, covers=MEMBERS if organisation == REGION else ())
    count_answers(wave, unit="response")  # the definition is read once and remembered

    counted = {}
    closed = f"question:{next(iter(answers))}"
    for unit in ("response", "municipality", "inhabitants"):
        for dimensions in ((), ("province",), ("youth_region", closed)):
            with CaptureQueriesContext(connection) as queries:
                count_answers(wave, unit=unit, dimensions=dimensions)
            counted[unit, len(dimensions)] = len(queries)

    # The small survey has more: which open questions have themes, and the numbers; for who stands for municipalities
    # also what is disputed and, for the intervals, the frame and who speaks for it. On SQLite responses have parts.
    parts_or_frame = {"response": int(connection.vendor == "sqlite"), "municipality": 3, "inhabitants": 3}
    more = {"response": 2, "municipality": 2, "inhabitants": 1} if definition is DEFINITION else {}
    assert counted == {
        (unit, dimensions): 5 + min(dimensions, 1) + more.get(unit, 0) + parts_or_frame[unit]
        for unit in ("response", "municipality", "inhabitants")
        for dimensions in (0, 1, 2)
    }
