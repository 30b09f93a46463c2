"""The resolved answers of municipalities, through any history of submitting, reopening and excluding."""

import io
import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.questionnaire.answer_values import BLANK, AnswerState
from surveys.responses.lifecycle.refusals import ActionRefused
from surveys.responses.lifecycle.starting import save_coverage
from surveys.responses.lifecycle.submission import (
    exclude_response,
    rebuild_resolved_answers,
    reopen_response,
    submit_response,
)
from surveys.responses.models import ResolvedAnswer, Response
from surveys.responses.queries import load_answers
from tests.responses.factories import (
    COMPLETE,
    DEFINITION,
    DONT_KNOW,
    MEMBER,
    NOW,
    OTHER_MEMBER,
    REGION,
    STRANGER,
    answer,
    choose,
    make_response,
    make_wave,
    write,
)

OTHER_REGION = "JZ09"  # with Zaanstad
MEMBERS = {REGION: [MEMBER, OTHER_MEMBER], OTHER_REGION: [STRANGER]}
ORGANISATIONS = [MEMBER, OTHER_MEMBER, STRANGER, *MEMBERS]


def show_resolved(wave):
    rows = ResolvedAnswer.objects.filter(wave=wave).values_list(
        "municipality", "question__code", "answer__response__organisation", "state", "provenance"
    )
    found = {(municipality, question): tuple(rest) for municipality, question, *rest in rows}
    assert len(found) == len(rows), "a municipality counts twice"
    return found


class Naive:
    """The same rules, asked question by question and municipality by municipality."""

    def __init__(self, wave):
        self.values, self.covered = {}, {}
        for response in Response.objects.filter(wave=wave, status="submitted"):
            stored = load_answers(response)
            self.values[response.organisation_id] = {code: each.value for code, each in stored.items()}
            self.covered[response.organisation_id] = set(
                response.coverage.values_list("municipality", flat=True)
            )

    def is_asked(self, code, *, find):
        values = [(find(each.question), each.any_of) for each in DEFINITION.questions[code].conditions]
        return all(value and value.option_codes & set(any_of) for value, any_of in values)

    def find_said(self, organisation, code):
        value = self.values[organisation].get(code, BLANK)
        if value.state is AnswerState.BLANK:
            return None
        return (
            value if self.is_asked(code, find=lambda source: self.find_said(organisation, source)) else None
        )

    def find_holding(self, speakers, code):
        """The organisation whose answer holds, and its value."""
        if self.is_asked(code, find=lambda source: self.find_holding(speakers, source)[1]):
            for organisation in speakers:
                if value := self.find_said(organisation, code):
                    return organisation, value
        return None, None

    def show(self):
        expected = {}
        for region, municipality in (
            (region, each) for region, members in MEMBERS.items() for each in members
        ):
            speakers = [each for each in (municipality, region) if municipality in self.covered.get(each, ())]
            for code in DEFINITION.questions:
                organisation, value = self.find_holding(speakers, code)
                if organisation:
                    provenance = "own" if organisation == municipality else "inherited"
                    expected[municipality, code] = (organisation, value.state.value, provenance)
        return expected


steps = st.one_of(
    st.tuples(st.sampled_from(["submit", "reopen", "exclude"]), st.sampled_from(ORGANISATIONS), st.none()),
    st.tuples(
        st.just("answer"),
        st.sampled_from(ORGANISATIONS),
        st.sampled_from(
            [
                {"beperkt": choose("ja"), "hoe": choose("wijk"), "uitleg": write("Zo.")},
                {"beperkt": choose("nee")},
                {"beperkt": DONT_KNOW},
                {"poh": choose("overig"), "verzekeraar": choose("ja")},
                {"poh": choose("nee"), "knelpunten": BLANK},
                {"knelpunten": write("Geld.")},
            ]
        ),
    ),
    st.sampled_from(sorted(MEMBERS)).flatmap(
        lambda region: st.tuples(st.just("cover"), st.just(region), st.sets(st.sampled_from(MEMBERS[region])))
    ),
)


def take_step(responses, step):
    kind, organisation, what = step
    response = responses[organisation]
    match kind:
        case "submit":
            submit_response(response, by=None, at=NOW)
        case "reopen":
            reopen_response(response, by=None, reason="Op verzoek", at=NOW)
        case "exclude":
            exclude_response(response, by=None, reason="Proef", at=NOW)
        case "answer":
            answer(response, what)
        case "cover":
            save_coverage(response, municipality_codes=what, by=None, at=NOW)


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(steps, max_size=12))
def test_through_any_history_every_municipality_counts_exactly_once(wave, history):
    with transaction.atomic():
        responses = {code: make_response(wave, code, answers=COMPLETE) for code in ORGANISATIONS}
        for step in history:
            try:
                take_step(responses, step)
            except ActionRefused:
                continue
            assert show_resolved(wave) == Naive(wave).show()
        kept = show_resolved(wave)
        assert rebuild_resolved_answers(wave) == 0
        assert show_resolved(wave) == kept
        transaction.set_rollback(True)


@pytest.fixture
def wave(db):
    return make_wave()


def test_an_own_answer_beats_the_region_and_reopening_it_brings_the_region_back(wave):
    own = make_response(wave, MEMBER, answers={"beperkt": choose("ja"), "poh": choose("nee")})
    region = make_response(wave, REGION, answers=COMPLETE, covers=[MEMBER, OTHER_MEMBER])

    def show_sources():
        return {
            municipality: source
            for (municipality, code), (source, *_) in show_resolved(wave).items()
            if code == "poh"
        }

    submit_response(own, by=None, at=NOW)
    assert show_sources() == {MEMBER: MEMBER}
    submit_response(region, by=None, at=NOW)
    assert show_sources() == {MEMBER: MEMBER, OTHER_MEMBER: REGION}
    reopen_response(own, by=None, reason="Op verzoek", at=NOW)
    assert show_sources() == {MEMBER: REGION, OTHER_MEMBER: REGION}
    exclude_response(region, by=None, reason="Proef", at=NOW)
    assert show_sources() == {}


def test_a_municipality_the_region_no_longer_ticks_is_not_left_behind(wave):
    region = make_response(wave, REGION, answers=COMPLETE, covers=[MEMBER, OTHER_MEMBER])
    submit_response(region, by=None, at=NOW)
    reopen_response(region, by=None, reason="Op verzoek", at=NOW)
    save_coverage(region, municipality_codes=[MEMBER], by=None, at=NOW)
    submit_response(region, by=None, at=NOW)
    assert {municipality for municipality, _ in show_resolved(wave)} == {MEMBER}


def test_the_command_puts_right_what_was_damaged(wave):
    submit_response(make_response(wave, MEMBER, answers=COMPLETE), by=None, at=NOW)
    kept = show_resolved(wave)
    ResolvedAnswer.objects.filter(question__code="poh").delete()
    output = io.StringIO()
    for _ in range(2):
        call_command("rebuild_resolved_answers", "proef", stdout=output)
    assert output.getvalue().splitlines() == [
        "Proefmeting: 1 antwoorden van gemeenten gecorrigeerd",
        "Proefmeting: 0 antwoorden van gemeenten gecorrigeerd",
    ]
    assert show_resolved(wave) == kept
    with pytest.raises(CommandError, match="geen meting"):
        call_command("rebuild_resolved_answers", "anders")


@pytest.mark.django_db(transaction=True)
def test_a_municipality_and_its_region_that_submit_at_the_same_moment_count_once():
    wave = make_wave()
    responses = [
        make_response(wave, MEMBER, answers=COMPLETE),
        make_response(wave, OTHER_MEMBER, answers=COMPLETE),
        make_response(wave, REGION, answers=COMPLETE, covers=[MEMBER, OTHER_MEMBER]),
    ]
    ready = threading.Barrier(len(responses), timeout=30)
    failures = []

    def submit(response):
        try:
            ready.wait()
            submit_response(response, by=None, at=NOW)
        except Exception as error:  # noqa: BLE001 - a failure in a thread has to reach the test
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=submit, args=[response]) for response in responses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert failures == []
    sources = {municipality: source for (municipality, _), (source, *_) in show_resolved(wave).items()}
    assert sources == {MEMBER: MEMBER, OTHER_MEMBER: OTHER_MEMBER}
