from dataclasses import replace

from surveys.offline.paper import describe_questionnaire
from tests.offline.definitions import EVERY_KIND
from tests.responses.factories import make_definition, make_question

BOTH = {"toegang", "cijfers"}


def describe(definition=EVERY_KIND, *, sections=BOTH):
    return describe_questionnaire(definition, sections=sections, wave_title="Proefmeting", facts=[])


def list_questions(described):
    return {
        question.code: printed
        for section, printed_section in zip(EVERY_KIND.sections, described["sections"], strict=True)
        for question, printed in zip(section.questions, printed_section["questions"], strict=True)
    }


def test_every_question_stands_under_the_number_of_the_site():
    described = describe()
    assert [section["title"] for section in described["sections"]] == [
        "Onderdeel 1: Onderdeel toegang",
        "Onderdeel 2: Onderdeel cijfers",
    ]
    first = [question["title"] for question in described["sections"][0]["questions"]]
    assert first == ["1. Vraag beperkt?", "1a. Vraag hoe?", "1b. Vraag uitleg?"]


def test_routing_is_told_in_words_that_name_the_question_by_number():
    questions = list_questions(describe())
    assert questions["beperkt"]["routes"] == []
    assert questions["hoe"]["routes"] == ["Alleen na “Ja” bij vraag 1."]
    assert questions["uitleg"]["routes"] == ["Alleen na “Wijk” of “Anders” bij vraag 1a."]
    assert questions["aandeel"]["routes"] == ["Alleen na “Ja” of “Nee” bij vraag 1 van onderdeel 1."]


def test_three_options_are_joined_as_a_person_would():
    definition = make_definition(
        (
            "een",
            (
                make_question("bron", "single", options=("a", "b", "c", "d")),
                make_question("na", after={"bron": ("a", "b", "d")}),
            ),
        )
    )
    described = describe(definition, sections={"een"})
    assert described["sections"][0]["questions"][1]["routes"] == ["Alleen na “A”, “B” of “D” bij vraag 1."]


def test_a_section_that_is_not_the_readers_tells_nothing():
    described = describe(sections={"cijfers"})
    assert [section["title"] for section in described["sections"]] == ["Onderdeel 2: Onderdeel cijfers"]
    share = described["sections"][0]["questions"][3]
    assert share["routes"] == ["Alleen na een bepaald antwoord in een onderdeel dat een collega invult."]
    assert "beperkt" not in str(described)


def test_each_kind_says_how_to_answer_and_gets_its_own_room():
    questions = list_questions(describe())
    shapes = {code: [part["shape"] for part in each["parts"]] for code, each in questions.items()}
    assert shapes == {
        "beperkt": ["choices"],
        "hoe": ["choices"],
        "uitleg": ["lines"],
        "fte": ["blank"],
        "sinds": ["blank"],
        "kosten": ["blank"],
        "aandeel": ["blank"],
        "start": ["date"],
        "prioriteit": ["places"],
        "hulp": ["table"],
        "typering": ["choices", "choices"],
        "bewijs": [],
    }
    how = {code: each["how"] for code, each in questions.items()}
    assert how["beperkt"] == "Kruis één antwoord aan."
    assert how["hoe"] == "Kruis alles aan wat klopt."
    assert how["fte"] == "Vul een getal in. Gebruik hoogstens 1 cijfer achter de komma."
    assert how["sinds"] == "Vul een jaar in van 2000 tot en met 2030."
    assert how["kosten"] == "Vul een bedrag in. Gebruik hoogstens 2 cijfers achter de komma."
    assert how["aandeel"].startswith("Vul een percentage in van 0 tot en met 100.")
    assert how["start"] == "Vul een dag in van 1 januari 2020 tot en met 31 december 2030."
    assert how["prioriteit"].endswith("tot hoogstens 2.")
    assert how["bewijs"] == "Voeg het bestand toe op de site. Dat kan niet op papier."


def test_units_stand_where_people_write_them():
    questions = list_questions(describe())
    blanks = {
        code: (questions[code]["parts"][0]["before"], questions[code]["parts"][0]["after"])
        for code in ("fte", "sinds", "kosten", "aandeel")
    }
    assert blanks == {"fte": ("", "fte"), "sinds": ("", ""), "kosten": ("€", ""), "aandeel": ("", "%")}
    assert questions["hulp"]["parts"][0]["columns"] == ["Cliënten", "Kosten (€)", "Hoe geregeld"]


def test_kinds_of_nothing_and_paragraphs_of_help_are_told():
    question = list_questions(describe())["beperkt"]
    assert question["missing"] == ["Weet ik niet", "Wil ik niet zeggen"]
    assert question["help"] == ["Denk aan de verordening.", "En aan het beleid."]
    assert question["is_required"]


def test_ranking_without_a_limit_ranks_everything():
    section = EVERY_KIND.sections[1]
    ranking = replace(section.questions[5], maximum_ranked=0)
    definition = replace(EVERY_KIND, sections=(replace(section, questions=(ranking,)),))
    described = describe(definition, sections={"cijfers"})
    assert described["sections"][0]["questions"][0]["how"].endswith("tot hoogstens 3.")
