"""An administrator corrects an answer: it counts, and the original, the reason and the name stay."""

from decimal import Decimal

import pytest
from django.core import mail

from surveys.questionnaire.definition import RuleDefinition
from surveys.questionnaire.lifecycle import close_wave
from surveys.questionnaire.queries import load_definition
from surveys.responses.corrections import list_corrections
from surveys.responses.lifecycle.corrections import correct_answer
from surveys.responses.lifecycle.refusals import ActionRefused, ResponseLocked
from surveys.responses.lifecycle.submission import (
    exclude_response,
    rebuild_resolved_answers,
    reopen_response,
    submit_response,
    withdraw_response,
)
from surveys.responses.merging import AnswerChange
from surveys.responses.models import AnswerRevision, Correction, ResolvedAnswer
from surveys.responses.queries import load_answers, load_deviations
from surveys.responses.snapshots import read_snapshot
from surveys.responses.tasks import mail_correction
from tests.responses.factories import (
    COMPLETE,
    MEMBER,
    NOW,
    OTHER_MEMBER,
    STRANGER,
    answer,
    choose,
    count,
    make_definition,
    make_person,
    make_question,
    make_response,
    make_wave,
    read,
    sign_in,
    write,
)
from tests.responses.regions import deviate, make_region_response

pytestmark = pytest.mark.django_db

REASON = "Het bedrag was in duizenden euro's."


@pytest.fixture
def otto():
    return make_person("Otto")


@pytest.fixture
def submitted():
    response = make_response(make_wave(), MEMBER, answers=COMPLETE | {"kosten": count(1200)})
    return submit_response(response, by=None, at=NOW)


def correct(response, question, value, *, by, base=1, municipality="", reason=REASON):
    change = AnswerChange(question, value, base, municipality=municipality)
    return correct_answer(response, change=change, reason=reason, by=by, at=NOW)


def test_the_corrected_value_counts_and_everything_before_it_stays(submitted, otto):
    correct(submitted, "kosten", count(1_200_000), by=otto)

    assert load_answers(submitted)["kosten"].value == count(1_200_000)
    first, second = AnswerRevision.objects.filter(answer__question__code="kosten")
    assert (first.value, first.origin) == (count(1200).as_dict(), "form")
    assert (second.value, second.origin, second.saved_by) == (count(1_200_000).as_dict(), "correction", otto)
    assert (second.correction.reason, second.correction.name) == (REASON, "Otto")


def test_what_was_submitted_is_untouched(submitted, otto):
    (before,) = submitted.submissions.all()

    correct(submitted, "kosten", count(5), by=otto)

    (after,) = submitted.submissions.all()
    assert (after.content, after.checksum) == (before.content, before.checksum)
    assert read_snapshot(after.content).values["kosten"] == count(1200)
    submitted.refresh_from_db()
    assert (submitted.status, submitted.receipt_code) == ("submitted", after.receipt_code)


def test_what_municipalities_are_counted_with_is_written_anew(submitted, otto):
    """A follow-up question that the correction closes no longer counts, nor does what hangs on it."""
    reopen_response(submitted, by=None, reason="Aanvullen", at=NOW)
    answer(submitted, {"poh": choose("ja"), "verzekeraar": choose("ja")})
    submit_response(submitted, by=None, at=NOW)
    resolved = ResolvedAnswer.objects.filter(municipality=MEMBER).values_list("question__code", flat=True)
    assert "verzekeraar" in set(resolved.all())

    correct(submitted, "poh", choose("nee"), by=otto, base=2)

    assert "verzekeraar" not in set(resolved.all())
    assert rebuild_resolved_answers(submitted.wave) == 0


def test_a_region_is_corrected_for_all_its_municipalities_or_for_one(otto):
    wave = make_wave()
    region = make_region_response(wave)
    deviate(region, MEMBER, {"poh": choose("ja"), "verzekeraar": choose("ja")})
    submit_response(region, by=None, at=NOW)

    correct(region, "poh", choose("nee"), by=otto, municipality=MEMBER)
    correct(region, "beperkt", choose("nee"), by=otto)

    assert load_deviations(region)["poh", MEMBER].value == choose("nee")
    assert load_answers(region)["poh"].revision == 1
    assert rebuild_resolved_answers(wave) == 0
    held = ResolvedAnswer.objects.filter(question__code="poh")
    assert {row.municipality_id: row.answer.municipality_id for row in held.select_related("answer")} == {
        MEMBER: MEMBER,
        OTHER_MEMBER: None,
    }
    with pytest.raises(ActionRefused, match="antwoordt niet voor"):
        correct(region, "poh", choose("nee"), by=otto, base=0, municipality=STRANGER)


def test_a_question_that_was_left_open_can_be_filled_in(submitted, otto):
    correct(submitted, "knelpunten", write("Volgens de telefoon: geen."), by=otto, base=0)

    (shown,) = list_corrections(submitted)
    assert (shown.before, shown.after) == ("Niet ingevuld", "Volgens de telefoon: geen.")


def test_undoing_is_another_correction(submitted, otto):
    correct(submitted, "kosten", count(5), by=otto)
    correct(submitted, "kosten", count(1200), by=make_person("Ria"), base=2, reason="Toch niet.")

    assert load_answers(submitted)["kosten"].value == count(1200)
    latest, first = list_corrections(submitted)
    assert (latest.name, latest.before, latest.after, latest.is_current) == ("Ria", "€ 5", "€ 1.200", True)
    assert (first.name, first.before, first.after, first.is_current) == ("Otto", "€ 1.200", "€ 5", False)
    assert "Er stond: € 5. Reden: Toch niet." in latest.sentence
    assert first.sentence.endswith("Het werd: € 5. Daarna is het antwoord opnieuw gewijzigd.")


@pytest.mark.parametrize("step", [reopen_response, withdraw_response, exclude_response])
def test_only_what_is_submitted_can_be_corrected(submitted, otto, step):
    step(submitted, by=None, reason="Anders", at=NOW)

    with pytest.raises(ResponseLocked, match="die is ingediend"):
        correct(submitted, "kosten", count(5), by=otto)
    assert not Correction.objects.exists()


def test_a_closed_wave_can_still_be_cleaned(submitted, otto):
    close_wave(submitted.wave)

    correct(submitted, "kosten", count(5), by=otto)

    assert load_answers(submitted)["kosten"].value == count(5)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (AnswerChange("kosten", count(5), 0), "intussen veranderd"),
        (AnswerChange("kosten", count(5), 7), "intussen veranderd"),
        (AnswerChange("kosten", count("1200.00"), 1), "Er is niets gewijzigd"),
        (AnswerChange("verzekeraar", choose("ja"), 0), "niet gesteld"),
        (AnswerChange("weg", count(5), 0), "past niet"),
        (AnswerChange("poh", choose("weg"), 1), "past niet"),
    ],
)
def test_what_makes_no_sense_is_refused_and_writes_nothing(submitted, otto, change, message):
    with pytest.raises(ActionRefused, match=message):
        correct_answer(submitted, change=change, reason=REASON, by=otto)
    assert AnswerRevision.objects.filter(origin="correction").count() == 0
    assert load_answers(submitted).keys() == {"beperkt", "poh", "kosten"}


def test_a_correction_keeps_to_the_rules_that_nobody_may_break(otto):
    rule = RuleDefinition("range", "block", maximum=Decimal(100), message="Meer dan 100 kan niet.")
    wave = make_wave(make_definition(("een", (make_question("fte", "number", rules=(rule,)),))))
    response = submit_response(make_response(wave, MEMBER, answers={"fte": count(5)}), by=None, at=NOW)

    with pytest.raises(ActionRefused, match="Meer dan 100 kan niet"):
        correct(response, "fte", count(101), by=otto)
    assert load_answers(response)["fte"].value == count(5)
    correct(response, "fte", count(100), by=otto)


def test_the_coordinators_are_told_why_and_by_whom(otto, django_capture_on_commit_callbacks, monkeypatch):
    monkeypatch.setattr(mail_correction, "delay", mail_correction)  # as the worker will, without a worker
    gerda = make_person("Gerda", organisation=MEMBER)
    response = make_response(make_wave(), MEMBER, answers=COMPLETE)
    submit_response(response, by=None, at=NOW, is_mailed=False)

    with django_capture_on_commit_callbacks(execute=True):
        correct(response, "knelpunten", write("Geheim woord."), by=otto, base=0)

    (message,) = mail.outbox
    assert message.to == [gerda.email]
    assert "Otto" in message.body
    assert REASON in message.body
    assert f"/invullen/proef/{MEMBER}/ontvangst/" in message.body
    assert "Geheim woord." not in message.body


def test_the_name_stays_when_the_account_goes(submitted, otto):
    correct(submitted, "kosten", count(5), by=otto)
    otto.delete()

    (shown,) = list_corrections(submitted)
    assert shown.name == "Otto"


def test_a_colleague_reads_only_the_corrections_of_their_own_sections(submitted, otto):
    correct(submitted, "kosten", count(5), by=otto)
    correct(submitted, "beperkt", choose("ja"), by=otto)

    assert [each.key[0] for each in list_corrections(submitted, sections={"toegang"})] == ["beperkt"]
    assert list_corrections(None) == []


@pytest.mark.parametrize("number", [1, 3])
def test_they_are_read_in_one_query(submitted, otto, django_assert_num_queries, number):
    for revision in range(1, number + 1):
        correct(submitted, "kosten", count(revision), by=otto, base=revision)
    load_definition(submitted.version)

    with django_assert_num_queries(1):
        assert len(list_corrections(submitted)) == number


def test_a_municipality_reads_what_was_changed_in_its_name(otto):
    region = make_region_response(make_wave())
    deviate(region, OTHER_MEMBER, {"beperkt": choose("nee")})
    submit_response(region, by=None, at=NOW)
    correct(region, "poh", choose("overig"), by=otto, reason="Gebeld met de regio.")
    correct(region, "beperkt", choose("ja"), by=otto, municipality=OTHER_MEMBER, reason="Alleen Hillegom.")

    text = read(sign_in("Lies", MEMBER), f"/invullen/proef/{MEMBER}/namens/")

    assert "Gewijzigd door Otto" in text
    assert "Er stond: Nee. Reden: Gebeld met de regio." in text
    assert "Alleen Hillegom." not in text
