"""A region speaks for its members on the reference date, through mergers, moves and splits; real territory."""

from datetime import date

import pytest

from surveys.accounts.models import Organisation
from surveys.responses.lifecycle.positions import dispute_answer, take_over_section
from surveys.responses.lifecycle.refusals import ActionRefused
from surveys.responses.lifecycle.starting import save_coverage, start_response
from surveys.responses.lifecycle.submission import submit_response
from surveys.responses.region_queries import find_region_response, list_standings
from surveys.results.counting import count_answers
from tests.responses.factories import (
    COMPLETE,
    NOW,
    REGION,
    choose,
    make_response,
    make_wave,
)
from tests.responses.regions import deviate, list_statements, show_provenance

pytestmark = pytest.mark.django_db

# Rijnmond, of which three members merged into Voorne aan Zee on 1 January 2023.
MERGING_REGION = "JZ29"
BRIELLE, HELLEVOETSLUIS, WESTVOORNE, VOORNE_AAN_ZEE = "GM0501", "GM0530", "GM0614", "GM1992"
# Voorschoten was a member of JZ24 and is one of Holland Rijnland since 2024.
FORMER_REGION, VOORSCHOTEN = "JZ24", "GM0626"
# Weesp was in JZ16 until it became part of Amsterdam on 24 March 2022.
WEESP_REGION, WEESP = "JZ16", "GM0457"
# Haaren was split among four others on 1 January 2021, before any membership of a region is known.
HAAREN = "GM0788"


def make_wave_on(day):
    return make_wave(code=f"op-{day:%Y-%m-%d}", reference_date=day)


def count_municipalities(wave, option):
    table = count_answers(wave, unit="municipality", questions=["poh"])
    return next(row.n for row in table.rows if row.option == option)


def test_a_merger_leaves_each_wave_with_the_members_it_had():
    before, after = make_wave_on(date(2022, 1, 1)), make_wave_on(date(2023, 1, 1))
    three = make_response(
        before, MERGING_REGION, answers=COMPLETE, covers=[BRIELLE, HELLEVOETSLUIS, WESTVOORNE]
    )
    one = make_response(after, MERGING_REGION, answers=COMPLETE, covers=[VOORNE_AAN_ZEE])
    deviate(three, BRIELLE, {"poh": choose("overig"), "verzekeraar": choose("ja")})
    take_over_section(three, municipality=WESTVOORNE, section="huisarts", by=None, at=NOW)
    for response in (three, one):
        submit_response(response, by=None, at=NOW)
    assert show_provenance(before, BRIELLE)["poh"] == "overridden"
    assert show_provenance(before, HELLEVOETSLUIS)["poh"] == "inherited"
    assert "poh" not in show_provenance(before, WESTVOORNE)
    assert show_provenance(after, VOORNE_AAN_ZEE)["poh"] == "inherited"
    assert [count_municipalities(before, option) for option in ("nee", "overig")] == [1, 1]
    assert [count_municipalities(after, option) for option in ("nee", "overig")] == [1, 0]


@pytest.mark.parametrize(
    ("day", "gone"),
    [(date(2023, 1, 1), BRIELLE), (date(2022, 1, 1), VOORNE_AAN_ZEE)],
    ids=["ended before", "does not exist yet"],
)
def test_nobody_speaks_for_a_municipality_that_does_not_exist_on_the_reference_date(day, gone):
    response = make_response(make_wave_on(day), MERGING_REGION)
    with pytest.raises(ActionRefused, match="peildatum"):
        save_coverage(response, municipality_codes=[gone], by=None, at=NOW)


def test_a_member_that_moved_is_spoken_for_by_its_region_of_that_date():
    waves = {FORMER_REGION: make_wave_on(date(2022, 1, 1)), REGION: make_wave_on(date(2025, 1, 1))}
    for region, wave in waves.items():
        response = make_response(wave, region, answers=COMPLETE, covers=[VOORSCHOTEN])
        assert find_region_response(wave, municipality_code=VOORSCHOTEN) == response
        assert [each.name for each in list_standings(response)] == ["Voorschoten"]
    for region, wave in zip(waves, reversed(waves.values()), strict=True):
        stranger = make_response(wave, region)
        with pytest.raises(ActionRefused, match="peildatum"):
            save_coverage(stranger, municipality_codes=[VOORSCHOTEN], by=None, at=NOW)
    former = find_region_response(waves[FORMER_REGION], municipality_code=VOORSCHOTEN)
    seen = list_statements(former, VOORSCHOTEN)["poh"].current
    dispute_answer(
        former, municipality=VOORSCHOTEN, question="poh", seen=seen, reason="Nee.", by=None, at=NOW
    )
    current = find_region_response(waves[REGION], municipality_code=VOORSCHOTEN)
    assert list_statements(current, VOORSCHOTEN)["poh"].standing == "unseen"


def test_a_municipality_that_ended_during_the_year():
    response = make_response(make_wave_on(date(2022, 1, 1)), WEESP_REGION, answers=COMPLETE, covers=[WEESP])
    submit_response(response, by=None, at=NOW)
    assert show_provenance(response.wave, WEESP)["poh"] == "inherited"
    later = make_response(make_wave_on(date(2022, 4, 1)), WEESP_REGION)
    with pytest.raises(ActionRefused, match="peildatum"):
        save_coverage(later, municipality_codes=[WEESP], by=None, at=NOW)


def test_before_memberships_are_known_a_region_is_not_asked_and_a_split_one_is():
    before, after = make_wave_on(date(2020, 1, 1)), make_wave_on(date(2021, 1, 1))
    with pytest.raises(ActionRefused, match="hoort niet"):
        start_response(before, organisation=Organisation.objects.get(pk=REGION), by=None, at=NOW)
    assert before.frame.filter(municipality=HAAREN).exists()
    assert not after.frame.filter(municipality=HAAREN).exists()
    assert find_region_response(before, municipality_code=HAAREN) is None
