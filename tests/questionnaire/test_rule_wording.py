from dataclasses import replace
from decimal import Decimal

from surveys.questionnaire.definition import Definition, RuleDefinition
from surveys.questionnaire.outline import outline_definition
from surveys.questionnaire.rule_wording import describe_rule
from tests.questionnaire.definitions import read_composed_kinds


def list_rules(definition: Definition) -> dict[str, list[str]]:
    return {
        question.code: question.rules
        for section in outline_definition(definition)
        for question in section.questions
        if question.rules
    }


def test_every_rule_of_a_questionnaire_can_be_read():
    assert list_rules(read_composed_kinds()) == {
        "inwoners": ["Meldt: onder 100", "Vraagt na: meer dan 12,5 % anders dan de vorige keer"],
        "clienten": ["Houdt indienen tegen: meer dan het antwoord op “Hoeveel jeugdigen wonen er?”"],
        "zorg": ["Vraagt na: de som wijkt af van de rij “Totaal” (marge 1 of 0,5 %)"],
    }


def test_the_other_ways_to_add_up_and_compare():
    definition = read_composed_kinds()
    table, clients = definition.questions["zorg"], definition.questions["clienten"]
    by_column = RuleDefinition("sum", "warn", total_column="clienten")
    by_question = RuleDefinition("sum", "inform", other="clienten")
    assert describe_rule(by_column, table, definition=definition) == (
        "Vraagt na: de som wijkt af van de kolom “Cliënten”"
    )
    assert describe_rule(by_question, table, definition=definition) == (
        "Meldt: de som wijkt af van het antwoord op “Hoeveel van hen krijgen jeugdhulp?”"
    )
    between = RuleDefinition("range", "warn", minimum=Decimal(1), maximum=Decimal(1500))
    assert describe_rule(between, replace(clients, kind="euro"), definition=definition) == (
        "Vraagt na: onder € 1 of boven € 1.500"
    )
