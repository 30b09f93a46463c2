"""XLSForms that we cannot take over whole: nothing of them comes in, and every reason is named at its place."""

import pytest

from tests.drafts.xlsform.forms import YES_NO, find_problems

NOTE_IN_BETWEEN = (
    "Een tekst (note) kan bij ons alleen aan het begin van een groep staan, als inleiding. "
    "Zet de tekst daar of in 'hint' bij een vraag."
)
EQUAL_AMONG_MORE = (
    "'relevant' past niet: bij 'q' zijn meer antwoorden mogelijk. "
    "Schrijf selected(${q}, …) in plaats van '='."
)
TITLE_ABOVE = "In rij 2 staan ze wel: haal de rijen erboven weg."


def test_everything_that_does_not_fit_is_named_at_its_row():
    survey = """
    | type | name | label | relevant | constraint | calculation | choice_filter |
    | begin_group | wonen | Wonen | | | | |
    | note | uitleg | Welkom. | | | | |
    | text | straat | Straat? | | regex(., 'x') | | |
    | begin_repeat | kinderen | Kinderen | | | | |
    | integer | leeftijd | Leeftijd | ${aantal} > 3 | | | |
    | end_repeat | | | | | | |
    | calculate | som | | | | ${leeftijd} * 2 | |
    | geopoint | plek | Waar? | | | | |
    | select_one stad | stad | Stad? | | | | land=${land} |
    | select_one_from_file x.csv | dorp | Dorp? | | | | |
    | note | slot | Bedankt. | | | | |
    | image | foto | Foto? | | | | |
    | barcode | code | Scan | | | | |
    | text | | Naamloos | | | | |
    | | los | Zonder type | | | | |
    | text | straat | Nog een keer | | | | |
    | end_group | | | | | | |
    | end_group | | | | | | |
    """
    choices = """
    | list_name | name | label | media::image |
    | stad | 1 | Leiden | |
    | stad | Delft | Delft | |
    | stad | gouda | | gouda.png |
    | | x | X | |
    """
    assert find_problems(survey, choices) == [
        ("survey", 4, "'constraint' hoort niet bij het type 'text'."),
        ("survey", 5, "Een blok dat zich herhaalt, kennen wij niet."),
        (
            "survey", 6,
            "'relevant' past niet: “>” kennen wij hier niet. Wij kennen alleen antwoorden op eerdere keuzevragen.",
        ),
        ("survey", 8, "De kolom 'calculation' geeft een berekening. Dat kennen wij niet."),
        ("survey", 8, "Een berekening kennen wij niet."),
        ("survey", 9, "Een plaats op de kaart kennen wij niet."),
        ("survey", 10, "De kolom 'choice_filter' geeft een filter op de antwoorden. Dat kennen wij niet."),
        ("survey", 11, "Antwoorden uit een los bestand kennen wij niet. Zet ze op het blad choices."),
        (
            "survey", 12,
            NOTE_IN_BETWEEN,
        ),
        ("survey", 13, "Een foto kennen wij niet. Vraag een bestand (file)."),
        ("survey", 14, "Het type 'barcode' kennen wij niet."),
        ("survey", 15, "'name' ontbreekt."),
        ("survey", 16, "'type' ontbreekt."),
        ("survey", 17, "De naam 'straat' heeft de vraag in rij 4 al."),
        ("survey", 19, "'end_group' sluit niets af wat hier open staat."),
        ("choices", 2, "De code moet met een kleine letter beginnen; daarna mogen kleine letters, cijfers, _ en -."),
        ("choices", 3, "De code moet met een kleine letter beginnen; daarna mogen kleine letters, cijfers, _ en -."),
        ("choices", 4, "De kolom 'media::image' geeft een afbeelding, geluid of beeld. Dat kennen wij niet."),
        ("choices", 5, "'list_name' ontbreekt."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row_type", "reason"),
    [
        ("range", "Een schuif kennen wij niet. Maak er een getal met grenzen van."),
        ("time", "Een tijdstip kennen wij niet. Vraag een dag (date) of een tekst (text)."),
        ("dateTime", "Een tijdstip kennen wij niet. Vraag een dag (date) of een tekst (text)."),
        ("audio", "Het type 'audio' kennen wij niet."),
        ("acknowledge", "Een vinkje ter bevestiging kennen wij niet. Maak er een keuzevraag van."),
        (
            "select_one_external stad",
            "Antwoorden uit een los bestand kennen wij niet. Zet ze op het blad choices.",
        ),
        ("select_one", "Het type 'select_one' kennen wij niet."),
        ("select_one weg", "De lijst 'weg' staat niet op het blad choices."),
        ("xml-external", "Het type 'xml-external' kennen wij niet."),
    ],
)
def test_a_type_that_we_do_not_have_is_refused(row_type, reason):
    survey = f"| type | name | label |\n| text | een | Een? |\n| {row_type} | twee | Twee? |"
    assert find_problems(survey) == [("survey", 3, reason)]


def test_one_cause_is_one_problem():
    """What depends on a question that was refused says nothing more of itself."""
    survey = """
    | type | name | label | relevant |
    | begin_group | deel | Deel | |
    | geopoint | plek | Waar? | |
    | end_group | | | |
    | text | meer | Meer? | ${plek} = 'hier' |
    """
    assert find_problems(survey) == [("survey", 3, "Een plaats op de kaart kennen wij niet.")]


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        (
            "| begin_group | a | A |\n| begin_group | b | B |\n| text | q | Q? |\n| end_group |\n| end_group |",
            (3, "Een groep in een groep kennen wij niet. Maak er één onderdeel van."),
        ),
        (
            "| begin_group | a | A | |\n| text | q | Q? | |",
            (2, "Deze groep wordt nergens afgesloten met 'end_group'."),
        ),
        (
            "| begin_group | controleren | A | |\n| text | q | Q? | |\n| end_group | | | |",
            (2, "Deze code is al het adres van een pagina. Kies een andere."),
        ),
        ("| begin_group | a | A | |\n| end_group | | | |", (2, "Er staat geen vraag in.")),
        (
            "| text | q | Beste ${naam} | |",
            (2, "In 'label' staat een verwijzing (${…}). Dat kennen wij niet."),
        ),
        ("| text | q | | |", (2, "'label' ontbreekt.")),
        (
            "| text | Vraag 1 | Q? | |",
            (2, "De code moet met een kleine letter beginnen; daarna mogen kleine letters, cijfers, _ en -."),
        ),
        (
            "| text | status | Q? | |",
            (2, "Deze code is al de naam van een kolom in de bestanden. Kies een andere."),
        ),
        (
            "| text | q | Q? | ${later} = 'ja' |\n| select_one janee | later | L? | |",
            (2, "'relevant' op 'later': die vraag komt pas later. Verwijs alleen naar een eerdere vraag."),
        ),
        (
            "| select_one janee | q | Q? | |\n| text | r | R? | ${q} = 'misschien' |",
            (3, "'relevant' op 'q': het antwoord 'misschien' bestaat daar niet."),
        ),
        (
            "| select_one janee | q | Q? | |\n| text | r | R? | ${q} = 'ja' and ${q} = 'nee' |",
            (3, "'relevant' past niet: de voorwaarden op 'q' kunnen niet samen gelden."),
        ),
        (
            "| select_multiple janee | q | Q? | |\n| text | r | R? | ${q} = 'ja' |",
            (3, EQUAL_AMONG_MORE),
        ),
        (
            "| select_multiple janee | q | Q? | |\n| text | r | R? | selected(${q}, 'ja') and selected(${q}, 'nee') |",
            (3, "'relevant' past niet: er staan twee voorwaarden op 'q'. Wij kennen er één."),
        ),
    ],
)
def test_what_cannot_be_asked_is_refused_at_its_row(rows, problem):
    row, reason = problem
    assert find_problems(f"| type | name | label | relevant |\n{rows}") == [("survey", row, reason)]


@pytest.mark.parametrize(
    ("heading", "cell", "problem"),
    [
        ("required", "${q} = 'ja'", "'required' is 'yes' of leeg. Een voorwaarde kennen wij daar niet."),
        ("default", "5", "De kolom 'default' geeft een antwoord dat al is ingevuld. Dat kennen wij niet."),
        ("read_only", "yes", "De kolom 'read_only' geeft een veld dat vast ligt. Dat kennen wij niet."),
        (
            "parameters",
            "rows=3",
            "De kolom 'parameters' geeft een instelling van een vraag. Dat kennen wij niet.",
        ),
        (
            "bind::odk:length",
            "5",
            "De kolom 'bind::odk:length' geeft een eigen instelling van het formulier. Dat kennen wij niet.",
        ),
        ("mm_unit", "fte", "'mm_unit' hoort niet bij het type 'text'."),
        ("mm_kind", "year", "'mm_kind' is 'year', maar dat past niet bij het type 'text'."),
        (
            "mm_missing",
            "weet_niet",
            "'mm_missing' kent 'weet_niet' niet. Kies uit: dont_know, not_applicable, refused.",
        ),
        ("mm_rules", "{}", "'mm_rules' moet een lijst met controles in JSON zijn."),
        ("mm_rules", "[[", "'mm_rules' moet een lijst met controles in JSON zijn."),
        (
            "mm_rules",
            '[{"kind": "range", "severity": "warn", "minimum": 5}]',
            "'mm_rules', controle 1: 'minimum' moet een getal tussen aanhalingstekens zijn, zoals \"12.5\".",
        ),
        (
            "mm_change",
            "anders",
            "'mm_change' is 'anders', maar moet een van deze zijn: cosmetic, clarifying, meaning, new.",
        ),
    ],
)
def test_a_cell_with_what_we_do_not_have_is_refused(heading, cell, problem):
    survey = f"| type | name | label | {heading} |\n| text | a | Hoe? | {cell} |"
    assert find_problems(survey) == [("survey", 2, problem)]


@pytest.mark.parametrize(
    ("survey", "problem"),
    [
        ("| type | naam | label |\n| text | a | Hoe? |", (1, "In de eerste rij ontbreekt 'name'.")),
        (
            "| Vragenlijst 2026 |\n| type | name | label |\n| text | a | Hoe? |",
            (1, f"In de eerste rij ontbreken 'type' en 'name'. {TITLE_ABOVE}"),
        ),
        (
            "| type | name | label | name |\n| text | a | Hoe? | b |",
            (1, "De kolom 'name' staat er 2 keer. Laat er één staan."),
        ),
        (
            "| type | name | label | mm_unti |\n| text | a | Hoe? | fte |",
            (1, "De kolom 'mm_unti' kennen wij hier niet. Bedoelt u 'mm_unit'?"),
        ),
    ],
)
def test_a_heading_that_we_cannot_use_is_refused(survey, problem):
    assert problem in [(row, reason) for _, row, reason in find_problems(survey)]


def test_without_a_survey_sheet_it_is_no_xlsform():
    assert find_problems("", YES_NO) == [
        ("survey", None, "Dit is geen XLSForm: het blad 'survey' ontbreekt.")
    ]


def test_an_empty_form_is_refused():
    assert find_problems("| type | name | label |") == [
        ("survey", None, "Er staat geen vraag in dit formulier.")
    ]


def test_a_form_without_questions_is_refused():
    assert find_problems("| type | name |\n| start | begin |") == [
        ("survey", None, "Er staat geen vraag in dit formulier.")
    ]


def test_a_form_that_nobody_could_fill_in_is_refused():
    rows = "\n".join(f"| text | q{number} | Q? |" for number in range(2_001))
    assert find_problems(f"| type | name | label |\n{rows}") == [
        ("survey", None, "Dit formulier heeft meer dan 2.000 regels.")
    ]


def test_a_long_list_that_many_questions_share_is_refused():
    rows = "\n".join(f"| select_one lang | q{number} | Q? |" for number in range(21))
    choices = "\n".join(f"| lang | a{number} | A |" for number in range(1_000))
    assert find_problems(f"| type | name | label |\n{rows}", f"| list_name | name | label |\n{choices}") == [
        ("survey", None, "De vragen hebben samen meer dan 20.000 antwoorden.")
    ]


def test_a_title_that_is_too_long_is_refused():
    survey, settings = "| type | name | label |\n| text | a | Hoe? |", f"| form_title |\n| {'a' * 161} |"
    assert find_problems(survey, settings=settings) == [
        ("settings", 2, "'form_title' is langer dan 160 tekens.")
    ]


def test_a_problem_in_a_table_stands_at_its_choice():
    survey = "| type | name | label | mm_kind |\n| text | zorg | Hoeveel? | matrix |"
    choices = """
    | list_name | name | label | mm_kind | mm_decimals | mm_asks_text |
    | zorg.rows | Licht | Licht | | | |
    | zorg.columns | aantal | Aantal | tekst | | |
    | zorg.columns | uren | Uren | number | 9 | |
    | zorg.columns | wie | Wie? | single | twee | |
    | zorg.columns.wie | ja | | | | |
    | zorg.columns.wie | nee | Nee | euro | | |
    | zorg.columns.wie | beide | Beide | | | ja |
    """
    assert find_problems(survey, choices) == [
        (
            "choices",
            2,
            "De code moet met een kleine letter beginnen; daarna mogen kleine letters, cijfers, _ en -.",
        ),
        (
            "choices",
            3,
            "'mm_kind' is 'tekst', maar moet een van deze zijn: number, euro, percentage, single.",
        ),
        ("choices", 4, "'mm_decimals' moet van 0 tot en met 3 zijn."),
        ("choices", 5, "'mm_decimals' moet een heel getal zijn."),
        ("choices", 6, "'label' ontbreekt."),
        ("choices", 7, "'mm_kind' hoort niet in de lijst 'zorg.columns.wie'."),
        ("choices", 8, "'mm_asks_text' is leeg of 'yes'."),
    ]
