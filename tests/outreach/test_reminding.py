"""Who gets which reminder on which day: every reason, and what may never happen in any plan."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.outreach.reminding import (
    CATCH_UP,
    Addressee,
    Candidate,
    Reach,
    Stage,
    Step,
    bring_forward,
    find_obstacle,
    find_step,
    forecast,
    judge_stage,
    select_day,
)

DEADLINE = date(2026, 12, 20)
DAY = date(2026, 12, 6)
BEGIN = Step(1, Stage.NOT_STARTED, DEADLINE, 14, is_hard=False)
FINISH = Step(2, Stage.STARTED, DEADLINE, 14, is_hard=False)
ANNA, BRAM = Addressee("anna@gemeente.example", "Anna"), Addressee("bram@gemeente.example", "Bram")
LEIDEN = Candidate("GM0546", "Gemeente Leiden", Stage.NOT_STARTED, (ANNA,))


def decide(candidate, *, day=DAY, steps=(BEGIN, FINISH), busy=()):
    (decision,) = select_day(day, steps=steps, candidates=[candidate], busy=busy)
    return decision


def test_who_has_not_started_gets_the_reminder_for_it():
    decision = decide(LEIDEN)
    assert decision.goes
    assert (decision.step, decision.addressees, decision.reason) == (BEGIN, (ANNA,), "")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"stage": Stage.SUBMITTED}, "Heeft de vragenlijst ingediend."),
        ({"stage": Stage.EXCLUDED}, "De reactie blijft buiten beschouwing."),
        ({"stage": Stage.WITHDRAWN}, "Heeft de reactie ingetrokken."),
        ({"speaker": "Jeugdregio Kop"}, "Jeugdregio Kop vult in voor deze gemeente."),
        (
            {"speaker": "Jeugdregio Kop", "speaker_submitted": True},
            "Jeugdregio Kop heeft al ingediend voor deze gemeente.",
        ),
        ({"is_spared": True}, "Alle gemeenten van deze regio hebben zelf al ingediend."),
        ({"is_skipped": True}, "Een onderzoeker slaat deze organisatie over."),
        ({"has_declined": True}, "Liet weten niet mee te doen."),
        ({"addressees": (), "reach": Reach.NO_CONTACT}, "Er is geen contactpersoon."),
        ({"addressees": ()}, "Er is geen contactpersoon."),
        (
            {"addressees": (), "reach": Reach.NOT_INVITED},
            "De contactpersoon heeft nog geen uitnodiging gekregen.",
        ),
        (
            {"addressees": (), "reach": Reach.BOUNCED},
            "De vorige mail kwam terug. Kies eerst een ander adres.",
        ),
        ({"stage": Stage.ALMOST}, "Is bijna klaar. Voor die groep is er nu geen herinnering."),
        ({"skipped_steps": frozenset({1})}, "Een onderzoeker slaat deze herinnering over."),
        ({"received": frozenset({(1, ANNA.address)})}, "Deze herinnering is al verstuurd of staat klaar."),
        ({"reminded_on": {ANNA.address: DAY}}, "Kreeg op 6 december 2026 al een herinnering."),
    ],
)
def test_who_gets_none_and_why(change, reason):
    decision = decide(replace(LEIDEN, **change))
    assert not decision.goes
    assert decision.reason == reason


def test_a_municipality_still_answers_the_sections_it_took_over():
    covered = replace(LEIDEN, speaker="Jeugdregio Kop", speaker_submitted=True, own_sections=1)
    assert find_obstacle(covered) == ""
    assert decide(covered).goes


def test_a_skip_of_another_reminder_and_one_long_ago_keep_nobody_out():
    other = replace(
        LEIDEN,
        skipped_steps=frozenset({7}),
        received=frozenset({(7, ANNA.address)}),
        reminded_on={ANNA.address: DAY - timedelta(days=1)},
    )
    assert decide(other).goes


def test_a_reminder_waits_for_its_day_and_catches_up_a_few_days():
    going = [offset for offset in range(-3, 20) if decide(LEIDEN, day=DAY + timedelta(days=offset)).goes]
    assert going == list(range(CATCH_UP.days + 1))


def test_after_the_deadline_there_is_nothing_to_catch_up():
    last = replace(BEGIN, days_before=1)
    assert last.last_day == DEADLINE
    assert decide(LEIDEN, steps=[last], day=DEADLINE).goes
    assert not decide(LEIDEN, steps=[last], day=DEADLINE + timedelta(days=1)).goes


def test_a_deadline_that_moves_takes_the_day_along():
    moved = replace(BEGIN, deadline=DEADLINE + timedelta(days=30))
    assert not decide(LEIDEN, steps=[moved]).goes
    assert decide(LEIDEN, steps=[moved], day=DAY + timedelta(days=30)).goes


@pytest.mark.parametrize(
    ("deadline", "day"),
    [(date(2026, 4, 2), date(2026, 3, 29)), (date(2026, 10, 29), date(2026, 10, 25))],
)
def test_days_are_counted_on_the_calendar_also_when_the_clock_changes(deadline, day):
    step = replace(BEGIN, deadline=deadline, days_before=4)
    assert step.day == day
    assert decide(LEIDEN, steps=[step], day=day).goes


def test_of_several_that_were_missed_only_the_last_goes():
    older, newer = replace(BEGIN, days_before=16), replace(BEGIN, id=3)
    assert find_step(Stage.NOT_STARTED, steps=[newer, older], day=DAY) is newer
    assert (
        decide(replace(LEIDEN, received=frozenset({(3, ANNA.address)})), steps=[newer, older]).step is newer
    )


def test_who_starts_on_the_day_of_a_reminder_is_not_reminded_to_finish_right_after():
    started = replace(LEIDEN, stage=Stage.STARTED, reminded_on={ANNA.address: DAY})
    decision = decide(started, day=DAY + timedelta(days=1))
    assert (decision.step, decision.reason) == (FINISH, "Kreeg op 6 december 2026 al een herinnering.")


def test_only_who_did_not_get_it_yet_of_a_team_gets_it():
    team = replace(LEIDEN, addressees=(ANNA, BRAM), received=frozenset({(1, ANNA.address)}))
    assert decide(team).addressees == (BRAM,)
    assert decide(replace(team, received=frozenset()), busy=[BRAM.address]).addressees == (ANNA,)


def test_one_address_of_several_organisations_gets_round_to_each_of_them():
    others = [replace(LEIDEN, code=code) for code in ("GM0534", "GM0537", "GM0546")]
    first, *_ = select_day(DAY, steps=[BEGIN], candidates=others)
    assert first.candidate.code == "GM0534"
    plans = list(forecast(DAY, steps=[BEGIN], candidates=others))
    assert [(plan.day, plan.going, plan.staying) for plan in plans] == [
        (DAY, 1, 2),
        (DAY + timedelta(days=1), 1, 0),
        (DAY + timedelta(days=2), 1, 0),
    ]
    assert {each.reason for each in plans[0].decisions if not each.goes} == {
        "Dit adres krijgt op deze dag al een mail. Deze gaat een dag later."
    }


def test_on_the_last_day_an_address_that_is_taken_misses_it():
    decision = decide(LEIDEN, day=DAY + CATCH_UP, busy=[ANNA.address])
    assert decision.reason == "Dit adres krijgt op deze dag al een mail. Later heeft deze geen zin meer."


def test_a_reminder_that_is_brought_forward_goes_today_and_not_on_its_day():
    today = DAY - timedelta(days=5)
    decision = decide(LEIDEN, steps=[bring_forward(BEGIN, today=today)], day=today)
    assert decision.goes
    later = replace(LEIDEN, received=frozenset({(1, ANNA.address)}), reminded_on={ANNA.address: today})
    assert not decide(later).goes


@pytest.mark.parametrize(
    ("required", "answered", "stage"),
    [(10, 0, Stage.STARTED), (10, 7, Stage.STARTED), (10, 8, Stage.ALMOST), (0, 0, Stage.ALMOST)],
)
def test_almost_complete_is_four_fifths_of_the_required_questions(required, answered, stage):
    assert judge_stage(required=required, answered=answered) is stage


ADDRESSES = st.sampled_from([f"{name}@gemeente.example" for name in "abcde"])
AUDIENCES = (Stage.NOT_STARTED, Stage.STARTED, Stage.ALMOST)
# Most organisations may be reminded, so that the days fill up.
SELDOM = st.sampled_from([False] * 9 + [True])
PLANS = st.lists(
    st.builds(
        Step,
        id=st.integers(1, 9),
        audience=st.sampled_from(AUDIENCES),
        deadline=st.sampled_from([DEADLINE, DEADLINE + timedelta(days=5)]),
        days_before=st.integers(9, 20),
        is_hard=st.booleans(),
    ),
    max_size=6,
    unique_by=lambda step: step.id,
)
CANDIDATES = st.lists(
    st.builds(
        Candidate,
        code=st.integers(1, 999).map("GM{:04}".format),
        name=st.just("Gemeente"),
        stage=st.sampled_from([*AUDIENCES * 3, *Stage]),
        addressees=st.lists(ADDRESSES, max_size=3, unique=True).map(lambda each: tuple(map(Addressee, each))),
        reach=st.sampled_from([Reach.REACHABLE] * 9 + list(Reach)),
        speaker=st.sampled_from([""] * 4 + ["Jeugdregio"]),
        own_sections=st.integers(0, 1),
        is_spared=SELDOM,
        has_declined=SELDOM,
        is_skipped=SELDOM,
        skipped_steps=st.frozensets(st.integers(1, 9), max_size=1),
        received=st.frozensets(st.tuples(st.integers(1, 9), ADDRESSES), max_size=2),
        reminded_on=st.dictionaries(ADDRESSES, st.dates(DAY - timedelta(days=9), DAY), max_size=2),
    ),
    max_size=8,
    unique_by=lambda candidate: candidate.code,
)


@given(steps=PLANS, candidates=CANDIDATES, busy=st.sets(ADDRESSES, max_size=2))
def test_whatever_the_plan(steps, candidates, busy):
    """No address twice a day, no reminder twice, nobody who is done or spoken for, nothing without a reason."""
    plans = list(forecast(DAY, steps=steps, candidates=candidates, busy=busy))
    mails = [
        (plan.day, each, person.address)
        for plan in plans
        for each in plan.decisions
        for person in each.addressees
    ]
    assert len({(day, address) for day, _, address in mails}) == len(mails)
    sent = {(each.candidate.code, each.step.id, address) for _, each, address in mails}
    assert len(sent) == len(mails)
    for day, each, address in mails:
        candidate = each.candidate
        assert candidate.stage in AUDIENCES
        assert candidate.own_sections or not candidate.speaker
        assert not candidate.is_skipped
        assert not candidate.has_declined
        assert each.step.id not in candidate.skipped_steps
        assert each.step.audience is candidate.stage
        assert each.step.day <= day <= each.step.deadline
        assert (each.step.id, address) not in candidate.received
        assert day != DAY or address not in busy
    for plan in plans:
        assert all(each.goes != bool(each.reason) for each in plan.decisions)
        assert plan.going + plan.staying == len(plan.decisions)
        codes = [each.candidate.code for each in plan.decisions]
        assert len(set(codes)) == len(codes)


@given(steps=PLANS, candidates=CANDIDATES)
def test_the_same_day_again_sends_nothing_more(steps, candidates):
    first = select_day(DAY, steps=steps, candidates=candidates)
    after = [
        replace(
            each.candidate,
            received=each.candidate.received | {(each.step.id, one.address) for one in each.addressees},
            reminded_on={**each.candidate.reminded_on, **{one.address: DAY for one in each.addressees}},
        )
        for each in first
    ]
    busy = {one.address for each in first for one in each.addressees}
    assert not any(each.goes for each in select_day(DAY, steps=steps, candidates=after, busy=busy))
