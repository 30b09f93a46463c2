"""Two versions of a response beside each other."""

from dataclasses import replace

import pytest

from surveys.fieldwork.comparison import Change, Version, compare_responses
from surveys.questionnaire.answer_values import BLANK
from surveys.questionnaire.definition import OptionDefinition
from surveys.responses.snapshots import Snapshot, SnapshotAnswer, SnapshotMunicipality
from tests.responses.factories import DEFINITION, NOW, choose, count, make_definition, make_question, write

LEIDEN = SnapshotMunicipality("GM0546", "Leiden")


def make_version(definition=DEFINITION, *, deviations=None, municipalities=(LEIDEN,), **answers):
    return Version(
        definition,
        Snapshot(
            wave="proef",
            survey="proef",
            version=definition.number,
            definition_checksum="",
            respondent="JZ18",
            number=1,
            submitted_at=NOW,
            municipalities=municipalities,
            answers={code: SnapshotAnswer(value, 1) for code, value in answers.items()},
            deviations={key: SnapshotAnswer(value, 1) for key, value in (deviations or {}).items()},
        ),
    )


def find(sections, question, municipality=""):
    (row,) = (
        row
        for section in sections
        for row in (*section.differing, *section.same)
        if row.question == f"Vraag {question}?" and row.municipality == municipality
    )
    return row


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (write("Oud"), write("Oud"), Change.SAME),
        (write("Oud"), write("Nieuw"), Change.CHANGED),
        (None, write("Nieuw"), Change.FILLED_IN),
        (BLANK, write("Nieuw"), Change.FILLED_IN),
        (write("Oud"), None, Change.DROPPED),
        (write("Oud"), BLANK, Change.DROPPED),
        (None, BLANK, Change.SAME),
    ],
)
def test_the_difference_is_said_in_a_word(before, after, change):
    versions = [make_version(**{"knelpunten": value} if value else {}) for value in (before, after)]
    row = find(compare_responses(*versions), "knelpunten")
    assert row.change is change
    assert row.label in {"Gelijk", "Gewijzigd", "Ingevuld", "Weggevallen"}


def test_what_does_not_differ_stands_apart():
    sections = compare_responses(
        make_version(poh=choose("nee"), kosten=count(1)), make_version(poh=choose("nee"), kosten=count(2))
    )
    (differing,) = (row for section in sections for row in section.differing)
    assert (differing.question, differing.before, differing.after) == ("Vraag kosten?", "€ 1", "€ 2")
    same = [row for section in sections for row in section.same]
    assert len(same) == len(DEFINITION.questions) - 1 + 1  # and which municipalities it is about


def test_an_answer_behind_a_closed_route_is_gone_and_says_why():
    sections = compare_responses(
        make_version(beperkt=choose("ja"), hoe=choose("school")),
        make_version(beperkt=choose("nee"), hoe=choose("school")),
    )
    row = find(sections, "hoe")
    assert (row.change, row.before) == (Change.DROPPED, "School")
    assert row.after == "Niet gesteld, door een eerder antwoord"


def test_the_order_of_ticked_options_is_no_difference():
    one = make_version(beperkt=choose("ja"), hoe=choose("school", "wijk"))
    other = make_version(beperkt=choose("ja"), hoe=choose("wijk", "school"))
    assert find(compare_responses(one, other), "hoe").change is Change.SAME


def test_other_words_of_an_option_are_no_other_answer():
    def ask(word, number):
        question = make_question("poh", "single", options=("ja", "nee"))
        options = (OptionDefinition("ja", word), question.options[1])
        return replace(make_definition(("een", (replace(question, options=options),))), number=number)

    before = make_version(ask("Ja", 1), poh=choose("ja"))
    after = make_version(ask("Ja, zeker", 2), poh=choose("ja"))
    row = find(compare_responses(before, after), "poh")
    assert (row.before, row.after, row.change) == ("Ja", "Ja, zeker", Change.SAME)


def test_a_question_that_only_one_version_asks_is_there_too():
    before = make_version(make_definition(("een", (make_question("oud"),))), oud=write("Tekst"))
    after = make_version(make_definition(("een", (make_question("nieuw"),))), nieuw=write("Woord"))
    sections = compare_responses(before, after)
    assert [section.title for section in sections] == [
        "Voor welke gemeenten",
        "Onderdeel een",
        "Niet meer gevraagd",
    ]
    gone, added = find(sections, "oud"), find(sections, "nieuw")
    assert (gone.change, gone.after) == (
        Change.DROPPED,
        "Deze vraag stond niet in deze versie van de vragenlijst",
    )
    assert (added.change, added.after) == (Change.FILLED_IN, "Woord")


def test_deviations_of_either_version_are_compared():
    before = make_version(poh=choose("nee"), deviations={("poh", "GM0546"): choose("ja")})
    after = make_version(poh=choose("nee"))
    row = find(compare_responses(before, after), "poh", "Leiden")
    assert (row.before, row.after, row.change) == ("Ja", "Zelfde antwoord als de regio", Change.DROPPED)
    assert find(compare_responses(before, after), "poh").change is Change.SAME


def test_who_it_is_about_and_who_may_be_named_is_compared():
    named = replace(LEIDEN, may_be_named=True)
    hillegom = SnapshotMunicipality("GM0534", "Hillegom")
    for after in ((named,), (LEIDEN, hillegom), ()):
        section, *_ = compare_responses(make_version(), make_version(municipalities=after))
        (row,) = section.differing
        assert row.before == "Leiden"
    section, *_ = compare_responses(
        make_version(municipalities=(LEIDEN, hillegom)), make_version(municipalities=(hillegom, LEIDEN))
    )
    assert section.differing == ()
