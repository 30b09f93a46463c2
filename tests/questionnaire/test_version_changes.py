"""How a question differs from the one before: what rules find, what only its author can say, what is refused."""

from dataclasses import replace
from decimal import Decimal

import pytest

from surveys.questionnaire.definition import (
    ColumnDefinition,
    ConditionDefinition,
    Definition,
    DimensionDefinition,
    LineDefinition,
    OptionDefinition,
    QuestionDefinition,
    RuleDefinition,
    SectionDefinition,
)
from surveys.questionnaire.question_differences import ChangeKind
from surveys.questionnaire.version_changes import (
    QuestionChange,
    compare_versions,
    declare_changes,
    find_change_problems,
    trace_changes,
)

JA, NEE, MISSCHIEN = (OptionDefinition(code, code.capitalize()) for code in ("ja", "nee", "misschien"))
CHOICE = QuestionDefinition("mee", "single", "Doet u mee?", "required", options=(JA, NEE))
NUMBER = QuestionDefinition("fte", "number", "Hoeveel fte?", "recommended", unit="fte", maximum=Decimal(10))
TABLE = QuestionDefinition(
    "tabel",
    "matrix",
    "Vul de tabel in.",
    "recommended",
    rows=(LineDefinition("2024", "2024"), LineDefinition("2025", "2025")),
    columns=(
        ColumnDefinition("kosten", "Kosten", "euro"),
        ColumnDefinition("soort", "Soort", "single", options=(JA, NEE)),
    ),
)
TYPE = QuestionDefinition(
    "typering",
    "typology",
    "Hoe is het geregeld?",
    "recommended",
    dimensions=(DimensionDefinition("wie", "Wie?", (JA, NEE)), DimensionDefinition("waar", "Waar?", (JA,))),
)
FILE = QuestionDefinition("bewijs", "file", "Heeft u een stuk?", "recommended", accepts=("pdf",))


def define(*questions: QuestionDefinition, number: int = 2) -> Definition:
    return Definition("proef", "Proef", number, (SectionDefinition("deel", "Deel", questions),))


def compare(old: QuestionDefinition, **changes: object) -> QuestionChange:
    """The change of one question, between two questions that stay as they are."""
    before, after = replace(NUMBER, code="voor"), replace(NUMBER, code="na")
    found = compare_versions(
        define(before, old, after, number=1), define(before, replace(old, **changes), after)
    )
    assert [each.code for each in found] == ["voor", old.code, "na"]
    assert {found[0].kind, found[2].kind} == {ChangeKind.UNCHANGED}
    return found[1]


def test_what_stays_the_same_is_unchanged():
    for question in (CHOICE, NUMBER, TABLE, TYPE, FILE):
        change = compare(question)
        assert (change.kind, change.reasons, change.problem) == (ChangeKind.UNCHANGED, (), "")
        assert change.is_comparable
        assert not change.is_trend_break


OTHER_COLUMN = ColumnDefinition("kosten", "Kosten", "number", unit="cliënten")
MEANINGS = [
    (CHOICE, {"kind": "multiple"}, "de soort vraag is anders"),
    (NUMBER, {"unit": "uur"}, "De eenheid is anders: “uur” in plaats van “fte”."),
    (NUMBER, {"unit": ""}, "geen eenheid in plaats van “fte”"),
    (CHOICE, {"options": (JA, MISSCHIEN)}, "Het antwoord “Nee” is weg."),
    (NUMBER, {"conditions": (ConditionDefinition("voor", ("ja",)),)}, "na andere antwoorden gesteld"),
    (TABLE, {"rows": TABLE.rows[:1]}, "“2025” is weg."),
    (TABLE, {"columns": TABLE.columns[:1]}, "“Soort” is weg."),
    (TABLE, {"columns": (OTHER_COLUMN, TABLE.columns[1])}, "In de kolom “Kosten” vult u iets anders in."),
    (
        TABLE,
        {"columns": (TABLE.columns[0], replace(TABLE.columns[1], options=(JA,)))},
        "Het antwoord “Nee” is weg.",
    ),
    (TYPE, {"dimensions": TYPE.dimensions[:1]}, "“Waar?” is weg."),
    (
        TYPE,
        {"dimensions": (replace(TYPE.dimensions[0], options=(JA,)), TYPE.dimensions[1])},
        "Het antwoord “Nee” is weg.",
    ),
]


@pytest.mark.parametrize(("question", "changes", "reason"), MEANINGS)
def test_a_changed_meaning_by_rule_is_a_trend_break_and_can_be_called_nothing_less(question, changes, reason):
    change = compare(question, **changes)
    assert change.kind is ChangeKind.MEANING
    assert reason in " ".join(change.reasons)
    assert change.is_trend_break
    assert not change.is_comparable
    assert not change.problem
    assert compare(question, **changes, change="meaning").problem == ""
    for weaker in ("cosmetic", "clarifying"):
        refused = compare(question, **changes, change=weaker)
        assert f"'change' is '{weaker}', maar het is minstens 'meaning'." in refused.problem
        assert reason in refused.problem
        assert refused.kind is ChangeKind.MEANING


CLARIFICATIONS = [
    (CHOICE, {"options": (JA, NEE, MISSCHIEN)}, "Het antwoord “Misschien” is erbij gekomen."),
    (CHOICE, {"options": (replace(JA, asks_text=True), NEE)}, "is de toelichting veranderd"),
    (CHOICE, {"missing": ("dont_know",)}, "De redenen om niet te antwoorden"),
    (CHOICE, {"requirement": "recommended"}, "Of de vraag verplicht is, is veranderd."),
    (CHOICE, {"definition": "Meedoen: mee doen."}, "De definitie bij de vraag is anders."),
    (NUMBER, {"maximum": Decimal(20)}, "De grenzen van het antwoord zijn anders."),
    (NUMBER, {"decimals": 1}, "De grenzen van het antwoord zijn anders."),
    (NUMBER, {"rules": (RuleDefinition("range", "warn", maximum=Decimal(5)),)}, "De controles"),
    (TABLE, {"rows": (*TABLE.rows, LineDefinition("2026", "2026"))}, "“2026” is erbij gekomen."),
    (
        TABLE,
        {"columns": (replace(TABLE.columns[0], maximum=Decimal(9)), TABLE.columns[1])},
        "De grenzen in de kolom “Kosten”",
    ),
    (TYPE, {"dimensions": (*TYPE.dimensions, DimensionDefinition("hoe", "Hoe?", (JA,)))}, "“Hoe?” is erbij"),
    (FILE, {"accepts": ("pdf", "docx")}, "De eisen aan het bestand"),
]


@pytest.mark.parametrize(("question", "changes", "reason"), CLARIFICATIONS)
def test_what_is_at_least_a_clarification_is_not_cosmetic(question, changes, reason):
    change = compare(question, **changes)
    assert (change.kind, change.problem) == (ChangeKind.CLARIFYING, "")
    assert reason in " ".join(change.reasons)
    assert change.is_comparable
    assert "minstens 'clarifying'" in compare(question, **changes, change="cosmetic").problem
    stronger = compare(question, **changes, change="meaning")
    assert (stronger.kind, stronger.problem) == (ChangeKind.MEANING, "")


@pytest.mark.parametrize(
    ("question", "changes"),
    [
        (CHOICE, {"help": "Kies een antwoord."}),
        (CHOICE, {"options": (NEE, JA)}),
        (TABLE, {"rows": TABLE.rows[::-1]}),
    ],
)
def test_form_alone_is_cosmetic_without_asking(question, changes):
    change = compare(question, **changes)
    assert (change.kind, change.problem) == (ChangeKind.COSMETIC, "")
    assert change.reasons


WORDINGS = [
    (CHOICE, {"text": "Doet u mee"}),
    (CHOICE, {"options": (replace(JA, text="Jazeker"), NEE)}),
    (TABLE, {"rows": (replace(TABLE.rows[0], text="Het jaar 2024"), TABLE.rows[1])}),
    (TABLE, {"columns": (replace(TABLE.columns[0], text="Uitgaven"), TABLE.columns[1])}),
    (TYPE, {"dimensions": (replace(TYPE.dimensions[0], text="Door wie?"), TYPE.dimensions[1])}),
]


@pytest.mark.parametrize(("question", "changes"), WORDINGS)
def test_other_words_must_be_judged_by_their_author(question, changes):
    assert "Zeg met 'change'" in compare(question, **changes).problem
    for kind in (ChangeKind.COSMETIC, ChangeKind.CLARIFYING, ChangeKind.MEANING):
        change = compare(question, **changes, change=kind.value)
        assert (change.kind, change.problem) == (kind, "")


def test_the_author_need_not_say_what_the_rules_say_already():
    assert compare(CHOICE, kind="multiple", text="Waaraan doet u mee?").problem == ""


def test_a_declaration_must_be_about_something():
    assert "er is niets veranderd" in compare(CHOICE, change="cosmetic").problem
    assert "de vorige versie heeft deze vraag ook" in compare(CHOICE, text="Mee?", change="new").problem
    (new,) = compare_versions(define(number=1), define(replace(CHOICE, change="meaning")))
    assert "de vorige versie heeft deze vraag niet" in new.problem


def test_a_question_that_follows_a_broken_one_is_broken_too():
    follow_up = replace(NUMBER, conditions=(ConditionDefinition("mee", ("ja",)),))
    last = replace(NUMBER, code="daarna", conditions=(ConditionDefinition("mee", ("nee",)),))
    changes = compare_versions(
        define(CHOICE, follow_up, last, number=1),
        define(replace(CHOICE, text="Deed u mee?", change="meaning"), follow_up, last),
    )
    assert [each.kind for each in changes] == [ChangeKind.MEANING] * 3
    assert "De vraag volgt op “Deed u mee?”" in changes[1].reasons[0]


def test_new_removed_and_moved_questions():
    old = Definition("proef", "Proef", 1, (SectionDefinition("een", "Een", (CHOICE, NUMBER)),))
    new = Definition(
        "proef",
        "Proef",
        2,
        (SectionDefinition("een", "Een", (TABLE,)), SectionDefinition("twee", "Twee", (CHOICE,))),
    )
    changes = compare_versions(old, new)
    assert [(each.code, each.kind) for each in changes] == [
        ("tabel", ChangeKind.NEW),
        ("mee", ChangeKind.COSMETIC),
        ("fte", ChangeKind.REMOVED),
    ]
    assert changes[1].reasons == ("De vraag staat in een ander onderdeel.",)
    assert not any(each.is_comparable for each in (changes[0], changes[2]))


def test_problems_name_the_question():
    changes = compare_versions(define(CHOICE, NUMBER, number=1), define(replace(CHOICE, text="Mee?"), NUMBER))
    (problem,) = find_change_problems(changes)
    assert problem.startswith("vraag 'mee': de tekst is anders")


def test_what_the_rules_found_is_declared_for_the_author():
    new = define(replace(CHOICE, options=(JA,)), TABLE, NUMBER)
    declared = declare_changes(new, changes=compare_versions(define(CHOICE, NUMBER, number=1), new))
    assert {code: question.change for code, question in declared.questions.items()} == {
        "mee": "meaning",
        "tabel": "new",
        "fte": "",
    }


def test_several_steps_keep_the_strongest_change_and_every_reason():
    steps = [
        define(CHOICE, NUMBER, FILE, number=1),
        define(replace(CHOICE, options=(JA, NEE, MISSCHIEN)), replace(NUMBER, unit="uur"), FILE),
        define(
            replace(CHOICE, options=(JA, NEE, MISSCHIEN), help="Kies."), replace(NUMBER, unit="uur"), number=3
        ),
    ]
    traced = trace_changes(steps)
    assert {code: change.kind for code, change in traced.items()} == {
        "mee": ChangeKind.CLARIFYING,
        "fte": ChangeKind.MEANING,
        "bewijs": ChangeKind.REMOVED,
    }
    assert traced["mee"].reasons == (
        "Het antwoord “Misschien” is erbij gekomen.",
        "De uitleg bij de vraag is anders.",
    )


def test_a_question_that_was_away_for_a_version_does_not_continue_its_trend():
    traced = trace_changes([define(CHOICE, FILE, number=1), define(FILE), define(CHOICE, FILE, number=3)])
    assert traced["mee"].kind is ChangeKind.MEANING
    assert traced["bewijs"].kind is ChangeKind.UNCHANGED


def test_one_version_differs_in_nothing_from_itself():
    assert {change.kind for change in trace_changes([define(CHOICE, TABLE)]).values()} == {
        ChangeKind.UNCHANGED
    }
