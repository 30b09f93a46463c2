"""What `relevant` of a question and of its group says, as conditions of that question. Pure."""

from collections.abc import Collection, Mapping, Sequence

from surveys.drafts.xlsform.expressions import Comparison, ExpressionRefused, read_relevant
from surveys.drafts.xlsform.sheets import FormRow, Report
from surveys.questionnaire.definition import ConditionDefinition, QuestionDefinition


def read_conditions(
    rows: Sequence[FormRow],
    *,
    questions: Mapping[str, QuestionDefinition],
    refused: Collection[str],
    report: Report,
) -> tuple[ConditionDefinition, ...]:
    """The last of `rows` is the question, those before it are the groups it stands in.

    A condition on one of the `refused` questions is passed over: that question is a problem already.
    """
    found: dict[str, tuple[str, ...]] = {}
    for row in rows:
        for comparison in _read_comparisons(row, report=report):
            source = questions.get(comparison.question)
            is_single = source is not None and source.kind == "single"
            if comparison.question in refused:
                continue
            if comparison.is_equality and source is not None and source.kind == "multiple":
                report.refuse(
                    row,
                    f"'relevant' past niet: bij '{comparison.question}' zijn meer antwoorden mogelijk. "
                    f"Schrijf selected(${{{comparison.question}}}, …) in plaats van '='.",
                )
            former = found.get(comparison.question)
            codes = _join(former, comparison.any_of) if is_single else comparison.any_of
            if former is not None and not (is_single and codes):
                report.refuse(row, _describe_clash(comparison, is_single=is_single))
            found[comparison.question] = codes
    return tuple(ConditionDefinition(question, codes) for question, codes in found.items())


def _read_comparisons(row: FormRow, *, report: Report) -> tuple[Comparison, ...]:
    if not row.read("relevant"):
        return ()
    try:
        return read_relevant(row.read("relevant"))
    except ExpressionRefused as refusal:
        report.refuse(
            row, f"'relevant' past niet: {refusal}. Wij kennen alleen antwoorden op eerdere keuzevragen."
        )
        return ()


def _join(former: tuple[str, ...] | None, codes: tuple[str, ...]) -> tuple[str, ...]:
    """A question with one answer keeps to both when its answer is in both."""
    return codes if former is None else tuple(code for code in codes if code in former)


def _describe_clash(comparison: Comparison, *, is_single: bool) -> str:
    if is_single:
        return f"'relevant' past niet: de voorwaarden op '{comparison.question}' kunnen niet samen gelden."
    return f"'relevant' past niet: er staan twee voorwaarden op '{comparison.question}'. Wij kennen er één."
