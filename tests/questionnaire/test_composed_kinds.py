# ruff: noqa: E501 - one line per mistake, with its whole message, reads best
"""Tables, rankings, days, typologies, files and rules: read from the file, checked, and kept in the database."""

from datetime import date
from decimal import Decimal

import pytest

from surveys.questionnaire.definition import (
    ColumnDefinition,
    DimensionDefinition,
    LineDefinition,
    OptionDefinition,
    RuleDefinition,
)
from surveys.questionnaire.definition_checks import RESERVED_SECTION_CODES
from surveys.questionnaire.definition_file import DefinitionError, parse_definition
from surveys.questionnaire.lifecycle import publish_definition
from surveys.questionnaire.models import Question
from surveys.questionnaire.queries import _load_definition_once, load_definition, verify_checksum
from tests.questionnaire.definitions import COMPOSED_KINDS, EVERY_KIND, read_composed_kinds


def find_problems(text: str) -> list[str]:
    with pytest.raises(DefinitionError) as raised:
        parse_definition(text)
    return raised.value.problems


def change(old: str, new: str) -> str:
    assert old in COMPOSED_KINDS
    return COMPOSED_KINDS.replace(old, new, 1)


def test_reads_what_belongs_to_each_kind():
    questions = read_composed_kinds().questions
    table = questions["zorg"]
    assert table.rows[0] == LineDefinition("ambulant", "Ambulant")
    assert table.columns[0] == ColumnDefinition(
        "clienten", "Cliënten", "number", unit="jeugdigen", maximum=Decimal(100_000)
    )
    assert table.columns[3].options[1] == OptionDefinition("regio", "De regio")
    assert questions["doelen"].maximum_ranked == 2
    assert (questions["begin"].earliest, questions["begin"].latest) == (date(2015, 1, 1), date(2026, 12, 31))
    assert questions["aanpak"].dimensions[1] == DimensionDefinition(
        "vorm", "Vorm", (OptionDefinition("proef", "Proef"), OptionDefinition("vast", "Vast"))
    )
    assert (questions["plan"].accepts, questions["plan"].maximum_megabytes) == (("pdf", "xlsx"), 5)
    assert table.rules == (
        RuleDefinition(
            "sum",
            "warn",
            total_row="totaal",
            columns=("clienten", "kosten"),
            tolerance=Decimal(1),
            tolerance_percent=Decimal("0.5"),
        ),
    )


@pytest.mark.django_db
def test_what_was_published_reads_back_the_same_and_proves_it():
    version = publish_definition(read_composed_kinds())
    _load_definition_once.cache_clear()
    assert load_definition(version) == read_composed_kinds()
    assert verify_checksum(version)
    Question.objects.filter(version=version, code="doelen").update(layout={})
    assert not verify_checksum(version)


@pytest.mark.django_db
def test_a_rule_or_a_declared_change_that_was_edited_breaks_the_checksum():
    publish_definition(read_composed_kinds())
    clearer = change(
        'text = "Hoeveel kostte welke zorg?"', 'text = "Wat kostte de zorg?"\nchange = "clarifying"'
    )
    version = publish_definition(parse_definition(clearer.replace("version = 1", "version = 2")))
    questions = Question.objects.filter(version=version)
    _load_definition_once.cache_clear()
    assert load_definition(version).questions["zorg"].change == "clarifying"
    for code, edited in (("clienten", {"rules": []}), ("zorg", {"change": "cosmetic"})):
        before = questions.values(*edited).get(code=code)
        questions.filter(code=code).update(**edited)
        assert not verify_checksum(version)
        questions.filter(code=code).update(**before)
        assert verify_checksum(version)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('accepts = ["pdf", "xlsx"]', 'accepts = ["xlsx", "pdf"]'),
        ("maximum = 100000", "maximum = 100000.0"),
        ('["clienten", "kosten"]', '["kosten", "clienten"]'),
        ("tolerance = 1,", "tolerance = 1.0,"),
    ],
)  # fmt: skip
def test_checksum_does_not_depend_on_how_it_was_written(old, new):
    assert parse_definition(change(old, new)).checksum == read_composed_kinds().checksum


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('text = "Ambulant"', 'text = "Thuis"'),
        ("maximum_ranked = 2", ""),
        ("latest = 2026-12-31", "latest = 2027-12-31"),
        ('"pdf", ', ""),
        ("maximum_megabytes = 5", "maximum_megabytes = 6"),
        ('severity = "block"', 'severity = "warn"'),
        ('code = "plan"', 'code = "plan"\nchange = "clarifying"'),
        ("decimals = 2", "decimals = 1"),
    ],
)
def test_checksum_changes_with_the_content(old, new):
    assert parse_definition(change(old, new)).checksum != read_composed_kinds().checksum


@pytest.mark.parametrize("code", RESERVED_SECTION_CODES)
def test_a_section_cannot_take_the_address_of_a_page(code):
    assert find_problems(change('code = "jeugdhulp"', f'code = "{code}"')) == [
        f"onderdeel '{code}': deze code is al het adres van een pagina. Kies een andere."
    ]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('{code = "verblijf"', '{code = "ambulant"', "vraag 'zorg': rij 'ambulant': deze code komt meer dan één keer voor."),
        ('{code = "verblijf"', '{code = "Verblijf"', "vraag 'zorg': rij 'Verblijf': de code moet met een kleine letter beginnen; daarna mogen kleine letters, cijfers, _ en -."),
        ('text = "Verblijf"', 'tekst = "Verblijf"', "vraag 'zorg', rij 'verblijf': 'tekst' is hier niet bekend. Bedoelt u 'text'?"),
        ('code = "deel", text = "Deel"', 'code = "kosten", text = "Deel"', "vraag 'zorg': kolom 'kosten': deze code komt meer dan één keer voor."),
        ('kind = "percentage"', 'kind = "text"', "vraag 'zorg': kolom 'deel': 'kind' is 'text', maar moet een van deze zijn: number, euro, percentage, single."),
        ('kind = "percentage"', 'kind = "percentage", options = [{code = "a", text = "A"}]', "vraag 'zorg': kolom 'deel': 'options' hoort niet bij een kolom van de soort 'percentage'."),
        ("maximum = 100000", "maximum = -1", "vraag 'zorg': kolom 'clienten': het minimum is hoger dan het maximum."),
        ("maximum = 100000", "maximum = 0.5", "vraag 'zorg': kolom 'clienten': 'maximum' heeft meer cijfers achter de komma dan 'decimals' toestaat."),
        ('kind = "euro", decimals', 'kind = "euro", unit = "euro", decimals', "vraag 'zorg': kolom 'kosten': 'unit' hoort niet bij een kolom van de soort 'euro'."),
        (', {code = "regio", text = "De regio"}', "", "vraag 'zorg': kolom 'wie': een kolom met keuzes heeft minstens twee antwoorden nodig."),
        ('text = "De regio"', 'text = "De regio", other = true', "vraag 'zorg': kolom 'wie': antwoord 'regio': 'other' kan alleen bij een keuzevraag."),
        ('kind = "matrix"', 'kind = "text"', "vraag 'zorg': 'rows' hoort niet bij een vraag van de soort 'text'."),
        ("maximum_ranked = 2", "maximum_ranked = 4", "vraag 'doelen': 'maximum_ranked' moet van 1 tot en met 3 zijn, het aantal antwoorden."),
        ('text = "Beter"', 'text = "Beter", other = true', "vraag 'doelen': antwoord 'beter': 'other' kan alleen bij een keuzevraag."),
        ('kind = "ranking"', 'kind = "single"', "vraag 'doelen': 'maximum_ranked' hoort niet bij een vraag van de soort 'single'."),
        ("earliest = 2015-01-01", "earliest = 2027-01-01", "vraag 'begin': de dag bij 'earliest' ligt na die bij 'latest'."),
        ("earliest = 2015-01-01", 'earliest = "2015-01-01"', "vraag 'begin': 'earliest' moet een dag zijn, zonder aanhalingstekens: 2026-11-22."),
        ("earliest = 2015-01-01", "earliest = 2015-01-01T10:00:00", "vraag 'begin': 'earliest' moet een dag zijn, zonder aanhalingstekens: 2026-11-22."),
        ('code = "vorm"', 'code = "schaal"', "vraag 'aanpak': dimensie 'schaal': deze code komt meer dan één keer voor."),
        (', {code = "vast", text = "Vast"}', "", "vraag 'aanpak': dimensie 'vorm': een dimensie heeft minstens twee antwoorden nodig."),
        ('accepts = ["pdf", "xlsx"]', 'accepts = ["exe"]', "vraag 'plan': 'accepts' kent 'exe' niet. Kies uit: pdf, docx, xlsx, odt, ods, png, jpg, csv, txt."),
        ('accepts = ["pdf", "xlsx"]', "", "vraag 'plan': 'accepts' ontbreekt: noem de soorten bestanden die mogen."),
        ("maximum_megabytes = 5", "maximum_megabytes = 26", "vraag 'plan': 'maximum_megabytes' moet van 1 tot en met 25 zijn."),
        ('code = "plan"', 'code = "plan"\nchange = "nieuw"', "vraag 'plan': 'change' is 'nieuw', maar moet een van deze zijn: cosmetic, clarifying, meaning, new."),
        ('severity = "block"', 'severity = "stop"', "vraag 'clienten': controle 1: 'severity' is 'stop', maar moet een van deze zijn: block, warn, inform."),
        ('kind = "compare"', 'kind = "compares"', "vraag 'clienten': controle 1: 'kind' is 'compares', maar moet een van deze zijn: range, sum, compare, change."),
        ('comparison = "at_most"', 'comparison = "less"', "vraag 'clienten': controle 1: 'comparison' is 'less', maar moet een van deze zijn: at_most, at_least, equal."),
        ('other = "inwoners"', 'other = "bewoners"', "vraag 'clienten': controle 1: 'other' verwijst naar 'bewoners', maar die vraag bestaat niet."),
        ('other = "inwoners"', 'other = "zorg"', "vraag 'clienten': controle 1: 'other' verwijst naar 'zorg', maar het antwoord daarop is geen getal."),
        ('other = "inwoners"', 'other = "clienten"', "vraag 'clienten': controle 1: een vraag kan niet met zichzelf worden vergeleken."),
        (', other = "inwoners"', "", "vraag 'clienten': controle 1: een vergelijking heeft 'other' nodig: de code van de andere vraag."),
        ('other = "inwoners"', 'other = "inwoners", percent = 3', "vraag 'clienten': controle 1: 'percent' hoort niet bij een controle van de soort 'compare'."),
        ('other = "inwoners"', 'others = "inwoners"', "vraag 'clienten', controle 1: 'others' is hier niet bekend. Bedoelt u 'other'?"),
        ("minimum = 100, ", "", "vraag 'inwoners': controle 1: een bereik heeft een 'minimum' of een 'maximum' nodig."),
        ("minimum = 100", "minimum = 100, maximum = 99", "vraag 'inwoners': controle 1: het minimum is hoger dan het maximum."),
        ("percent = 12.5", "percent = 0", "vraag 'inwoners': controle 2: een verandering heeft 'percent' nodig, hoger dan 0."),
        ('message = "Dat is een kleine gemeente."', f'message = "{"x" * 301}"', "vraag 'inwoners': controle 1: 'message' is langer dan 300 tekens."),
        ('total_row = "totaal"', 'total_row = "som"', "vraag 'zorg': controle 1: de rij 'som' bestaat niet in deze vraag."),
        (', total_row = "totaal"', "", "vraag 'zorg': controle 1: een optelling heeft precies één van 'total_row', 'total_column' en 'other' nodig."),
        ('total_row = "totaal"', 'total_column = "clienten"', "vraag 'zorg': controle 1: het totaal kan niet zelf worden meegeteld."),
        ('columns = ["clienten", "kosten"]', 'columns = ["wie"]', "vraag 'zorg': controle 1: de kolom 'wie' met getallen bestaat niet in deze vraag."),
        ("tolerance = 1,", "tolerance = -1,", "vraag 'zorg': controle 1: 'tolerance' mag niet onder 0 zijn."),
    ],
)  # fmt: skip
def test_names_what_is_wrong_and_where(old, new, problem):
    assert problem in find_problems(change(old, new))


def test_a_table_has_a_limit():
    rows = ", ".join(f'{{code = "r{number}", text = "R"}}' for number in range(51))
    assert find_problems(change('{code = "ambulant", text = "Ambulant"}', rows)) == [
        "vraag 'zorg': een tabel heeft hoogstens 200 cellen."
    ]


@pytest.mark.parametrize(
    ("kind", "problem"),
    [
        ("range", "een bereik hoort niet bij een vraag van de soort 'text'."),
        ("sum", "een optelling hoort niet bij een vraag van de soort 'text'."),
        ("compare", "een vergelijking hoort niet bij een vraag van de soort 'text'."),
        ("change", "een verandering hoort niet bij een vraag van de soort 'text'."),
    ],
)
def test_a_rule_needs_numbers_to_judge(kind, problem):
    text = f'{EVERY_KIND}\nrules = [ {{kind = "{kind}", severity = "warn"}} ]'
    assert f"vraag 'toelichting': controle 1: {problem}" in find_problems(text)
