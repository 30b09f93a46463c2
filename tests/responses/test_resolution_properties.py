"""Whatever a region and its municipalities do: nobody is counted twice, nobody is lost."""

from dataclasses import dataclass, field

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.questionnaire.answer_values import BLANK, AnswerState
from surveys.questionnaire.routing import find_routed_questions
from surveys.responses.lifecycle.positions import (
    dispute_answer,
    end_dispute,
    give_back_section,
    take_over_section,
)
from surveys.responses.lifecycle.refusals import ActionRefused
from surveys.responses.lifecycle.starting import save_coverage
from surveys.responses.lifecycle.submission import (
    exclude_response,
    rebuild_resolved_answers,
    reopen_response,
    submit_response,
)
from surveys.responses.models import Position, ResolvedAnswer, Response, SectionTakeover
from surveys.responses.on_behalf import SeenAnswer
from surveys.responses.queries import load_answers, load_deviations
from surveys.responses.resolution import ResolutionState, SubmittedAnswer, resolve_municipality
from surveys.results.counting import count_answers
from tests.responses.factories import (
    COMPLETE,
    DEFINITION,
    DONT_KNOW,
    MEMBER,
    NOW,
    OTHER_MEMBER,
    REGION,
    answer,
    choose,
    make_response,
    make_wave,
    write,
)
from tests.responses.regions import REGIONAL, deviate, list_statements

THIRD_MEMBER = "GM0537"
MEMBERS = (MEMBER, OTHER_MEMBER, THIRD_MEMBER)
SECTION_OF = {
    question.code: section.code for section in DEFINITION.sections for question in section.questions
}
QUESTIONS = sorted(DEFINITION.questions)
SECTIONS = sorted(set(SECTION_OF.values()))


@dataclass
class Said:
    """All that is said of one municipality; empty where nobody submitted, or somebody withdrew."""

    own: dict = field(default_factory=dict)
    region: dict = field(default_factory=dict)
    deviations: dict = field(default_factory=dict)
    disputed: frozenset = frozenset()
    taken_over: frozenset = frozenset()

    def resolve(self):
        return resolve_municipality(DEFINITION, **vars(self))

    # The same rules once more, asked question by question instead of for the whole questionnaire.

    def is_asked(self, code, *, by):
        sources = [(by(each.question), each.any_of) for each in DEFINITION.questions[code].conditions]
        return all(found and found[1].options & set(any_of) for found, any_of in sources)

    def find_regional(self, code):
        if not self.is_asked(code, by=self.find_regional):
            return None
        if code in self.deviations and self.deviations[code].state != "blank":
            return "overridden", self.deviations[code]
        if code in self.region and self.region[code].says_something:
            return "inherited", self.region[code]
        return None

    def find_holding(self, code):
        if not self.is_asked(code, by=self.find_holding):
            return None
        if code in self.own and self.own[code].says_something:
            return "own", self.own[code]
        regional = None if SECTION_OF[code] in self.taken_over else self.find_regional(code)
        if regional is None:
            return None
        sources = [self.find_holding(each.question) for each in DEFINITION.questions[code].conditions]
        is_disputed = code in self.disputed or any(state == "disputed" for state, _ in sources)
        return ("disputed", regional[1]) if is_disputed else regional


def draw_answers(first_id, *, most=None):
    """Answers as one response holds them: the routed flags are those of the answers themselves.

    To every question, or to at `most` so many. Mostly given: a dispute that closes a whole route must not be rare.
    """

    def draw_value(question):
        options = [frozenset({option.code}) for option in question.options] or [frozenset()]
        given_values = [(AnswerState.GIVEN, option) for option in options]
        nothing = [(state, frozenset()) for state in (AnswerState.DONT_KNOW, AnswerState.BLANK)]
        return st.sampled_from([*given_values, *given_values, *nothing])

    def give_flags(values):
        chosen = {code: options for code, (_, options) in values.items()}
        routed = find_routed_questions(DEFINITION, chosen=chosen)
        return {
            code: SubmittedAnswer(first_id + number, state, code in routed, options)
            for number, (code, (state, options)) in enumerate(values.items())
        }

    values = {code: draw_value(question) for code, question in DEFINITION.questions.items()}
    if most is None:
        return st.fixed_dictionaries(values).map(give_flags)
    chosen = st.lists(st.sampled_from(QUESTIONS), max_size=most, unique=True)
    return chosen.flatmap(
        lambda codes: st.fixed_dictionaries({code: values[code] for code in codes}).map(give_flags)
    )


def draw_said(region):
    """One municipality of a region that says `region` in general, ticked or not."""
    ticked = st.builds(
        Said,
        own=draw_answers(1000, most=2) | draw_answers(1000),
        region=st.just(region),
        deviations=draw_answers(2000, most=2),
        disputed=st.frozensets(st.sampled_from(["beperkt", "hoe", "poh", "kosten"]), max_size=2),
        taken_over=st.frozensets(st.sampled_from(SECTIONS), max_size=1),
    )
    return ticked | st.builds(Said, own=draw_answers(1000))


regions = draw_answers(100).flatmap(lambda region: st.lists(draw_said(region), min_size=1, max_size=4))


@settings(max_examples=200, deadline=None)
@given(members=regions)
def test_every_municipality_is_counted_disputed_or_nothing_and_only_once(members):
    for code in DEFINITION.questions:
        found = [said.resolve()[code] for said in members]
        counted = [each for each in found if each.counts]
        disputed = [each for each in found if each.state is ResolutionState.DISPUTED]
        nothing = [each for each in found if each.answer is None]
        assert len(counted) + len(disputed) + len(nothing) == len(members)
        assert all(each.answer.says_something or each.state == "overridden" for each in counted)


@settings(max_examples=200, deadline=None)
@given(members=regions)
def test_what_holds_is_what_the_rules_give_question_by_question(members):
    for said in members:
        expected = {code: said.find_holding(code) or ("none", None) for code in DEFINITION.questions}
        assert {code: (each.state.value, each.answer) for code, each in said.resolve().items()} == expected


@settings(max_examples=200, deadline=None)
@given(members=regions)
def test_withdrawing_the_region_leaves_own_answers_and_nothing_else(members):
    for said in members:
        own = {code: each for code, each in said.resolve().items() if each.state is ResolutionState.OWN}
        alone = Said(own=said.own, disputed=said.disputed, taken_over=said.taken_over).resolve()
        assert {code: each for code, each in alone.items() if each.answer} == own
        assert {code for code, each in said.own.items() if each.says_something} == own.keys()


@settings(max_examples=200, deadline=None)
@given(members=regions)
def test_a_dispute_changes_no_answer_only_whether_it_counts(members):
    for said in members:
        peaceful = Said(said.own, said.region, said.deviations, frozenset(), said.taken_over).resolve()
        for code, each in said.resolve().items():
            assert each.answer == peaceful[code].answer
            assert each == peaceful[code] or (
                each.state is ResolutionState.DISPUTED
                and peaceful[code].state in (ResolutionState.INHERITED, ResolutionState.OVERRIDDEN)
            )


@settings(max_examples=200, deadline=None)
@given(members=regions)
def test_a_section_taken_over_has_own_answers_only(members):
    for said in members:
        states = {SECTION_OF[code]: set() for code in DEFINITION.questions}
        for code, each in said.resolve().items():
            states[SECTION_OF[code]].add(each.state.value)
        for section in said.taken_over:
            assert states[section] <= {"own", "none"}


# The same through what people really do, up to the figures.

answers = st.sampled_from(
    [
        {"beperkt": choose("ja"), "hoe": choose("wijk"), "uitleg": write("Zo.")},
        {"beperkt": choose("nee")},
        {"beperkt": DONT_KNOW},
        {"beperkt": BLANK},
        {"poh": choose("overig"), "verzekeraar": choose("ja")},
        {"poh": choose("nee"), "knelpunten": BLANK},
    ]
)
members = st.sampled_from(MEMBERS)
steps = st.one_of(
    st.tuples(
        st.sampled_from(["submit", "reopen", "exclude"]), st.sampled_from([REGION, *MEMBERS]), st.none()
    ),
    st.tuples(st.just("answer"), st.sampled_from([REGION, *MEMBERS]), answers),
    st.tuples(st.just("deviate"), members, answers),
    st.tuples(st.sampled_from(["dispute", "end"]), members, st.sampled_from(["beperkt", "hoe", "poh"])),
    st.tuples(st.sampled_from(["take over", "give back"]), members, st.sampled_from(SECTIONS)),
    st.tuples(st.just("cover"), st.just(REGION), st.sets(members)),
)


def take_step(responses, step):
    kind, who, what = step
    response = responses[who]
    match kind:
        case "submit":
            submit_response(response, by=None, at=NOW)
        case "reopen":
            reopen_response(response, by=None, reason="Op verzoek", at=NOW)
        case "exclude":
            exclude_response(response, by=None, reason="Proef", at=NOW)
        case "answer":
            answer(response, what)
        case "deviate":
            deviate(responses[REGION], who, what)
        case "cover":
            save_coverage(response, municipality_codes=what, by=None, at=NOW)
        case _:
            take_position(responses[REGION], kind, who, what)


def take_position(region, kind, municipality, what):
    position = {"municipality": municipality, "by": None, "at": NOW}
    statements = list_statements(region, municipality)
    seen = statements[what].current if what in statements else SeenAnswer(0)
    match kind:
        case "take over":
            take_over_section(region, section=what, **position)
        case "give back":
            give_back_section(region, section=what, **position)
        case "dispute":
            dispute_answer(region, question=what, seen=seen, reason="Dat klopt niet.", **position)
        case "end":
            end_dispute(region, question=what, seen=seen, **position)


def read_said(wave):
    """What is stored about each member, read without the code that resolves it."""
    found = {code: Said() for code in MEMBERS}
    for response in Response.objects.filter(wave=wave, status="submitted"):
        general = {code: as_submitted(each) for code, each in load_answers(response).items()}
        if response.organisation_id != REGION:
            found[response.organisation_id].own = general
            continue
        deviations = load_deviations(response)
        for code in response.coverage.values_list("municipality", flat=True):
            found[code].region = general
            found[code].deviations = {
                question: as_submitted(each)
                for (question, municipality), each in deviations.items()
                if municipality == code
            }
            found[code].disputed = frozenset(
                Position.objects.filter(municipality=code, kind="disputed").values_list(
                    "question__code", flat=True
                )
            )
            found[code].taken_over = frozenset(
                SectionTakeover.objects.filter(municipality=code).values_list("section", flat=True)
            )
    return found


def as_submitted(stored):
    return SubmittedAnswer(stored.id, stored.value.state, stored.is_routed, stored.value.option_codes)


def check_figures(wave):
    """The rows and the counted figures are exactly what the rules give for each member."""
    said = read_said(wave)
    expected = {
        (municipality, code): held
        for municipality, each in said.items()
        for code in DEFINITION.questions
        if (held := each.find_holding(code))
    }
    rows = ResolvedAnswer.objects.filter(wave=wave).values_list(
        "municipality", "question__code", "provenance", "answer"
    )
    assert len(rows) == len(expected)
    assert {(municipality, code): (state, pk) for municipality, code, state, pk in rows} == {
        key: (state, answer.id) for key, (state, answer) in expected.items()
    }
    table = count_answers(wave, unit="municipality", questions=["beperkt"])
    figures = {row.option: row for row in table.rows}
    counted = [held[1] for (_, code), held in expected.items() if code == "beperkt" and held[0] != "disputed"]
    for option in ("ja", "nee"):
        assert (figures[option].n or 0) == sum(option in each.options for each in counted)
    assert figures["ja"].base == sum(each.state is AnswerState.GIVEN for each in counted)
    assert (figures["#weet_niet"].n or 0) == sum(each.state is AnswerState.DONT_KNOW for each in counted)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(steps, min_size=3, max_size=14))
def test_through_any_history_every_member_is_counted_disputed_or_nothing(wave, history):
    with transaction.atomic():
        responses = {code: make_response(wave, code, answers=COMPLETE) for code in MEMBERS}
        responses[REGION] = make_response(wave, REGION, answers=REGIONAL, covers=MEMBERS)
        submit_response(responses[REGION], by=None, at=NOW)
        for step in history:
            try:
                take_step(responses, step)
            except ActionRefused:
                continue
            check_figures(wave)
        assert rebuild_resolved_answers(wave) == 0
        transaction.set_rollback(True)


@pytest.fixture
def wave(db):
    return make_wave()


def count(wave, option, *, unit):
    table = count_answers(wave, unit=unit, questions=["beperkt"])
    return next((row.n, row.base) for row in table.rows if row.option == option)


def test_a_region_of_three_with_yes_and_one_deviation_no(wave):
    region = make_response(wave, REGION, answers=COMPLETE | {"beperkt": choose("ja")}, covers=MEMBERS)
    deviate(region, THIRD_MEMBER, {"beperkt": choose("nee")})
    submit_response(region, by=None, at=NOW)
    assert [count(wave, option, unit="municipality") for option in ("ja", "nee")] == [(2, 3), (1, 3)]
    assert [count(wave, option, unit="response") for option in ("ja", "nee")] == [(1, 1), (0, 1)]
    assert count_answers(wave, unit="response").remarks == {
        "beperkt": (
            "Voor 1 gemeente gaf de jeugdregio een afwijkend antwoord. Dat telt niet mee als aparte reactie.",
        )
    }


def test_a_dispute_is_left_out_of_the_count_and_told(wave):
    region = make_response(wave, REGION, answers=COMPLETE | {"beperkt": choose("ja")}, covers=MEMBERS)
    submit_response(region, by=None, at=NOW)
    seen = list_statements(region)["beperkt"].current
    dispute_answer(region, municipality=MEMBER, question="beperkt", seen=seen, reason="Nee.", by=None, at=NOW)
    assert count(wave, "ja", unit="municipality") == (2, 2)
    assert count(wave, "ja", unit="response") == (1, 1)
    table = count_answers(wave, unit="municipality", dimensions=["respondent_type"])
    (remark,) = table.remarks["beperkt"]
    assert remark.startswith("Van 1 gemeente is het antwoord betwist")
    assert table.municipalities["beperkt"] == 2
    notes = {row.note for row in table.rows if row.question == "beperkt" and row.option == "ja"}
    assert notes == {"", remark, "Geen antwoorden."}
