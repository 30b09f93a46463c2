"""XLSForms as people write them elsewhere, which come in whole; what a definition does not hold is named."""

from decimal import Decimal

from surveys.questionnaire.definition import (
    FILE_EXTENSIONS,
    ConditionDefinition,
    OptionDefinition,
    RuleDefinition,
)
from tests.drafts.xlsform.forms import YES_NO, list_remarks, read_definition, read_form

KOBO = """
| type | name | label::English (en) | label::Nederlands (nl) | hint::Nederlands (nl) | required | relevant | constraint | constraint_message::Nederlands (nl) | appearance | $kuid |
| start | start | | | | | | | | | a1 |
| end | end | | | | | | | | | a2 |
| select_one yn | beleid | Do you have policy? | Heeft u beleid? | Een besluit telt. | true | | | | minimal | a3 |
| select_multiple wie | betrokken | Who is involved? | Wie zijn erbij? | | false | ${beleid} = 'ja' | | | | a4 |
| integer | aantal | How many? | Hoeveel jeugdigen? | | | selected(${betrokken}, 'school') | . >= 0 and . <= '500' | Dat zijn er te veel. | | a5 |
| decimal | uren | Hours | Hoeveel uren? | | | | . > 0 | | | a6 |
| date | sinds | Since | Sinds wanneer? | | | | . >= date('2015-01-01') | | | a7 |
| text | uitleg | Explain | Wilt u iets toelichten? | | | | | | multiline | a8 |
| file | stuk | Document | Stuur uw plan mee | | | | | | | a9 |
| rank wie | volgorde | Rank | Wie is het belangrijkst? | | | | | | | a10 |
"""  # noqa: E501
KOBO_CHOICES = """
| list_name | name | label::English (en) | label::Nederlands (nl) |
| yn | ja | Yes | Ja |
| yn | nee | No | Nee |
| wie | school | School | School |
| wie | wijk | Neighbourhood | Wijk |
| oud | x | X | X |
"""
KOBO_SETTINGS = """
| form_title | version | default_language | style |
| Beleid in de wijk | 2024061301 | English (en) | pages |
"""


def test_a_plain_form_comes_in_whole_with_sensible_defaults():
    definition = read_definition(KOBO, KOBO_CHOICES, KOBO_SETTINGS)
    assert (definition.survey, definition.title, definition.number) == (
        "beleid-in-de-wijk",
        "Beleid in de wijk",
        1,
    )
    (section,) = definition.sections
    assert (section.code, section.title) == ("vragen", "Vragen")
    questions = definition.questions
    assert {code: question.kind for code, question in questions.items()} == {
        "beleid": "single",
        "betrokken": "multiple",
        "aantal": "number",
        "uren": "number",
        "sinds": "date",
        "uitleg": "text",
        "stuk": "file",
        "volgorde": "ranking",
    }
    assert questions["beleid"].text == "Heeft u beleid?"
    assert questions["beleid"].help == "Een besluit telt."
    assert questions["beleid"].options == (OptionDefinition("ja", "Ja"), OptionDefinition("nee", "Nee"))
    assert [code for code, each in questions.items() if each.requirement == "required"] == ["beleid"]
    assert questions["betrokken"].conditions == (ConditionDefinition("beleid", ("ja",)),)
    assert questions["aantal"].rules == (
        RuleDefinition(
            "range", "block", message="Dat zijn er te veel.", minimum=Decimal(0), maximum=Decimal(500)
        ),
    )
    assert (questions["uren"].decimals, questions["uren"].minimum) == (3, Decimal("0.001"))
    assert questions["stuk"].accepts == FILE_EXTENSIONS
    assert questions["stuk"].maximum_megabytes == 10


def test_what_a_definition_does_not_hold_is_named():
    assert list_remarks(read_form(KOBO, KOBO_CHOICES, KOBO_SETTINGS).left_out) == [
        ("settings", 1, "De kolom 'style' hoort niet bij een vragenlijst."),
        ("settings", 2, "Versie '2024061301': bij ons is dat een getal. Dit wordt versie 1."),
        ("survey", 1, "De kolom 'label::English (en)': een vragenlijst heeft één taal."),
        ("survey", 1, "De kolom '$kuid' hoort niet bij een vragenlijst."),
        ("survey", 2, "'start': een apparaat vult dit zelf in."),
        ("survey", 3, "'end': een apparaat vult dit zelf in."),
        ("survey", 4, "'appearance' op een regel van het type 'select_one yn'."),
        ("choices", 1, "De kolom 'label::English (en)': een vragenlijst heeft één taal."),
        ("choices", 6, "De lijst 'oud': geen vraag gebruikt deze lijst."),
    ]


def test_a_minimum_below_zero_lets_negative_numbers_in():
    """Without a minimum of its own a number starts at 0, and a rule alone would not change that."""
    survey = """
    | type | name | label | constraint | constraint_message |
    | integer | a | A? | . >= -5 | Te laag. |
    | integer | b | B? | . >= -5 | |
    """
    questions = read_definition(survey).questions
    assert questions["a"].minimum == questions["b"].minimum == Decimal(-5)
    assert (questions["a"].rules[0].message, questions["b"].rules) == ("Te laag.", ())


def test_or_other_is_an_answer_with_words_of_its_own():
    survey = """
    | type | name | label | relevant |
    | select_one janee or_other | q | Q? | |
    | text | r | R? | selected(${q}, 'other') |
    """
    definition = read_definition(survey)
    assert definition.questions["q"].options[-1] == OptionDefinition(
        "other", "Anders, namelijk", asks_text=True
    )
    assert definition.questions["r"].conditions == (ConditionDefinition("q", ("other",)),)
    listed = YES_NO + "| janee | other | Iets anders |"
    assert read_definition(survey, listed).questions["q"].options[-1] == OptionDefinition(
        "other", "Iets anders", asks_text=True
    )


def test_groups_become_sections_and_their_notes_the_introduction():
    survey = """
    | type | name | label | hint | relevant | appearance |
    | text | naam | Naam? | | | |
    | begin group | werk | Werk | | | field-list |
    | note | n1 | Eerst dit. | En dit. | | |
    | note | | Dan dat. | | | |
    | select one janee | doet | Doet u mee? | | | |
    | end group | | | | | |
    | text | tussen | Tussen? | | | |
    | begin_group | cijfers | | | ${doet} = 'ja' or ${doet} = 'nee' | |
    | int | fte | Fte? | | ${doet} = "ja" | |
    | end_group | | | | | |
    """
    definition = read_definition(survey)
    assert [(each.code, each.title, list_codes(each)) for each in definition.sections] == [
        ("vragen", "Vragen", ["naam"]),
        ("werk", "Werk", ["doet"]),
        ("vragen-2", "Vragen 2", ["tussen"]),
        ("cijfers", "cijfers", ["fte"]),
    ]
    assert definition.sections[1].intro == "Eerst dit.\n\nEn dit.\n\nDan dat."
    assert definition.questions["fte"].conditions == (ConditionDefinition("doet", ("ja",)),)


def list_codes(section):
    return [question.code for question in section.questions]


def test_columns_have_many_names():
    survey = """
    | Command | Tag | Caption | Relevance | Constraint Message | guidance hint | READ_ONLY |
    | string | a | Hoe? | | | Zo. | no |
    """
    question = read_definition(survey).questions["a"]
    assert (question.text, question.definition) == ("Hoe?", "Zo.")


def test_a_form_without_settings_is_called_after_its_file():
    definition = read_definition("| type | name | label |\n| text | a | Hoe? |", choices="")
    assert (definition.title, definition.survey, definition.number) == ("Mijn formulier", "mijn-formulier", 1)


def test_tables_are_lists_that_belong_to_their_question():
    survey = """
    | type | name | label | mm_kind |
    | text | zorg | Hoeveel kost het? | matrix |
    | text | stijl | Welke stijl? | typology |
    """
    choices = """
    | list_name | name | label | mm_kind | mm_minimum | mm_decimals | mm_unit |
    | zorg.rows | licht | Licht | | | | |
    | zorg.columns | aantal | Aantal | number | -2.5 | 1 | uren |
    | zorg.columns | wie | Wie? | single | | | |
    | zorg.columns.wie | ja | Ja | | | | |
    | zorg.columns.wie | nee | Nee | | | | |
    | stijl.dimensions | schaal | Schaal | | | | |
    | stijl.dimensions | vorm | Vorm | | | | |
    | stijl.dimensions.schaal | klein | Klein | | | | |
    | stijl.dimensions.schaal | groot | Groot | | | | |
    | stijl.dimensions.vorm | los | Los | | | | |
    | stijl.dimensions.vorm | vast | Vast | | | | |
    """
    questions = read_definition(survey, choices).questions
    assert [column.minimum for column in questions["zorg"].columns] == [Decimal("-2.5"), None]
    assert questions["zorg"].columns[0].unit == "uren"
    assert [option.text for option in questions["stijl"].dimensions[1].options] == ["Los", "Vast"]


def test_a_name_of_a_form_that_cannot_be_a_code_is_replaced_in_sight():
    settings = "| form_title | id_string |\n| Ons Formulier! | aBcD9 |"
    form = read_form("| type | name | label |\n| text | a | Hoe? |", settings=settings, choices="")
    assert form.definition.survey == "ons-formulier"
    assert list_remarks(form.left_out) == [
        ("settings", 2, "'form_id' is 'aBcD9': dat kan bij ons niet. De sleutel wordt 'ons-formulier'.")
    ]
