"""Pure edits of a definition: what they do, what they refuse, and that any number of them leaves something whole."""

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.drafts import editing
from surveys.drafts.editing import EditRefused
from surveys.questionnaire.definition import (
    ConditionDefinition,
    Definition,
    OptionDefinition,
    QuestionDefinition,
    RuleDefinition,
    SectionDefinition,
)
from surveys.questionnaire.definition_document import read_document
from tests.questionnaire.definition_strategies import definitions, options, texts
from tests.questionnaire.definitions import read_composed_kinds, read_every_kind


def list_places(definition: Definition) -> dict[str, list[str]]:
    return {section.code: [each.code for each in section.questions] for section in definition.sections}


def make_text(code: str) -> QuestionDefinition:
    return QuestionDefinition(code, "text", "Hoe gaat het?", "recommended")


def test_a_section_comes_at_the_end_or_where_it_is_asked():
    definition = editing.add_section(read_every_kind(), SectionDefinition("slot", "Slot", ()))
    definition = editing.add_section(definition, SectionDefinition("begin", "Begin", ()), position=0)
    assert list(list_places(definition)) == ["begin", "werk", "cijfers", "slot"]


def test_a_section_keeps_its_questions_when_it_is_replaced():
    definition = editing.replace_section(
        read_every_kind(), "werk", SectionDefinition("arbeid", "Arbeid", (), intro="Nieuw.")
    )
    assert list_places(definition)["arbeid"] == ["doet_mee", "manieren"]
    assert definition.sections[0].intro == "Nieuw."


def test_sections_move_and_stop_at_the_ends():
    definition = read_every_kind()
    assert list(list_places(editing.shift_section(definition, "cijfers", steps=-1))) == ["cijfers", "werk"]
    assert editing.shift_section(definition, "werk", steps=-1) == definition
    assert editing.shift_section(definition, "cijfers", steps=1) == definition


def test_a_section_goes_away_with_its_questions_unless_others_need_them():
    assert list(list_places(editing.remove_section(read_every_kind(), "cijfers"))) == ["werk"]
    with pytest.raises(EditRefused, match="bij 'fte' verwijst ernaar"):
        editing.remove_section(read_every_kind(), "werk")


def test_a_question_comes_at_the_end_or_where_it_is_asked():
    definition = editing.add_question(read_every_kind(), make_text("slot"), section="werk")
    definition = editing.add_question(definition, make_text("begin"), section="werk", position=0)
    assert list_places(definition)["werk"] == ["begin", "doet_mee", "manieren", "slot"]


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("fte", "komt meer dan één keer voor"),
        ("status", "al de naam van een kolom"),
        ("Met Spatie", "moet met een kleine letter beginnen"),
        ("", "ontbreekt"),
        ("a" * 61, "langer dan 60 tekens"),
    ],
)
def test_a_question_needs_a_code_of_its_own(code, reason):
    with pytest.raises(EditRefused, match=reason):
        editing.add_question(read_every_kind(), make_text(code), section="werk")


@pytest.mark.parametrize(
    ("code", "reason"), [("werk", "meer dan één keer"), ("pdf", "al het adres van een pagina"), ("", "ontbr")]
)
def test_a_section_needs_a_code_of_its_own(code, reason):
    with pytest.raises(EditRefused, match=reason):
        editing.add_section(read_every_kind(), SectionDefinition(code, "Nog een", ()))


def test_what_refers_to_a_question_follows_its_new_code():
    definition = read_every_kind()
    renamed = replace(definition.questions["doet_mee"], code="deelname")
    changed = editing.replace_question(definition, "doet_mee", renamed)
    assert {each.question for each in changed.questions["fte"].conditions} == {"deelname", "manieren"}

    composed = read_composed_kinds()
    renamed = replace(composed.questions["inwoners"], code="jeugdigen")
    changed = editing.replace_question(composed, "inwoners", renamed)
    assert changed.questions["clienten"].rules[0].other == "jeugdigen"


def test_an_answer_that_opens_another_question_cannot_go():
    definition = read_every_kind()
    question = definition.questions["doet_mee"]
    with pytest.raises(EditRefused, match="'manieren' hangt af van 'doet_mee', antwoord 'anders'"):
        editing.replace_question(definition, "doet_mee", replace(question, options=question.options[:2]))


def test_a_question_that_others_need_stays_of_its_kind():
    definition = read_every_kind()
    with pytest.raises(EditRefused, match="Dat moet een vraag met keuzes zijn"):
        editing.replace_question(definition, "doet_mee", make_text("doet_mee"))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"conditions": (ConditionDefinition("nergens", ("ja",)),)}, "die vraag is er niet"),
        ({"conditions": (ConditionDefinition("sinds", ("ja",)),)}, "niet van zichzelf afhangen"),
        ({"conditions": (ConditionDefinition("kosten", ("ja",)),)}, "vraag met keuzes"),
        ({"conditions": (ConditionDefinition("doet_mee", ("wat",)),)}, "antwoord 'wat'"),
        (
            {"rules": (RuleDefinition("compare", "warn", other="doet_mee", comparison="equal"),)},
            "geen vraag naar een getal",
        ),
    ],
)
def test_a_question_cannot_refer_to_what_is_not_there(change, reason):
    definition = read_every_kind()
    with pytest.raises(EditRefused, match=reason):
        editing.replace_question(definition, "sinds", replace(definition.questions["sinds"], **change))


def test_a_question_that_others_need_cannot_go():
    assert "deel" not in editing.remove_question(read_every_kind(), "deel").questions
    with pytest.raises(EditRefused, match="bij 'manieren' en 'fte' verwijst ernaar"):
        editing.remove_question(read_every_kind(), "doet_mee")


def test_a_question_moves_within_its_section_and_to_another():
    definition = editing.move_question(read_every_kind(), "deel", section="werk", position=1)
    assert list_places(definition)["werk"] == ["doet_mee", "deel", "manieren"]
    assert "deel" not in list_places(definition)["cijfers"]


def test_a_question_that_is_shifted_goes_on_into_the_next_section():
    definition = read_every_kind()
    down = editing.shift_question(definition, "manieren", steps=1)
    assert list_places(down)["cijfers"][0] == "manieren"
    assert editing.shift_question(down, "manieren", steps=-1) == definition
    assert editing.shift_question(definition, "doet_mee", steps=-1) == definition
    assert editing.shift_question(definition, "toelichting", steps=1) == definition


@pytest.mark.parametrize(
    "edit",
    [
        lambda definition: editing.remove_question(definition, "weg"),
        lambda definition: editing.replace_question(definition, "weg", make_text("weg")),
        lambda definition: editing.move_question(definition, "weg", section="werk", position=0),
        lambda definition: editing.remove_section(definition, "weg"),
        lambda definition: editing.add_question(definition, make_text("nieuw"), section="weg"),
    ],
)
def test_what_is_gone_cannot_be_changed(edit):
    with pytest.raises(EditRefused, match=r"'weg' staat niet \(meer\) in dit concept"):
        edit(read_every_kind())


def test_a_taken_code_gets_a_number():
    assert editing.find_free_code("fte", taken={"uren"}) == "fte"
    assert editing.find_free_code("fte", taken={"fte", "fte_2"}) == "fte_3"
    assert len(editing.find_free_code("a" * 60, taken={"a" * 60})) <= 60


def test_a_question_that_stands_alone_refers_to_nothing():
    alone = editing.stand_alone(replace(read_composed_kinds().questions["clienten"], change="meaning"))
    assert (alone.rules, alone.conditions, alone.change) == ((), (), "")
    own = editing.stand_alone(read_composed_kinds().questions["inwoners"])
    assert len(own.rules) == 2


# --- Any number of edits -------------------------------------------------------------------------

positions = st.integers(0, 5)
steps = st.sampled_from([-1, 1])


@st.composite
def edits(draw: st.DrawFn, definition: Definition):
    """One edit, of what is there or of what is not."""
    section = draw(st.sampled_from([*(each.code for each in definition.sections), "deel_9"]))
    question = draw(st.sampled_from([*definition.questions, "vraag_9_9"]))
    source = draw(st.sampled_from([*definition.questions, "vraag_9_9"]))
    new = QuestionDefinition(
        draw(st.sampled_from([question, "vraag_9_9", "nieuw", "Fout"])),
        "single",
        draw(texts),
        "required",
        options=draw(options()) or (OptionDefinition("ja", "Ja"),),
        conditions=draw(st.just(()) | st.just((ConditionDefinition(source, ("antwoord_1",)),))),
    )
    moved = draw(positions)
    return draw(
        st.sampled_from(
            [
                lambda it: editing.add_section(it, SectionDefinition("extra", "Extra", ()), position=moved),
                lambda it: editing.replace_section(it, section, SectionDefinition("anders", "Anders", ())),
                lambda it: editing.move_section(it, section, position=moved),
                lambda it: editing.remove_section(it, section),
                lambda it: editing.add_question(it, new, section=section, position=moved),
                lambda it: editing.replace_question(it, question, new),
                lambda it: editing.move_question(it, question, section=section, position=moved),
                lambda it: editing.shift_question(it, question, steps=draw(steps)),
                lambda it: editing.remove_question(it, question),
            ]
        )
    )


@given(st.data())
def test_any_sequence_of_edits_leaves_something_whole_that_can_be_kept(data):
    definition = data.draw(definitions())
    for _ in range(data.draw(st.integers(1, 6))):
        edit = data.draw(edits(definition))
        with suppress(EditRefused):
            definition = edit(definition)
        assert list(editing.find_breaks(definition)) == []
        assert read_document(definition.as_dict()).as_dict() == definition.as_dict()
        codes = [each.code for section in definition.sections for each in section.questions]
        assert sorted(codes) == sorted(definition.questions)
