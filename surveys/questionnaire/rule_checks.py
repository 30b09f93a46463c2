"""What must hold of the rules of a question before they can judge anybody's answer. Pure."""

from collections.abc import Iterator, Mapping

from surveys.questionnaire.definition import (
    COMPARISONS,
    RULE_KINDS,
    SEVERITIES,
    QuestionDefinition,
    RuleDefinition,
)

# The keys of each kind besides kind, severity and message.
KEYS_OF_KIND = {
    "range": {"minimum", "maximum", "rows", "columns"},
    "sum": {"rows", "columns", "total_row", "total_column", "other", "tolerance", "tolerance_percent"},
    "compare": {"other", "comparison"},
    "change": {"percent"},
}
MESSAGE_LENGTH = 300


def check_rules(
    question: QuestionDefinition, *, questions: Mapping[str, QuestionDefinition]
) -> Iterator[str]:
    """Dutch sentences; `questions` are all those of the questionnaire by code."""
    for number, rule in enumerate(question.rules, start=1):
        place = f"controle {number}"
        yield from (f"{place}: {problem}" for problem in check_rule(rule, question, questions=questions))


def check_rule(
    rule: RuleDefinition, question: QuestionDefinition, *, questions: Mapping[str, QuestionDefinition]
) -> Iterator[str]:
    if rule.severity not in SEVERITIES:
        yield f"'severity' is '{rule.severity}', maar moet een van deze zijn: {', '.join(SEVERITIES)}."
    if len(rule.message) > MESSAGE_LENGTH:
        yield f"'message' is langer dan {MESSAGE_LENGTH} tekens."
    if rule.kind not in RULE_KINDS:
        yield f"'kind' is '{rule.kind}', maar moet een van deze zijn: {', '.join(RULE_KINDS)}."
        return
    given = rule.as_dict().keys() - {"kind", "severity", "message"}
    for key in sorted(given - KEYS_OF_KIND[rule.kind]):
        yield f"'{key}' hoort niet bij een controle van de soort '{rule.kind}'."
    yield from check_cells(rule, question)
    yield from check_other(rule, questions=questions)
    match rule.kind:
        case "range":
            yield from check_range(rule, question)
        case "sum":
            yield from check_sum(rule, question)
        case "compare":
            yield from check_comparison(rule, question)
        case "change":
            yield from check_change(rule, question)


def check_cells(rule: RuleDefinition, question: QuestionDefinition) -> Iterator[str]:
    """The rows and columns that a rule names must be there, and hold numbers."""
    rows = {row.code for row in question.rows}
    columns = {column.code for column in question.columns if column.is_number}
    for code in (*rule.rows, *filter(None, [rule.total_row])):
        if code not in rows:
            yield f"de rij '{code}' bestaat niet in deze vraag."
    for code in (*rule.columns, *filter(None, [rule.total_column])):
        if code not in columns:
            yield f"de kolom '{code}' met getallen bestaat niet in deze vraag."


def check_other(rule: RuleDefinition, *, questions: Mapping[str, QuestionDefinition]) -> Iterator[str]:
    if not rule.other:
        return
    other = questions.get(rule.other)
    if other is None:
        yield f"'other' verwijst naar '{rule.other}', maar die vraag bestaat niet."
    elif not other.is_number:
        yield f"'other' verwijst naar '{rule.other}', maar het antwoord daarop is geen getal."


def check_range(rule: RuleDefinition, question: QuestionDefinition) -> Iterator[str]:
    if not has_numbers(question):
        yield f"een bereik hoort niet bij een vraag van de soort '{question.kind}'."
    if rule.minimum is None and rule.maximum is None:
        yield "een bereik heeft een 'minimum' of een 'maximum' nodig."
    elif rule.minimum is not None and rule.maximum is not None and rule.minimum > rule.maximum:
        yield "het minimum is hoger dan het maximum."


def check_sum(rule: RuleDefinition, question: QuestionDefinition) -> Iterator[str]:
    if question.kind != "matrix":
        yield f"een optelling hoort niet bij een vraag van de soort '{question.kind}'."
    if sum(map(bool, (rule.total_row, rule.total_column, rule.other))) != 1:
        yield "een optelling heeft precies één van 'total_row', 'total_column' en 'other' nodig."
    for name, tolerance in (("tolerance", rule.tolerance), ("tolerance_percent", rule.tolerance_percent)):
        if tolerance is not None and tolerance < 0:
            yield f"'{name}' mag niet onder 0 zijn."
    if rule.total_row in rule.rows or rule.total_column in rule.columns:
        yield "het totaal kan niet zelf worden meegeteld."


def check_comparison(rule: RuleDefinition, question: QuestionDefinition) -> Iterator[str]:
    if not question.is_number:
        yield f"een vergelijking hoort niet bij een vraag van de soort '{question.kind}'."
    if not rule.other:
        yield "een vergelijking heeft 'other' nodig: de code van de andere vraag."
    elif rule.other == question.code:
        yield "een vraag kan niet met zichzelf worden vergeleken."
    if rule.comparison not in COMPARISONS:
        yield (f"'comparison' is '{rule.comparison}', maar moet een van deze zijn: {', '.join(COMPARISONS)}.")


def check_change(rule: RuleDefinition, question: QuestionDefinition) -> Iterator[str]:
    if not has_numbers(question) or question.kind == "year":
        yield f"een verandering hoort niet bij een vraag van de soort '{question.kind}'."
    if rule.percent is None or rule.percent <= 0:
        yield "een verandering heeft 'percent' nodig, hoger dan 0."


def has_numbers(question: QuestionDefinition) -> bool:
    return question.is_number or any(column.is_number for column in question.columns)
