"""An open question whose answers were put into themes counts exactly as a closed one with more answers does."""

from itertools import product

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from surveys.coding.lifecycle.releasing import release_counts, withdraw_counts
from surveys.coding.lifecycle.rounds import begin_settling, start_round
from surveys.questionnaire import caveats
from surveys.questionnaire.lifecycle import close_wave
from surveys.responses.lifecycle.positions import dispute_answer
from surveys.responses.lifecycle.submission import exclude_response, reopen_response, submit_response
from surveys.responses.models import Answer
from surveys.results.counting import count_answers
from surveys.results.figures import build_figures
from surveys.results.publication import public_table
from tests.coding.factories import MUNICIPALITIES, QUESTION, THEMES, assign, code, make_codebook
from tests.responses.factories import (
    COMPLETE,
    MEMBER,
    OTHER_MEMBER,
    STRANGER,
    answer,
    choose,
    make_definition,
    make_question,
    make_response,
    make_wave,
    write,
)
from tests.responses.regions import deviate, make_region_response, see
from tests.results.drawings import read_lines
from tests.results.release.factories import publish_wave

pytestmark = pytest.mark.django_db

CLOSED = "aangevinkt"
SOURCE = (
    "Dit zijn antwoorden in eigen woorden. "
    "Onderzoekers hebben ze ingedeeld in thema's, met versie 1 van het codeboek."
)
SPACE = "\N{NO-BREAK SPACE}"
UNITS = ("response", "municipality", "inhabitants")
BREAKDOWNS = ((), ("province",), ("size_class",), ("respondent_type",), ("youth_region", "size_class"))
DEFINITION = make_definition(
    (
        "toegang",
        (
            make_question("beperkt", "single", options=("ja", "nee"), required=True),
            make_question(CLOSED, "multiple", options=THEMES),
            make_question(QUESTION, missing=("dont_know",)),
        ),
    ),
    ("huisarts", (make_question("poh", "single", options=("ja", "nee"), required=True),)),
)


@pytest.fixture(autouse=True)
def _no_caveats(monkeypatch):
    """Other apps add their own caveats, each with its own query."""
    monkeypatch.setattr(caveats, "caveat_sources", [])


@pytest.fixture
def wave():
    return make_wave(DEFINITION)


def say(*themes):
    """The same twice: ticked, and in words."""
    return COMPLETE | {CLOSED: choose(*themes), QUESTION: write(" ".join(themes))}


def submit(wave, organisation, *themes):
    return submit_response(make_response(wave, organisation, answers=say(*themes)), by=None)


def code_all(wave, *, but=()):
    """A round, ready to be released, in which two coders go by the words of a text."""
    coding_round = start_round(wave, version=make_codebook(), by=None)
    for name in ("Anna", "Bert"):
        assignment = assign(coding_round, name)
        for text in Answer.objects.filter(response__wave=wave, question__code=QUESTION).exclude(text=""):
            if text.response.organisation_id not in but:
                code(assignment, text, *text.text.split())
    return begin_settling(coding_round, by=None)


def release(wave, **rest):
    return release_counts(code_all(wave, **rest), by=None)


def list_figures(table, question, *, options=THEMES):
    """Everything that a reader sees of these options, but for the words."""
    return [
        (
            row.option,
            row.dimensions,
            row.group_1,
            row.group_2,
            row.n,
            row.base,
            row.share,
            row.units,
            row.status,
        )
        for row in table.rows
        if row.question == question and row.option in options
    ]


def read_totals(wave, *, unit="response"):
    table = count_answers(wave, unit=unit, questions=[QUESTION])
    return {row.option: (row.n, row.base) for row in table.rows}


@pytest.fixture
def world(wave):
    """A region with a deviation and a dispute, a municipality that answers itself, and others in other provinces."""
    region = make_region_response(wave, answers=say("geld", "wachten"))
    deviate(region, OTHER_MEMBER, {CLOSED: choose("personeel"), QUESTION: write("personeel")})
    submit_response(region, by=None)
    for organisation, themes in zip(
        MUNICIPALITIES, (["geld"], ["wachten"], ["geld", "personeel"], ["wachten"], ["geld"]), strict=False
    ):
        submit(wave, organisation, *themes)
    release(wave)
    for question in (CLOSED, QUESTION):
        dispute_answer(
            region,
            municipality=MEMBER,
            question=question,
            seen=see(region, question, municipality=MEMBER)[question],
            reason="Niet bij ons",
            by=None,
        )
    return wave


def test_themes_count_as_options_do_in_every_unit_and_group(world):
    for unit, dimensions in product(UNITS, BREAKDOWNS):
        table = count_answers(world, unit=unit, dimensions=dimensions)

        themes = list_figures(table, QUESTION)

        assert themes == list_figures(table, CLOSED)
        assert any(n for *_, n, _base, _share, _units, _status in themes)


def test_the_public_sees_as_little_of_small_groups_as_with_options(world):
    close_wave(world)
    publish_wave(world, breakdowns=BREAKDOWNS[1:])
    statuses = set()
    for unit, dimensions in product(UNITS, BREAKDOWNS):
        table = public_table(world, unit=unit, dimensions=dimensions)

        themes = list_figures(table, QUESTION)

        assert themes == list_figures(table, CLOSED)
        statuses |= {status for *_, status in themes}
    assert "suppressed" in statuses


def test_a_small_group_of_coded_texts_withholds_the_number_of_texts_too(wave):
    for organisation in MUNICIPALITIES[:4]:
        submit(wave, organisation, "geld")
    release(wave, but=MUNICIPALITIES[:2])
    close_wave(wave)
    publish_wave(wave, breakdowns=())

    table = public_table(wave, unit="response", questions=[QUESTION])

    assert {(row.n, row.base, row.status) for row in table.rows} == {(None, None, "suppressed")}
    assert (table.municipalities, table.remarks) == ({}, {})


def test_only_released_themes_count(wave):
    submit(wave, MEMBER, "geld")
    coding_round = code_all(wave)
    before = {"#ingevuld": (1, 1), "#weet_niet": (0, None), "#niet_ingevuld": (0, None)}
    assert read_totals(wave) == before

    release_counts(coding_round, by=None)
    assert read_totals(wave) == before | {"geld": (1, 1), "wachten": (0, 1), "personeel": (0, 1)}

    withdraw_counts(coding_round, by=None)
    assert read_totals(wave) == before


def test_what_was_not_coded_is_answered_and_not_in_the_base(wave):
    submit(wave, MEMBER, "geld")
    submit(wave, STRANGER, "geld")
    release(wave, but=[STRANGER])

    assert read_totals(wave)["#ingevuld"] == (2, 2)
    assert read_totals(wave)["geld"] == (1, 1)
    table = count_answers(wave, unit="response", questions=[QUESTION])
    assert table.municipalities == {QUESTION: 1}
    assert table.remarks[QUESTION] == (
        SOURCE,
        "Van 1 reactie is de tekst nog niet ingedeeld. Die telt niet mee bij de thema's.",
    )
    assert "twee onderzoekers" in table.base_rule
    assert "twee onderzoekers" not in count_answers(wave, unit="response", questions=["poh"]).base_rule


def test_a_text_that_changed_has_to_be_coded_again_before_it_counts(wave):
    response = submit(wave, MEMBER, "geld")
    submit(wave, STRANGER, "geld")
    release(wave)
    response = reopen_response(response, by=None, reason="Vergissing")
    assert read_totals(wave)["geld"] == (1, 1)

    answer(response, {QUESTION: write("wachten")})
    submit_response(response, by=None)

    assert read_totals(wave)["#ingevuld"] == (2, 2)
    assert (read_totals(wave)["geld"], read_totals(wave)["wachten"]) == ((1, 1), (0, 1))


@pytest.mark.parametrize("unit", UNITS)
def test_an_excluded_response_is_in_no_figure(wave, unit):
    response = submit(wave, MEMBER, "geld")
    submit(wave, STRANGER, "wachten")
    release(wave)

    exclude_response(response, by=None, reason="Dubbel")

    assert read_totals(wave, unit=unit)["geld"][0] == 0


def test_without_any_coded_text_left_there_is_no_figure(wave):
    response = submit(wave, MEMBER, "geld")
    release(wave)
    reopen_response(response, by=None, reason="Vergissing")
    answer(response, {QUESTION: write("iets anders")})
    submit_response(response, by=None)

    [figure] = build_figures(count_answers(wave, unit="response", questions=[QUESTION]))

    assert figure.description == "Van deze vraag is nog geen tekst ingedeeld in thema's."


def test_the_figure_is_that_of_more_answers_with_words_of_its_own(wave):
    for organisation in MUNICIPALITIES[:3]:
        submit(wave, organisation, "geld")
    submit(wave, MUNICIPALITIES[3], "geld", "wachten")
    release(wave)

    [figure] = build_figures(count_answers(wave, unit="response", questions=[QUESTION]))

    assert figure.base_line == "n = 4 reacties, samen 4 gemeenten"
    assert [line for line in read_lines(figure.chart) if "%" not in line] == ["Geld", "Wachten", "Personeel"]
    assert figure.table.columns == ("Thema", "Aantal reacties", "Aandeel")
    assert figure.table.rows == (
        ("Geld", "4", f"100{SPACE}%"),
        ("Wachten", "1", f"25{SPACE}%"),
        ("Personeel", "0", f"0{SPACE}%"),
        ("Basis: tekst ingedeeld in thema's", "4", ""),
        ("Weet ik niet", "0", "telt niet mee"),
        ("Niet ingevuld", "0", "telt niet mee"),
    )
    assert figure.caveats == (
        SOURCE,
        f"Een tekst kan over meer thema's gaan. De percentages kunnen samen meer dan 100{SPACE}% zijn.",
    )


def test_the_public_page_shows_released_themes_and_offers_them_to_choose(client, wave):
    for organisation in MUNICIPALITIES[:3]:
        submit(wave, organisation, "geld")
    coding_round = code_all(wave)
    close_wave(wave)
    publish_wave(wave, breakdowns=())
    address = f"/resultaten/{wave.code}/"
    assert f'value="{QUESTION}"' not in client.get(address).content.decode()

    release_counts(coding_round, by=None)
    assert f'value="{QUESTION}"' not in client.get(address).content.decode()
    publish_wave(wave, breakdowns=())

    page = client.get(address, {"vraag": QUESTION, "eenheid": "municipality"}).content.decode()
    assert f'<option value="{QUESTION}" selected>' in page
    assert f'id="vraag-{QUESTION}"' in page
    assert "„Geld” komt het meest voor (3 van de 3 gemeenten" in page


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("size", [1, 3])
def test_themes_take_four_queries_more_however_many(wave, unit, size):
    for organisation in MUNICIPALITIES[:size]:
        submit(wave, organisation, *THEMES[:size])

    def count_queries():
        count_answers(wave, unit=unit, dimensions=["province"])
        with CaptureQueriesContext(connection) as queries:
            count_answers(wave, unit=unit, dimensions=["province"])
        return len(queries)

    coding_round = code_all(wave)
    before = count_queries()
    release_counts(coding_round, by=None)

    # The frame and who speaks for it take three: a response has no population, and on SQLite parts.
    expected = 10 if unit != "response" else 7 + (connection.vendor == "sqlite")
    assert (before, count_queries()) == (expected, expected + 4)
