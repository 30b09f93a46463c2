"""The rules of a question in words, for who manages the questionnaire. Pure."""

from decimal import Decimal

from surveys.questionnaire.definition import Definition, QuestionDefinition, RuleDefinition
from surveys.questionnaire.number_parsing import describe_number, format_number
from surveys.questionnaire.typed_text import quote

EFFECTS = {"block": "Houdt indienen tegen", "warn": "Vraagt na", "inform": "Meldt"}
FAILED_COMPARISONS = {"at_most": "meer dan", "at_least": "minder dan", "equal": "anders dan"}


def describe_rule(rule: RuleDefinition, question: QuestionDefinition, *, definition: Definition) -> str:
    """What the rule does and when: "Vraagt na: onder € 10"."""
    other = quote(definition.questions[rule.other].text) if rule.other else ""
    match rule.kind:
        case "range":
            case = describe_range(rule, question)
        case "sum":
            case = f"de som wijkt af van {describe_total(rule, question, other=other)}"
        case "compare":
            case = f"{FAILED_COMPARISONS[rule.comparison]} het antwoord op {other}"
        case _:
            case = f"meer dan {format_number(rule.percent or Decimal(0))} % anders dan de vorige keer"
    return f"{EFFECTS[rule.severity]}: {case}"


def describe_range(rule: RuleDefinition, question: QuestionDefinition) -> str:
    limits = [
        f"{side} {describe_number(question, bound)}"
        for side, bound in (("onder", rule.minimum), ("boven", rule.maximum))
        if bound is not None
    ]
    return " of ".join(limits)


def describe_total(rule: RuleDefinition, question: QuestionDefinition, *, other: str) -> str:
    texts = [f"de rij {quote(row.text)}" for row in question.rows if row.code == rule.total_row]
    texts += [f"de kolom {quote(each.text)}" for each in question.columns if each.code == rule.total_column]
    margins = [format_number(rule.tolerance)] if rule.tolerance else []
    margins += [f"{format_number(rule.tolerance_percent)} %"] if rule.tolerance_percent else []
    margin = f" (marge {' of '.join(margins)})" if margins else ""
    return f"{''.join(texts) or f'het antwoord op {other}'}{margin}"
