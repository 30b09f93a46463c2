"""What a region still has to put right for single municipalities, before it can submit."""

import pytest

from surveys.questionnaire.answer_values import BLANK
from surveys.questionnaire.lifecycle import close_wave
from surveys.responses.lifecycle.conflicts import settle_conflict
from surveys.responses.lifecycle.positions import take_over_section
from surveys.responses.lifecycle.refusals import IncompleteResponse
from surveys.responses.lifecycle.saving import AnswerChange, save_answers
from surveys.responses.lifecycle.starting import save_coverage
from surveys.responses.lifecycle.submission import submit_response
from surveys.responses.models import ConflictingAnswer, Response
from surveys.responses.progress import GapKind
from surveys.responses.readiness import assess_readiness
from tests.responses.factories import (
    COMPLETE,
    MEMBER,
    NOW,
    OTHER_MEMBER,
    REGION,
    answer,
    choose,
    make_definition,
    make_question,
    make_response,
    make_wave,
    read,
    sign_in,
)
from tests.responses.regions import deviate, make_region_response

pytestmark = pytest.mark.django_db

CHECK = f"/invullen/proef/{REGION}/controleren/"
START = f"/invullen/proef/{MEMBER}/"
FOLLOW_UP = [(GapKind.UNANSWERED, "verzekeraar", MEMBER)]


def list_gaps(response):
    return [
        (gap.kind, gap.question.code, gap.municipality.code if gap.municipality else "")
        for gap in assess_readiness(response).gaps
    ]


def write_two_deviations(region):
    """Two colleagues record another deviation at once: the second one waits for somebody to choose."""
    deviate(region, MEMBER, {"beperkt": choose("nee")})
    change = AnswerChange("beperkt", choose("ja"), base_revision=0, municipality=MEMBER)
    (conflict,) = save_answers(region, changes=[change], by=None, at=NOW).conflicts
    return conflict


@pytest.fixture
def wave():
    return make_wave()


@pytest.fixture
def region(wave):
    return make_region_response(wave)


@pytest.fixture
def rita(wave):
    return sign_in("Rita", REGION)


def test_a_required_question_that_only_a_deviation_leads_to_is_listed_and_holds_back_submitting(region, rita):
    deviate(region, MEMBER, {"poh": choose("overig")})
    assert list_gaps(region) == FOLLOW_UP
    page = rita.get(CHECK).content.decode()
    url = f"/invullen/proef/{REGION}/afwijkingen/verzekeraar/?gemeente={MEMBER}#nieuw"
    assert f'<a href="{url}">Leiden: Vraag verzekeraar?</a>' in page
    assert "Er ontbreekt nog één antwoord" in page
    assert rita.get(url).status_code == 200
    with pytest.raises(IncompleteResponse):
        submit_response(region, by=None, at=NOW)

    deviate(region, MEMBER, {"verzekeraar": choose("nee")})
    assert list_gaps(region) == []
    assert submit_response(region, by=None, at=NOW).receipt_code


def test_what_is_missing_for_everybody_is_missing_once(wave):
    region = make_region_response(wave, answers={"poh": choose("ja")})
    deviate(region, MEMBER, {"poh": choose("overig")})
    assert list_gaps(region) == [
        (GapKind.UNANSWERED, "beperkt", ""),
        (GapKind.UNANSWERED, "verzekeraar", ""),
    ]


def test_a_deviation_that_needs_a_text_is_listed(region):
    answer(region, {"hoe": choose("school")})
    deviate(region, OTHER_MEMBER, {"hoe": choose("anders")})
    assert list_gaps(region) == [(GapKind.NEEDS_TEXT, "hoe", OTHER_MEMBER)]


def test_a_deviation_that_means_nothing_asks_nothing(region):
    deviate(region, MEMBER, {"poh": choose("overig")})
    take_over_section(region, municipality=MEMBER, section="huisarts", by=None, at=NOW)
    assert list_gaps(region) == []
    deviate(region, OTHER_MEMBER, {"poh": choose("overig")})
    assert list_gaps(region) == [(GapKind.UNANSWERED, "verzekeraar", OTHER_MEMBER)]
    deviate(region, OTHER_MEMBER, {"poh": BLANK})
    assert list_gaps(region) == []
    deviate(region, OTHER_MEMBER, {"poh": choose("overig")})
    save_coverage(region, municipality_codes=[MEMBER], seen_codes=[MEMBER, OTHER_MEMBER], by=None, at=NOW)
    assert list_gaps(region) == []


def test_a_file_is_never_asked_for_one_municipality():
    source = make_question("doet", "single", options=("ja", "nee"))
    file = make_question(
        "bewijs", "file", required=True, after={"doet": ("ja",)}, accepts=("pdf",), maximum_megabytes=1
    )
    region = make_region_response(
        make_wave(make_definition(("een", (source, file)))), answers={"doet": choose("nee")}
    )
    deviate(region, MEMBER, {"doet": choose("ja")})
    assert list_gaps(region) == []
    page = read(sign_in("Rita", REGION), f"/invullen/proef/{REGION}/afwijkingen/doet/")
    assert "Vraag bewijs?" not in page


def test_two_deviations_to_choose_from_are_listed_where_the_choice_is_made(region, rita):
    conflict = write_two_deviations(region)
    assert list_gaps(region) == [(GapKind.CONFLICT, "beperkt", MEMBER)]
    url = f"/invullen/proef/{REGION}/afwijkingen/beperkt/"
    link = f'<a href="{url}#afwijking-{MEMBER}">Leiden: Kies uit twee antwoorden: Vraag beperkt?</a>'
    assert link in rita.get(CHECK).content.decode()
    page = rita.get(url).content.decode()
    assert f'id="afwijking-{MEMBER}"' in page
    assert f'id="conflict-{conflict.id}"' in page
    assert "Leiden: kies uit twee antwoorden" in read(rita, f"/invullen/proef/{REGION}/toegang/")

    settle_conflict(ConflictingAnswer.objects.get(), take=False, seen_revision=1, by=None)
    assert list_gaps(region) == []
    assert "Leiden: Nee" in read(rita, f"/invullen/proef/{REGION}/toegang/")


def test_two_general_answers_are_listed_once_whatever_deviates(region):
    deviate(region, OTHER_MEMBER, {"poh": choose("ja"), "verzekeraar": choose("ja")})
    change = AnswerChange("beperkt", choose("nee"), base_revision=0)
    assert save_answers(region, changes=[change], by=None, at=NOW).conflicts
    assert list_gaps(region) == [(GapKind.CONFLICT, "beperkt", "")]


def test_judging_takes_as_many_queries_however_many_municipalities_deviate(
    region, django_assert_max_num_queries
):
    deviate(region, MEMBER, {"poh": choose("overig")})
    region = Response.objects.select_related("organisation", "version", "wave__previous").get()
    with django_assert_max_num_queries(20) as few:
        assess_readiness(region)
    deviate(region, OTHER_MEMBER, {"poh": choose("overig"), "beperkt": choose("nee")})
    with django_assert_max_num_queries(len(few)):
        assert len(assess_readiness(region).gaps) == 2


# --- What a municipality leaves to its region ----------------------------------------------------


def test_what_is_left_to_the_region_is_ready_when_the_region_submitted(wave):
    lies = sign_in("Lies", MEMBER)
    region = make_response(wave, REGION, answers=COMPLETE, covers=[MEMBER])
    page = read(lies, START)
    assert page.count("Uw jeugdregio is hiermee bezig") == 2
    assert "0 van 2 onderdelen klaar" in page
    assert "Begin met invullen" not in page
    assert "2 onderdelen zijn nog open" in read(lies, f"{START}controleren/")

    submit_response(region, by=None, at=NOW)
    page = read(lies, START)
    assert page.count("Uw jeugdregio heeft dit ingediend") == 2
    assert "2 van 2 onderdelen klaar" in page


def test_what_a_municipality_took_over_is_its_own_next_task(wave):
    lies = sign_in("Lies", MEMBER)
    region = make_response(wave, REGION, covers=[MEMBER])
    take_over_section(region, municipality=MEMBER, section="huisarts", by=None, at=NOW)
    page = lies.get(START).content.decode()
    assert f'<a class="button" href="{START}huisarts/">Begin met invullen</a>' in page
    assert page.count("Uw jeugdregio is hiermee bezig") == 1


def test_what_the_region_never_submitted_is_not_ready_when_the_wave_has_closed(wave):
    lies = sign_in("Lies", MEMBER)
    make_response(wave, REGION, answers=COMPLETE, covers=[MEMBER])
    close_wave(wave)
    page = read(lies, START)
    assert page.count("Uw jeugdregio heeft dit niet ingediend") == 2
    assert "0 van 2 onderdelen klaar" in page
