"""What is left to do in a wave, and what is flagged in it, read in a fixed number of queries."""

from datetime import date
from decimal import Decimal

import pytest

from surveys.accounts.models import Organisation
from surveys.fieldwork.flag_queries import load_flags
from surveys.fieldwork.flags import SMALLEST_CLASS, FlagKind, Place
from surveys.fieldwork.lifecycle import mark_flag_seen
from surveys.fieldwork.review_queries import list_flags, list_tasks, load_reviewed_responses
from surveys.fieldwork.work_list import TaskKind
from surveys.questionnaire.answer_values import AnswerState, AnswerValue, FilledCell
from surveys.questionnaire.definition import ColumnDefinition, LineDefinition
from surveys.responses.lifecycle.clarifications import (
    ask_clarification,
    close_clarification,
    reply_to_clarification,
)
from surveys.responses.lifecycle.positions import dispute_answer
from surveys.responses.lifecycle.reopening import request_reopening
from surveys.responses.lifecycle.submission import exclude_response, submit_response
from surveys.responses.models import Response
from tests.fieldwork.reviews import accept, make_submitted, send_back
from tests.responses.factories import (
    MEMBER,
    NOW,
    OTHER_MEMBER,
    REGION,
    STRANGER,
    choose,
    count,
    make_definition,
    make_question,
    make_response,
    make_wave,
)
from tests.responses.regions import deviate, make_region_response, see

pytestmark = pytest.mark.django_db


def show_flags(response):
    return [(raised.flag.kind, raised.flag.place) for raised in list_flags(response)]


def show_tasks(wave):
    return sorted((task.kind, task.organisation_code) for task in list_tasks(wave))


def make_earlier_wave():
    return make_wave(code="eerder", reference_date=date(2025, 1, 1))


def fill_size_class(wave, *, number, like=MEMBER, **answers):
    """Submitted responses of that many municipalities of one size class, that all answer the same."""
    size_class = wave.frame.get(municipality=like).size_class
    codes = wave.frame.filter(size_class=size_class).exclude(municipality=like).order_by("municipality")
    return [
        make_submitted(wave, code, **answers)
        for code in codes.values_list("municipality", flat=True)[:number]
    ]


# --- Flags ---


def test_a_number_far_from_the_size_class_is_flagged_and_still_counts():
    wave = make_wave()
    odd = make_submitted(wave, kosten=count(1_000_000))
    others = fill_size_class(wave, number=SMALLEST_CLASS, kosten=count(1000))

    flags = load_flags(wave)

    assert flags.keys() == {odd.pk}
    (raised,) = flags[odd.pk]
    assert (raised.flag.kind, raised.flag.place) == (FlagKind.SIZE_CLASS, Place("kosten"))
    assert raised.flag.title == "Vraag kosten?"
    assert f"{SMALLEST_CLASS + 1} antwoorden in de grootteklasse" in raised.flag.reason
    assert odd.answers.get(question__code="kosten").number == 1_000_000
    assert all(list_flags(each) == [] for each in others)


def test_a_number_far_from_the_own_history_is_flagged():
    earlier = make_earlier_wave()
    make_submitted(earlier, kosten=count(1000))
    make_submitted(earlier, OTHER_MEMBER, kosten=count(1000))
    wave = make_wave()
    odd = make_submitted(wave, kosten=count(9000))
    same = make_submitted(wave, OTHER_MEMBER, kosten=count(1100))

    assert show_flags(odd) == [(FlagKind.HISTORY, Place("kosten"))]
    assert show_flags(same) == []


def test_an_earlier_answer_that_was_not_submitted_is_no_history():
    earlier = make_earlier_wave()
    exclude_response(make_submitted(earlier, kosten=count(1000)), by=None, reason="Proef", at=NOW)
    make_response(earlier, OTHER_MEMBER, answers={"kosten": count(1000)})
    wave = make_wave()

    assert show_flags(make_submitted(wave, kosten=count(9000))) == []
    assert show_flags(make_submitted(wave, OTHER_MEMBER, kosten=count(9000))) == []


def test_who_delivers_for_the_first_time_is_flagged():
    make_submitted(make_earlier_wave())
    wave = make_wave()

    assert show_flags(make_submitted(wave)) == []
    assert show_flags(make_submitted(wave, STRANGER)) == [(FlagKind.FIRST_DELIVERY, Place())]


def test_a_year_and_an_answer_that_is_not_asked_are_not_judged():
    earlier = make_earlier_wave()
    follow_up = {"poh": choose("ja"), "verzekeraar": choose("ja"), "sinds": count(2000)}
    make_submitted(earlier, **follow_up, kosten=count(1))
    wave = make_wave()
    response = make_submitted(wave, **follow_up | {"sinds": count(2020)}, kosten=count(1))
    assert show_flags(response) == []


def test_the_cells_of_a_table_are_judged_each_by_itself():
    table = make_question(
        "uitgaven",
        "matrix",
        rows=(LineDefinition("met", "Met verblijf"), LineDefinition("zonder", "Zonder verblijf")),
        columns=(ColumnDefinition("kosten", "Kosten", "euro"),),
    )
    definition = make_definition(("geld", (table,)))

    def fill(met, zonder):
        cells = (
            FilledCell("met", "kosten", number=Decimal(met)),
            FilledCell("zonder", "kosten", number=Decimal(zonder)),
        )
        return {"uitgaven": AnswerValue(AnswerState.GIVEN, cells=cells)}

    earlier = make_wave(definition, code="eerder", reference_date=date(2025, 1, 1))
    submit_response(make_response(earlier, MEMBER, answers=fill(1000, 10)), by=None, at=NOW)
    wave = make_wave(definition)
    response = submit_response(make_response(wave, MEMBER, answers=fill(1000, 40)), by=None, at=NOW)

    (raised,) = list_flags(response)
    assert raised.flag.place == Place("uitgaven", "zonder", "kosten")
    assert raised.flag.title == "Vraag uitgaven? – Zonder verblijf – Kosten"


def test_what_a_region_says_of_one_municipality_is_held_against_that_size_class():
    wave = make_wave()
    region = make_region_response(wave)
    deviate(region, MEMBER, {"kosten": count(5_000_000)})
    submit_response(region, by=None, at=NOW)
    fill_size_class(wave, number=SMALLEST_CLASS, kosten=count(1000))

    kinds = {(kind, place) for kind, place in show_flags(region) if kind is not FlagKind.OVERLAP}
    assert kinds == {(FlagKind.SIZE_CLASS, Place("kosten", municipality=MEMBER))}


def test_a_disputed_answer_is_flagged_with_the_region():
    wave = make_wave()
    region = submit_response(make_region_response(wave), by=None, at=NOW)
    dispute_answer(
        region,
        municipality=MEMBER,
        question="poh",
        reason="Wij hebben er een.",
        seen=see(region, "poh")["poh"],
        by=None,
    )

    (raised,) = list_flags(region)
    assert (raised.flag.kind, raised.flag.place) == (FlagKind.DISPUTE, Place("poh", municipality=MEMBER))
    assert "Wij hebben er een." in raised.flag.reason


# --- What is left to do ---


def test_everything_that_waits_is_on_the_list_and_leaves_it_when_done():
    wave = make_wave()
    own = make_submitted(wave)
    region = submit_response(make_region_response(wave), by=None, at=NOW)
    stranger = make_submitted(wave, STRANGER)
    request_reopening(stranger, by=None, reason="Een getal klopt niet.")
    open_question = ask_clarification(own, question="poh", text="Zeker?", by=None)
    answered = ask_clarification(own, question="beperkt", text="Echt?", by=None)
    reply_to_clarification(answered, text="Ja.", by=None)

    assert show_tasks(wave) == sorted(
        [
            (TaskKind.REVIEW, MEMBER),
            (TaskKind.REVIEW, REGION),
            (TaskKind.REVIEW, STRANGER),
            (TaskKind.OVERLAP, MEMBER),
            (TaskKind.REOPENING, STRANGER),
            (TaskKind.ASKED, MEMBER),
            (TaskKind.REPLIED, MEMBER),
        ]
    )

    accept(own)
    exclude_response(region, by=None, reason="Dubbel", at=NOW)  # takes the overlap along
    close_clarification(open_question, by=None)
    close_clarification(answered, by=None)
    assert show_tasks(wave) == [(TaskKind.REVIEW, STRANGER), (TaskKind.REOPENING, STRANGER)]
    send_back(stranger)
    assert (TaskKind.REVIEW, STRANGER) not in show_tasks(wave)


def test_a_flag_leaves_the_list_once_somebody_looked():
    make_submitted(make_earlier_wave())
    wave = make_wave()
    accept(response := make_submitted(wave, STRANGER))
    (task,) = list_tasks(wave)
    assert (task.kind, task.text) == (TaskKind.FLAG, "Eerste keer: De hele reactie")

    (raised,) = list_flags(response)
    mark_flag_seen(raised.flag, note="", by=None)

    assert list_tasks(wave) == []


@pytest.mark.parametrize("number", [1, 3])
def test_they_take_the_same_queries_however_much_there_is(number, django_assert_num_queries):
    earlier, wave = make_earlier_wave(), make_wave()
    codes = (
        Organisation.objects.filter(kind="municipality").order_by("pk").values_list("pk", flat=True)[:number]
    )
    for code in codes:
        make_submitted(earlier, code, kosten=count(10))
        response = make_submitted(wave, code, kosten=count(1000))
        ask_clarification(response, question="poh", text="Zeker?", by=None)
        request_reopening(response, by=None, reason="Nog iets.")
    list_tasks(wave)

    with django_assert_num_queries(17):
        assert len(list_tasks(wave)) == 4 * number
    with django_assert_num_queries(3):
        assert len(load_reviewed_responses(wave)) == number
    response = Response.objects.select_related("wave__version").get(pk=response.pk)
    with django_assert_num_queries(12):
        assert len(list_flags(response)) == 1
