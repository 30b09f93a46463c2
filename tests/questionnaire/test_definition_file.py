# ruff: noqa: E501 - one line per mistake, with its whole message, reads best
from decimal import Decimal

import pytest

from surveys.questionnaire.definition import ConditionDefinition, OptionDefinition
from surveys.questionnaire.definition_file import DefinitionError, parse_definition, read_definition
from tests.questionnaire.definitions import EVERY_KIND, read_every_kind


def find_problems(text: str) -> list[str]:
    with pytest.raises(DefinitionError) as raised:
        parse_definition(text)
    return raised.value.problems


def change(old: str, new: str) -> str:
    assert EVERY_KIND.count(old) >= 1
    return EVERY_KIND.replace(old, new, 1)


def test_reads_everything_that_the_file_says():
    definition = read_every_kind()
    assert (definition.survey, definition.title, definition.number) == ("proef", "Proef", 1)
    assert [section.code for section in definition.sections] == ["werk", "cijfers"]
    assert definition.sections[0].intro == "Over het werk."
    assert list(definition.questions) == [
        "doet_mee", "manieren", "fte", "sinds", "kosten", "deel", "toelichting"
    ]  # fmt: skip
    single = definition.questions["doet_mee"]
    assert single.options[-1] == OptionDefinition("anders", "Anders, namelijk", asks_text=True)
    assert single.missing == ("dont_know",)
    number = definition.questions["fte"]
    assert (number.unit, number.minimum, number.decimals) == ("fte", Decimal("0.5"), 1)
    assert number.conditions == (
        ConditionDefinition("doet_mee", ("ja",)),
        ConditionDefinition("manieren", ("alleen",)),
    )


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("version = 1", "", "vragenlijst: 'version' moet 1 of hoger zijn."),
        ("version = 1", "version = '1'", "vragenlijst: 'version' moet een heel getal zijn."),
        ('survey = "proef"', "", "vragenlijst: 'survey': 'code' ontbreekt."),
        ('title = "Proef"', "", "vragenlijst: 'title' ontbreekt."),
        ('title = "Proef"', "titel = 'Proef'", "vragenlijst: 'titel' is hier niet bekend. Bedoelt u 'title'?"),
        ('source = "Bedacht"', f"source = '{'x' * 301}'", "vragenlijst: 'source' is langer dan 300 tekens."),
        ('code = "cijfers"', 'code = "werk"', "onderdeel 'werk': deze code komt meer dan één keer voor."),
        ('title = "Werk"', f"title = '{'x' * 161}'", "onderdeel 'werk': 'title' is langer dan 160 tekens."),
        ('title = "Werk"', "title = 5", "onderdeel 'werk': 'title' moet tekst tussen aanhalingstekens zijn."),
        ('more = "', 'mor = "', "onderdeel 'werk': 'mor' is hier niet bekend. Bedoelt u 'more'?"),
        ('code = "deel"', 'code = "kosten"', "vraag 'kosten': deze code komt meer dan één keer voor."),
        ('code = "deel"', 'code = "status"', "vraag 'status': deze code is al de naam van een kolom in de bestanden. Kies een andere."),
        ('code = "deel"', f'code = "{"x" * 61}"', f"vraag '{'x' * 61}': de code is langer dan 60 tekens."),
        ('code = "deel"', "", "vraag '': 'code' ontbreekt."),
        ('text = "Welk deel?"', "", "vraag 'deel': 'text' ontbreekt."),
        ('kind = "percentage"', 'kind = "procent"', "vraag 'deel': 'kind' is 'procent', maar moet een van deze zijn: single, multiple, number, year, euro, percentage, text, date, ranking, matrix, typology, file."),
        ('requirement = "required"', 'requirement = "verplicht"', "vraag 'doet_mee': 'requirement' is 'verplicht', maar moet required of recommended zijn."),
        ('help = "', 'hulp = "', "vraag 'manieren': 'hulp' is hier niet bekend. Bedoelt u 'help'?"),
        ('missing = ["dont_know"]', 'missing = ["blank"]', "vraag 'doet_mee': 'missing' kent 'blank' niet. Kies uit: dont_know, not_applicable, refused."),
        ('missing = ["dont_know"]', 'missing = "dont_know"', "vraag 'doet_mee': 'missing' moet een lijst met teksten zijn."),
        ('"not_applicable", "refused"', '"refused", "refused"', "vraag 'sinds': in 'missing' staat iets dubbel."),
        ("other = true", 'other = "ja"', "vraag 'doet_mee', antwoord 'anders': 'other' moet true of false zijn."),
        ("other = true", "others = true", "vraag 'doet_mee', antwoord 'anders': 'others' is hier niet bekend. Bedoelt u 'other'?"),
        ('{code = "nee"', '{code = "ja"', "vraag 'doet_mee': antwoord 'ja': deze code komt meer dan één keer voor."),
        ('{code = "nee"', '{code = "refused"', "vraag 'doet_mee': antwoord 'refused': deze code betekent al een soort 'geen antwoord'."),
        ('text = "Nee"', f'text = "{"x" * 301}"', "vraag 'doet_mee': antwoord 'nee': 'text' is langer dan 300 tekens."),
        (', {code = "alleen", text = "Alleen"}', "", "vraag 'manieren': een keuzevraag heeft minstens twee antwoorden nodig."),
        ('options = [ {code = "samen", text = "Samen"}, {code = "alleen", text = "Alleen"} ]', "options = 3", "vraag 'manieren': 'options' moet een lijst met tabellen zijn."),
        ('kind = "multiple"', 'kind = "text"', "vraag 'manieren': 'options' hoort niet bij een vraag van de soort 'text'."),
        ('kind = "number"', 'kind = "euro"', "vraag 'fte': 'unit' hoort niet bij een vraag van de soort 'euro'."),
        ('unit = "fte"', f'unit = "{"x" * 41}"', "vraag 'fte': 'unit' is langer dan 40 tekens."),
        ("maximum = 500", "maximum = 0", "vraag 'fte': het minimum is hoger dan het maximum."),
        ("maximum = 500", "maximum = 1000000000000", "vraag 'fte': 'maximum' heeft meer dan twaalf cijfers."),
        ("maximum = 500", "maximum = 9.99", "vraag 'fte': 'maximum' heeft meer cijfers achter de komma dan 'decimals' toestaat."),
        ("maximum = 500", "maximum = nan", "vraag 'fte': 'maximum' moet een getal zijn."),
        ("maximum = 500", "maximum = true", "vraag 'fte': 'maximum' moet een getal zijn."),
        ("decimals = 1", "decimals = 4", "vraag 'fte': 'decimals' moet van 0 tot en met 3 zijn."),
        ("decimals = 1", "decimals = -1", "vraag 'fte': 'decimals' moet van 0 tot en met 3 zijn."),
        ("maximum = 2030", "decimals = 1", "vraag 'sinds': 'decimals' hoort niet bij een vraag van de soort 'year'."),
        ("maximum = 2030", "maximum = 20300", "vraag 'sinds': 'maximum' van een jaar moet vier cijfers hebben."),
        ('text = "Welk deel?"', 'text = "x"\nmaximum = 101', "vraag 'deel': 'maximum' van een percentage moet van 0 tot en met 100 zijn."),
        ('kind = "percentage"', 'kind = "text"\nminimum = 3', "vraag 'deel': 'minimum' hoort niet bij een vraag van de soort 'text'."),
        ('any_of = ["ja", "anders"]', 'any_of = ["ja", "soms"]', "vraag 'manieren': 'ask_if' op 'doet_mee': het antwoord 'soms' bestaat daar niet."),
        ('any_of = ["ja", "anders"]', "any_of = []", "vraag 'manieren': 'ask_if' op 'doet_mee': 'any_of' noemt geen antwoord."),
        ('any_of = ["ja", "anders"]', 'any_of = ["ja", "ja"]', "vraag 'manieren': 'ask_if' op 'doet_mee': antwoord 'ja': deze code komt meer dan één keer voor."),
        ('any_of = ["ja", "anders"]', 'one_of = ["ja"]', "vraag 'manieren', 'ask_if': 'one_of' is hier niet bekend. Bedoelt u 'any_of'?"),
        ('{question = "doet_mee", any_of = ["ja", "anders"]}', '{question = "weg", any_of = ["ja"]}', "vraag 'manieren': 'ask_if' op 'weg': die vraag bestaat niet."),
        ('{question = "doet_mee", any_of = ["ja", "anders"]}', '{question = "manieren", any_of = ["samen"]}', "vraag 'manieren': 'ask_if' op 'manieren': een vraag kan niet van zichzelf afhangen."),
        ('{question = "doet_mee", any_of = ["ja", "anders"]}', '{question = "toelichting", any_of = ["x"]}', "vraag 'manieren': 'ask_if' op 'toelichting': die vraag komt pas later. Verwijs alleen naar een eerdere vraag."),
        ('{question = "manieren", any_of = ["alleen"]}', '{question = "doet_mee", any_of = ["nee"]}', "vraag 'fte': 'ask_if' op vraag 'doet_mee': deze code komt meer dan één keer voor."),
        ('code = "toelichting"', 'code = "toelichting"\nask_if = [ {question = "kosten", any_of = ["x"]} ]', "vraag 'toelichting': 'ask_if' op 'kosten': die vraag is geen keuzevraag."),
    ],
)  # fmt: skip
def test_names_what_is_wrong_and_where(old, new, problem):
    assert problem in find_problems(change(old, new))


@pytest.mark.parametrize("code", ["Deel", "1deel", "deel a", "deel@GM0363", "#deel", "deel.a", "déél"])
def test_codes_must_fit_in_files_and_forms(code):
    assert find_problems(change('code = "deel"', f'code = "{code}"')) == [
        (
            f"vraag '{code}': de code moet met een kleine letter beginnen; "
            "daarna mogen kleine letters, cijfers, _ en -."
        )
    ]


def test_a_circle_of_conditions_is_refused():
    circle = change(
        'requirement = "required"',
        'requirement = "required"\nask_if = [ {question = "manieren", any_of = ["samen"]} ]',
    )
    assert find_problems(circle) == [
        (
            "vraag 'doet_mee': 'ask_if' op 'manieren': die vraag komt pas later. "
            "Verwijs alleen naar een eerdere vraag."
        )
    ]


def test_names_every_problem_at_once():
    text = """
        survey = "Proef"
        version = 1
        [[sections]]
        code = "leeg"
        title = "Leeg"
        [[sections]]
        code = "vol"
        title = "Vol"
        [[sections.questions]]
        kind = "single"
        text = "Vraag"
        requirement = "required"
        options = [ {text = "Ja"} ]
    """
    assert find_problems(text) == [
        (
            "vragenlijst: 'survey': de code moet met een kleine letter beginnen; "
            "daarna mogen kleine letters, cijfers, _ en -."
        ),
        "vragenlijst: 'title' ontbreekt.",
        "onderdeel 'leeg': er staat geen vraag in.",
        "vraag '': 'code' ontbreekt.",
        "vraag '': een keuzevraag heeft minstens twee antwoorden nodig.",
        "vraag '': antwoord '': 'code' ontbreekt.",
    ]


def test_an_empty_file_is_refused():
    assert "vragenlijst: er is geen onderdeel." in find_problems("")


def test_a_file_that_is_not_toml(tmp_path):
    path = tmp_path / "vragen.toml"
    path.write_text("survey = ")
    with pytest.raises(DefinitionError, match="geen geldige TOML"):
        read_definition(path)
    path.write_bytes(b'title = "\xff"')
    with pytest.raises(DefinitionError, match="geen UTF-8-tekst"):
        read_definition(path)
    with pytest.raises(DefinitionError, match="niet te openen"):
        read_definition(tmp_path / "weg.toml")


def test_reads_from_a_file(tmp_path):
    path = tmp_path / "vragen.toml"
    path.write_text(EVERY_KIND, encoding="utf-8")
    assert read_definition(path) == read_every_kind()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("maximum = 500", "maximum = 500.000"),
        ('["dont_know", "not_applicable", "refused"]', '["refused", "dont_know", "not_applicable"]'),
        ('any_of = ["ja", "anders"]', 'any_of = ["anders", "ja"]'),
        ('title = "Cijfers"', "title = '  Cijfers  ' # tussenkop"),
    ],
)
def test_checksum_does_not_depend_on_how_it_was_written(old, new):
    assert parse_definition(change(old, new)).checksum == read_every_kind().checksum


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("maximum = 500", "maximum = 501"),
        ("version = 1", "version = 2"),
        ('text = "Ja"', 'text = "Ja."'),
        ('any_of = ["ja", "anders"]', 'any_of = ["ja"]'),
        (", other = true", ""),
        ('title = "Cijfers"', 'title = "De cijfers"'),
    ],
)
def test_checksum_changes_with_the_content(old, new):
    assert parse_definition(change(old, new)).checksum != read_every_kind().checksum


def test_checksum_of_this_content_is_known():
    """A change of the canonical form would make every published version look edited."""
    assert read_every_kind().checksum == "8b003bbe7aa8ed2d0c56f6c3af2f965b50c58ad0bb41edcc4bde1697fb3ffce4"
