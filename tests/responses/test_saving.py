from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from wagtail.models import ModelLogEntry

from surveys.questionnaire.answer_values import (
    BLANK,
    AnswerState,
    AnswerValue,
    AttachedFile,
    ChosenOption,
    FilledCell,
)
from surveys.questionnaire.definition import (
    ColumnDefinition,
    DimensionDefinition,
    LineDefinition,
    OptionDefinition,
)
from surveys.questionnaire.lifecycle import close_wave
from surveys.responses.lifecycle.refusals import ActionRefused, ResponseLocked, WaveClosed
from surveys.responses.lifecycle.saving import AnswerChange, confirm_answer, save_answers
from surveys.responses.lifecycle.submission import reopen_response, submit_response
from surveys.responses.models import Answer, AnswerRevision, EvidenceFile
from surveys.responses.queries import load_answers, load_deviations
from tests.responses.factories import (
    COMPLETE,
    DONT_KNOW,
    MEMBER,
    NOW,
    OTHER_MEMBER,
    REGION,
    answer,
    choose,
    count,
    make_definition,
    make_person,
    make_question,
    make_response,
    make_wave,
    write,
)

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def show_values(response):
    return {code: answer.value for code, answer in load_answers(response).items()}


def read_rows(stored):
    """The value as it lies in the rows of the answer, for who counts with them."""
    row = Answer.objects.select_related("file").get(pk=stored.id)
    return AnswerValue(
        AnswerState(row.state),
        tuple(ChosenOption(each.option.code, each.text) for each in row.chosen.select_related("option")),
        row.text,
        row.number,
        row.day,
        tuple(FilledCell(each.row, each.column, each.option, each.number) for each in row.cells.all()),
        row.file and AttachedFile(row.file.pk, row.file.name, row.file.size, row.file.checksum),
        row.caveat,
    )


KINDS = make_definition(
    (
        "soorten",
        (
            make_question("een", "single", options=("ja", "nee"), missing=("dont_know",)),
            make_question("meer", "multiple", options=("school", "wijk", "anders")),
            make_question("getal", "number", decimals=1),
            make_question("tekst"),
            make_question("dag", "date"),
            make_question("orde", "ranking", options=("a", "b", "c")),
            make_question(
                "tabel",
                "matrix",
                rows=(LineDefinition("jong", "Jong"), LineDefinition("oud", "Oud")),
                columns=(ColumnDefinition("aantal", "Aantal", "number"),),
            ),
            make_question(
                "type",
                "typology",
                dimensions=tuple(
                    DimensionDefinition(
                        code, code, tuple(OptionDefinition(each, each) for each in ("team", "wijk"))
                    )
                    for code in ("vorm", "plek")
                ),
            ),
            make_question("bewijs", "file", accepts=("pdf",), maximum_megabytes=5),
        ),
    ),
)
FIRST_VALUES = {
    "een": DONT_KNOW,
    "meer": replace(choose("school", "anders", anders="'s-Hertogenbosch & <b>"), caveat="Alleen 2021."),
    "getal": count("1234567.5"),
    "tekst": write("Regel een\nRegel twee 🙂"),
    "dag": AnswerValue(AnswerState.GIVEN, day=date(2026, 2, 28)),
    "orde": choose("c", "a", "b"),
    "tabel": AnswerValue(
        AnswerState.GIVEN,
        cells=(
            FilledCell("jong", "aantal", number=Decimal(3)),
            FilledCell("oud", "aantal", number=Decimal(4)),
        ),
    ),
    "type": AnswerValue(
        AnswerState.GIVEN, cells=(FilledCell("vorm", option="team"), FilledCell("plek", option="wijk"))
    ),
}
OTHER_VALUES = {
    "een": choose("nee"),
    "meer": choose("school", "wijk"),
    "getal": BLANK,
    "tekst": replace(write("Anders"), caveat="Een schatting."),
    "dag": AnswerValue(AnswerState.GIVEN, day=date(2026, 3, 1)),
    "orde": choose("a", "c"),
    "tabel": AnswerValue(AnswerState.GIVEN, cells=(FilledCell("jong", "aantal", number=Decimal("0.5")),)),
    "type": AnswerValue(AnswerState.GIVEN, cells=(FilledCell("plek", option="wijk"),)),
}


@pytest.mark.parametrize(
    "saves", [[FIRST_VALUES], [FIRST_VALUES, OTHER_VALUES], [OTHER_VALUES, FIRST_VALUES]]
)
def test_every_kind_of_value_comes_back_as_it_was_saved(saves):
    response = make_response(make_wave(KINDS), MEMBER)
    for values in saves:
        answer(response, values)
    stored = load_answers(response)
    assert {code: each.value for code, each in stored.items()} == saves[-1]
    assert {code: read_rows(each) for code, each in stored.items()} == saves[-1]


def test_a_file_comes_back_as_evidence():
    response = make_response(make_wave(KINDS), MEMBER)
    evidence = EvidenceFile.objects.create(
        response=response,
        question=response.version.questions.get(code="bewijs"),
        name="jaarverslag.pdf",
        content_type="application/pdf",
        size=1234,
        checksum="ab" * 32,
        uploaded_at=NOW,
    )
    attached = AttachedFile(evidence.pk, evidence.name, evidence.size, evidence.checksum)
    value = AnswerValue(AnswerState.GIVEN, file=attached)
    answer(response, {"bewijs": value})
    stored = load_answers(response)["bewijs"]
    assert stored.value == value
    assert read_rows(stored) == value


def test_each_save_is_a_new_revision_and_every_value_is_kept():
    person = make_person("Gerda")
    response = make_response(make_wave(), MEMBER)
    values = [write("eerst"), write("daarna"), BLANK]
    for value in values:
        answer(response, {"knelpunten": value}, by=person)
    stored = load_answers(response)["knelpunten"]
    assert (stored.value, stored.revision, stored.saved_by) == (BLANK, 3, "Gerda")
    history = AnswerRevision.objects.filter(answer=stored.id)
    assert [(row.number, row.value) for row in history] == [
        (number, value.as_dict()) for number, value in enumerate(values, start=1)
    ]


def test_a_replaced_choice_leaves_nothing_behind():
    response = make_response(make_wave(), MEMBER, answers={"beperkt": choose("ja")})
    answer(response, {"beperkt": choose("nee"), "hoe": choose("wijk", "school")})
    answer(response, {"hoe": choose("school")})
    assert show_values(response) == {"beperkt": choose("nee"), "hoe": choose("school")}


def test_the_same_value_again_writes_nothing():
    response = make_response(
        make_wave(), MEMBER, answers={"hoe": choose("school", "wijk"), "fte": count("2.5")}
    )
    before = list(AnswerRevision.objects.values_list("pk"))
    changes = [
        AnswerChange("hoe", choose("wijk", "school"), 1),
        AnswerChange("fte", count("2.500"), 0),
        AnswerChange("knelpunten", BLANK, 0),
    ]
    outcome = save_answers(response, changes=changes, by=None, at=LATER)
    assert (outcome.saved, outcome.conflicts) == ([], [])
    assert {code: each.revision for code, each in load_answers(response).items()} == {"hoe": 1, "fte": 1}
    assert list(AnswerRevision.objects.values_list("pk")) == before
    assert outcome.revisions == {("hoe", ""): 1, ("fte", ""): 1, ("knelpunten", ""): 0}


@pytest.mark.parametrize(("seen", "base"), [(write("eerst"), 1), (BLANK, 0)])
def test_a_field_left_alone_while_a_colleague_changed_it_is_no_conflict(seen, base):
    response = make_response(make_wave(), MEMBER, answers={"knelpunten": write("eerst")})
    answer(response, {"knelpunten": write("van een collega")})
    change = AnswerChange("knelpunten", seen, base)
    outcome = save_answers(response, changes=[change], by=None, at=NOW)
    assert (outcome.saved, outcome.conflicts) == ([], [])
    assert show_values(response)["knelpunten"] == write("van een collega")


def test_which_questions_are_asked_follows_every_save_and_values_are_kept():
    response = make_response(
        make_wave(), MEMBER, answers={"beperkt": choose("ja"), "hoe": choose("wijk"), "uitleg": write("Zo.")}
    )

    def show_routed():
        return {code for code, each in load_answers(response).items() if each.is_routed}

    assert show_routed() == {"beperkt", "hoe", "uitleg"}
    answer(response, {"beperkt": choose("nee")})
    assert show_routed() == {"beperkt"}
    assert show_values(response)["uitleg"] == write("Zo.")
    answer(response, {"beperkt": choose("ja")})
    assert show_routed() == {"beperkt", "hoe", "uitleg"}


def test_the_history_says_who_saved_what_when_and_how():
    person = make_person("Gerda")
    response = make_response(make_wave(), MEMBER)
    change = AnswerChange("kosten", count(5), 0, key="sleutel", origin="upload")
    save_answers(response, changes=[change], by=person, at=LATER)
    (row,) = AnswerRevision.objects.all()
    assert (row.value, row.key, row.origin) == ({"state": "given", "number": "5"}, "sleutel", "upload")
    assert (row.number, row.saved_by, row.saved_at) == (1, person, LATER)
    actions = ModelLogEntry.objects.for_instance(response).values_list("action", flat=True)
    assert list(actions) == ["response.start"]


# --- The same save again ---


def test_the_same_save_sent_again_gives_the_same_outcome_and_writes_nothing():
    response = make_response(make_wave(), MEMBER)
    change = AnswerChange("knelpunten", write("eerst"), 0, key="k1")
    first = save_answers(response, changes=[change], by=None, at=NOW)
    assert save_answers(response, changes=[change], by=None, at=LATER) == first
    assert AnswerRevision.objects.get().saved_at == NOW


def test_a_save_sent_again_after_a_colleague_went_on_is_still_that_save():
    """Its author never saw what the colleague made of it, so they still start from their own revision."""
    response = make_response(make_wave(), MEMBER)
    change = AnswerChange("knelpunten", write("eerst"), 0, key="k1")
    save_answers(response, changes=[change], by=None, at=NOW)
    answer(response, {"knelpunten": write("van een collega")})
    again = save_answers(response, changes=[change], by=None, at=LATER)
    assert (again.saved, again.conflicts) == (["knelpunten"], [])
    assert again.revisions == {("knelpunten", ""): 1}
    assert show_values(response)["knelpunten"] == write("van een collega")


def test_one_key_names_all_the_answers_of_one_save():
    response = make_response(make_wave(), MEMBER)
    changes = [AnswerChange(code, write("zo"), 0, key="k1") for code in ("knelpunten", "uitleg")]
    assert save_answers(response, changes=changes, by=None, at=NOW).saved == ["knelpunten", "uitleg"]


# --- Deviations ---


def test_a_deviation_stands_beside_the_answer_of_the_region():
    response = make_response(make_wave(), REGION, answers={"beperkt": choose("ja")})
    change = AnswerChange("beperkt", choose("nee"), 0, municipality=MEMBER)
    outcome = save_answers(response, changes=[change], by=None, at=NOW)
    assert outcome.revisions == {("beperkt", MEMBER): 1}
    assert show_values(response) == {"beperkt": choose("ja")}
    deviations = load_deviations(response)
    assert {key: each.value for key, each in deviations.items()} == {("beperkt", MEMBER): choose("nee")}


def test_whether_a_deviation_is_asked_follows_its_municipality_and_then_its_region():
    response = make_response(make_wave(), REGION, answers={"beperkt": choose("ja")})
    both = [AnswerChange("hoe", choose("school"), 0, municipality=code) for code in (MEMBER, OTHER_MEMBER)]
    save_answers(response, changes=both, by=None, at=NOW)

    def show_asked():
        return {key for key, each in load_deviations(response).items() if each.is_routed}

    assert show_asked() == {("hoe", MEMBER), ("hoe", OTHER_MEMBER)}
    change = AnswerChange("beperkt", choose("nee"), 0, municipality=MEMBER)
    save_answers(response, changes=[change], by=None, at=NOW)
    assert show_asked() == {("beperkt", MEMBER), ("hoe", OTHER_MEMBER)}
    answer(response, {"beperkt": choose("nee")})
    assert show_asked() == {("beperkt", MEMBER)}
    change = AnswerChange("beperkt", choose("ja"), 1, municipality=MEMBER)
    save_answers(response, changes=[change], by=None, at=NOW)
    assert show_asked() == {("beperkt", MEMBER), ("hoe", MEMBER)}


# --- What does not fit ---


@pytest.mark.parametrize(
    "change",
    [
        AnswerChange("bestaat-niet", write("x"), 0),
        AnswerChange("beperkt", choose("bestaat-niet"), 0),
        AnswerChange("knelpunten", choose("ja"), 0),
    ],
)
def test_a_question_or_option_that_is_not_in_the_questionnaire_is_refused_in_words(change):
    response = make_response(make_wave(), MEMBER)
    good = AnswerChange("kosten", count(1), 0)
    with pytest.raises(ActionRefused, match="past niet bij uw vragenlijst"):
        save_answers(response, changes=[good, change], by=None, at=NOW)
    assert show_values(response) == {}


def test_two_values_for_one_answer_are_refused_because_neither_may_get_lost():
    response = make_response(make_wave(), MEMBER)
    changes = [AnswerChange("kosten", count(1), 0), AnswerChange("kosten", count(2), 0)]
    with pytest.raises(ActionRefused, match="twee antwoorden"):
        save_answers(response, changes=changes, by=None, at=NOW)
    assert show_values(response) == {}


def test_what_was_saved_before_the_wave_closed_or_the_response_was_submitted_stays():
    """Somebody types on, and sends an earlier save again, while a colleague submits and the wave closes."""
    wave = make_wave()
    response = make_response(wave, MEMBER, answers=COMPLETE)
    change = AnswerChange("kosten", count(1), 0, key="k1")
    save_answers(response, changes=[change], by=None, at=NOW)
    submit_response(response, by=None, at=NOW)
    later = [change, AnswerChange("knelpunten", write("te laat"), 0)]
    with pytest.raises(ResponseLocked, match="al ingediend"):
        save_answers(response, changes=later, by=None, at=LATER)
    reopen_response(response, by=None, reason="Nog iets", at=LATER)
    close_wave(wave)
    with pytest.raises(WaveClosed, match="gesloten"):
        save_answers(response, changes=later, by=None, at=LATER)
    assert show_values(response) == COMPLETE | {"kosten": count(1)}


# --- Confirming after a warning ---


def test_confirming_says_which_revision_was_looked_at_and_by_whom():
    person = make_person("Gerda")
    response = make_response(make_wave(), MEMBER, answers={"kosten": count(9)})
    confirm_answer(response, question="kosten", revision=1, by=person, at=LATER)
    assert load_answers(response)["kosten"].confirmed_revision == 1
    (entry,) = ModelLogEntry.objects.for_instance(response).filter(action="response.confirm_answer")
    assert (entry.user, entry.data) == (person, {"question": "kosten"})
    answer(response, {"kosten": count(10)})
    stored = load_answers(response)["kosten"]
    assert (stored.revision, stored.confirmed_revision) == (2, 1)


@pytest.mark.parametrize(("question", "revision"), [("kosten", 2), ("knelpunten", 1), ("bestaat-niet", 1)])
def test_only_the_answer_that_was_seen_can_be_confirmed(question, revision):
    response = make_response(make_wave(), MEMBER, answers={"kosten": count(9)})
    with pytest.raises(ActionRefused, match="intussen veranderd"):
        confirm_answer(response, question=question, revision=revision, by=None, at=LATER)
    assert load_answers(response)["kosten"].confirmed_revision is None
