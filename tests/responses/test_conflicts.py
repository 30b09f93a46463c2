from datetime import timedelta

import pytest
from wagtail.models import ModelLogEntry

from surveys.questionnaire.answer_values import BLANK
from surveys.questionnaire.lifecycle import close_wave
from surveys.responses.lifecycle.conflicts import settle_conflict
from surveys.responses.lifecycle.refusals import ActionRefused, IncompleteResponse, WaveClosed
from surveys.responses.lifecycle.saving import AnswerChange, save_answers
from surveys.responses.lifecycle.submission import submit_response
from surveys.responses.models import AnswerRevision, ConflictingAnswer
from surveys.responses.queries import list_open_conflicts, load_answers, load_deviations
from tests.responses.factories import (
    COMPLETE,
    MEMBER,
    NOW,
    REGION,
    answer,
    choose,
    count,
    make_person,
    make_response,
    make_wave,
    write,
)

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def show_values(response):
    return {code: answer.value for code, answer in load_answers(response).items()}


def save(response, value, *, base, by=None, key="", question="knelpunten"):
    change = AnswerChange(question, value, base, key=key)
    return save_answers(response, changes=[change], by=by, at=LATER)


def disagree(*, stale="van Cor"):
    """A response in which Gerda answered and Cor, who had not seen that, answered too."""
    response = make_response(make_wave(), MEMBER)
    answer(response, {"knelpunten": write("van Gerda")}, by=make_person("Gerda"))
    cor = make_person("Cor")
    save(response, write(stale), base=0, by=cor)
    return response, cor


def show_outcomes():
    rows = ConflictingAnswer.objects.order_by("pk")
    return [(row.value["text"], row.outcome) for row in rows]


def test_a_change_made_on_an_older_answer_is_kept_beside_the_current_one():
    cor = make_person("Cor")
    response = make_response(make_wave(), MEMBER)
    answer(response, {"knelpunten": write("van Gerda")}, by=make_person("Gerda"))
    changes = [AnswerChange("knelpunten", write("van Cor"), 0), AnswerChange("kosten", count(10), 0)]
    outcome = save_answers(response, changes=changes, by=cor, at=LATER)
    assert outcome.saved == ["kosten"]
    assert outcome.revisions == {("knelpunten", ""): 0, ("kosten", ""): 1}
    (conflict,) = outcome.conflicts
    assert (conflict.question, conflict.value, conflict.saved_by) == ("knelpunten", write("van Cor"), "Cor")
    assert (conflict.current.value, conflict.current.saved_by) == (write("van Gerda"), "Gerda")
    assert (conflict.current.saved_at, conflict.current.revision) == (NOW, 1)
    assert show_values(response)["knelpunten"] == write("van Gerda")
    assert list_open_conflicts(response) == outcome.conflicts


def test_answering_again_after_a_conflict_ends_it_and_keeps_both_in_the_history():
    cor = make_person("Cor")
    response = make_response(make_wave(), MEMBER, answers={"knelpunten": write("van Gerda")})
    mine = write("van Cor")
    (conflict,) = save_answers(
        response, changes=[AnswerChange("knelpunten", mine, 0)], by=cor, at=NOW
    ).conflicts
    again = AnswerChange("knelpunten", mine, conflict.current.revision)
    assert save_answers(response, changes=[again], by=cor, at=NOW).saved == ["knelpunten"]
    assert show_values(response)["knelpunten"] == mine
    texts = AnswerRevision.objects.order_by("number").values_list("value__text", flat=True)
    assert list(texts) == ["van Gerda", "van Cor"]
    assert not list_open_conflicts(response)


def test_emptying_what_a_colleague_changed_is_a_conflict():
    response = make_response(make_wave(), MEMBER, answers={"knelpunten": write("eerst")})
    answer(response, {"knelpunten": write("van een collega")})
    outcome = save_answers(response, changes=[AnswerChange("knelpunten", BLANK, 1)], by=None, at=NOW)
    assert [conflict.current.value for conflict in outcome.conflicts] == [write("van een collega")]


def test_a_revision_that_never_was_overwrites_nothing():
    response = make_response(make_wave(), MEMBER, answers={"knelpunten": write("eerst")})
    outcome = save_answers(response, changes=[AnswerChange("knelpunten", write("x"), 7)], by=None, at=NOW)
    assert len(outcome.conflicts) == 1


# --- Again ---


def test_the_same_conflicting_save_sent_again_is_kept_once():
    response, cor = disagree()
    first = save(response, write("nog een"), base=0, by=cor, key="k1")
    assert save(response, write("nog een"), base=0, by=cor, key="k1") == first
    assert save(response, write("nog een"), base=0, by=cor, key="k2") == first
    assert show_outcomes() == [("van Cor", "replaced"), ("nog een", "")]


def test_who_writes_on_without_having_looked_replaces_only_what_they_wrote_themselves():
    response, cor = disagree()
    save(response, write("van Fatma"), base=0, by=make_person("Fatma"))
    save(response, write("van Cor, beter"), base=0, by=cor)
    assert show_outcomes() == [("van Cor", "replaced"), ("van Fatma", ""), ("van Cor, beter", "")]
    assert [each.value.text for each in list_open_conflicts(response)] == ["van Fatma", "van Cor, beter"]


def test_saves_of_nobody_never_replace_each_other():
    response, _ = disagree()
    save(response, write("ingelezen"), base=0)
    save(response, write("anders ingelezen"), base=0)
    assert [outcome for _, outcome in show_outcomes()] == ["", "", ""]


def test_a_save_sent_again_after_somebody_chose_does_not_ask_again():
    response, cor = disagree()
    save(response, write("nog een"), base=0, by=cor, key="k1")
    for each in ConflictingAnswer.objects.filter(outcome=""):
        settle_conflict(each, take=False, seen_revision=1, by=cor, at=LATER)
    again = save(response, write("nog een"), base=0, by=cor, key="k1")
    assert (again.saved, again.conflicts) == ([], [])
    assert not list_open_conflicts(response)


def test_a_colleague_who_writes_the_same_as_what_waits_has_chosen_it():
    response, _ = disagree()
    fatma = make_person("Fatma")
    save(response, write("van Cor"), base=1, by=fatma)
    row = ConflictingAnswer.objects.get()
    assert (row.outcome, row.settled_by, row.settled_at) == ("taken", fatma, LATER)


def test_a_colleague_who_writes_something_else_leaves_it_waiting():
    response, _ = disagree()
    save(response, write("van Fatma"), base=1, by=make_person("Fatma"))
    (conflict,) = list_open_conflicts(response)
    assert (conflict.value, conflict.current.value) == (write("van Cor"), write("van Fatma"))


# --- Choosing ---


def test_taking_the_other_answer_makes_it_the_current_one_in_the_name_of_who_chose():
    response, _ = disagree()
    chooser = make_person("Fatma")
    settle_conflict(ConflictingAnswer.objects.get(), take=True, seen_revision=1, by=chooser, at=LATER)
    stored = load_answers(response)["knelpunten"]
    assert (stored.value, stored.revision, stored.saved_by) == (write("van Cor"), 2, "Fatma")
    history = AnswerRevision.objects.order_by("number").values_list("value__text", "origin")
    assert list(history) == [("van Gerda", "form"), ("van Cor", "conflict")]
    row = ConflictingAnswer.objects.get()
    assert (row.outcome, row.settled_by, row.settled_at) == ("taken", chooser, LATER)
    assert not list_open_conflicts(response)


def test_keeping_the_current_answer_writes_no_revision():
    response, cor = disagree()
    settle_conflict(ConflictingAnswer.objects.get(), take=False, seen_revision=1, by=cor, at=LATER)
    assert AnswerRevision.objects.count() == 1
    assert show_outcomes() == [("van Cor", "kept")]
    (entry,) = ModelLogEntry.objects.for_instance(response).filter(action="response.settle_conflict")
    assert (entry.user, entry.data) == (cor, {"question": "knelpunten"})


def test_taking_an_answer_opens_and_closes_the_questions_behind_it():
    response = make_response(make_wave(), MEMBER)
    answer(response, {"beperkt": choose("ja"), "hoe": choose("school")}, by=make_person("Gerda"))
    save(response, choose("nee"), base=0, by=make_person("Cor"), question="beperkt")
    settle_conflict(ConflictingAnswer.objects.get(), take=True, seen_revision=1, by=None, at=LATER)
    assert {code for code, each in load_answers(response).items() if each.is_routed} == {"beperkt"}


def test_a_conflict_about_a_deviation_is_settled_for_that_municipality_alone():
    response = make_response(make_wave(), REGION, answers={"kosten": count(1)})
    for amount in (2, 3):
        change = AnswerChange("kosten", count(amount), 0, municipality=MEMBER)
        save_answers(response, changes=[change], by=None, at=NOW)
    (conflict,) = list_open_conflicts(response)
    assert (conflict.question, conflict.municipality) == ("kosten", MEMBER)
    settle_conflict(ConflictingAnswer.objects.get(), take=True, seen_revision=1, by=None, at=LATER)
    assert show_values(response) == {"kosten": count(1)}
    assert load_deviations(response)["kosten", MEMBER].value == count(3)


def test_nobody_chooses_against_an_answer_they_have_not_seen():
    response, cor = disagree()
    answer(response, {"knelpunten": write("van Gerda, beter")})
    for take in (True, False):
        with pytest.raises(ActionRefused, match="intussen veranderd"):
            settle_conflict(ConflictingAnswer.objects.get(), take=take, seen_revision=1, by=cor, at=LATER)
    assert show_values(response)["knelpunten"] == write("van Gerda, beter")
    assert len(list_open_conflicts(response)) == 1


def test_nobody_chooses_twice():
    _, cor = disagree()
    conflict = ConflictingAnswer.objects.get()
    settle_conflict(conflict, take=False, seen_revision=1, by=cor, at=LATER)
    with pytest.raises(ActionRefused, match="koos intussen al"):
        settle_conflict(conflict, take=True, seen_revision=1, by=cor, at=LATER)


def test_nobody_chooses_in_a_closed_wave():
    response, cor = disagree()
    close_wave(response.wave)
    with pytest.raises(WaveClosed):
        settle_conflict(ConflictingAnswer.objects.get(), take=True, seen_revision=1, by=cor, at=LATER)


def test_two_answers_to_choose_from_stand_in_the_way_of_submitting():
    response, cor = disagree()
    answer(response, COMPLETE)
    with pytest.raises(IncompleteResponse) as refusal:
        submit_response(response, by=cor, at=LATER)
    assert [(gap.kind, gap.question.code) for gap in refusal.value.gaps] == [("conflict", "knelpunten")]
    settle_conflict(ConflictingAnswer.objects.get(), take=True, seen_revision=1, by=cor, at=LATER)
    assert submit_response(response, by=cor, at=LATER).status == "submitted"
