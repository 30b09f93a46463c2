"""What became of a workbook, in words and tables for the page."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from surveys.offline.instructions import QuestionNumbers
from surveys.offline.uploading import ReportedQuestion, RowStatus
from surveys.responses.pages import SurveyPage, describe_moment
from surveys.responses.wording import describe_answer

TITLES = {
    RowStatus.WRONG: "Niet opgenomen",
    RowStatus.CONFLICT: "Twee antwoorden: kies welk antwoord blijft",
    RowStatus.TAKEN: "Opgenomen",
    RowStatus.KEPT: "Het antwoord op de site bleef",
    RowStatus.UNCHANGED: "Ongewijzigd",
}
EXPLANATIONS = {
    RowStatus.WRONG: "Verbeter deze cellen in uw werkmap en stuur de werkmap nog eens in. De rest is al opgenomen.",
    RowStatus.CONFLICT: (
        "Iemand gaf op de site een ander antwoord nadat u de werkmap had opgehaald. Beide antwoorden zijn bewaard. "
        "Open de vraag en kies."
    ),
    RowStatus.KEPT: (
        "Hier staat op de site intussen een ander antwoord. Uw werkmap zegt nog wat er stond toen u de werkmap "
        "ophaalde, of er is al gekozen."
    ),
}
COUNTED = {
    RowStatus.TAKEN: "opgenomen",
    RowStatus.CONFLICT: "met twee antwoorden",
    RowStatus.WRONG: "niet opgenomen",
    RowStatus.KEPT: "op de site anders",
    RowStatus.UNCHANGED: "ongewijzigd",
}
PLACE, QUESTION = "Plaats in de werkmap", "Vraag"


@dataclass(frozen=True)
class ReportTable:
    """For components/data_table.html; the answers that stayed as they were are folded up."""

    id: str
    title: str
    explanation: str
    columns: list[str]
    rows: list[list[str | SafeString]]
    is_folded: bool


def summarise(report: Iterable[ReportedQuestion]) -> str:
    """ "3 opgenomen, 1 niet opgenomen, 20 ongewijzigd": how many questions of each."""
    statuses = [each.status for each in report]
    return ", ".join(
        f"{statuses.count(status)} {words}" for status, words in COUNTED.items() if status in statuses
    )


def make_tables(
    report: list[ReportedQuestion], *, page: SurveyPage, numbers: QuestionNumbers
) -> list[ReportTable]:
    """A table per outcome, what needs attention first."""
    tables = []
    for status in RowStatus:
        found = [each for each in report if each.status is status]
        if found:
            rows = [row for each in found for row in _list_rows(each, page=page, numbers=numbers)]
            columns = {
                RowStatus.WRONG: [PLACE, QUESTION, "Wat is er mis"],
                RowStatus.CONFLICT: [PLACE, QUESTION, "In uw werkmap", "Op de site"],
            }.get(status, [PLACE, QUESTION, "In uw werkmap"])
            tables.append(
                ReportTable(
                    id=f"rapport-{status}",
                    title=f"{TITLES[status]} ({len(found)})",
                    explanation=EXPLANATIONS.get(status, ""),
                    columns=columns,
                    rows=rows,
                    is_folded=status is RowStatus.UNCHANGED,
                )
            )
    return tables


def _list_rows(
    each: ReportedQuestion, *, page: SurveyPage, numbers: QuestionNumbers
) -> list[list[str | SafeString]]:
    """One row per question, or one per cell that is wrong."""
    if each.question is None:
        return [[f"{each.filled.sheet}, {it.reference}", "Onbekend", it.message] for it in each.problems]
    position, number = numbers[each.question.code]
    section = page.access.definition.sections[position - 1]
    link = format_html(
        '<a href="{}#q-{}">{}. {}</a>',
        page.link("section", section=section.code),
        each.question.code,
        number,
        each.question.text,
    )
    if each.problems:
        return [[f"{each.filled.sheet}, {it.reference}", link, it.message] for it in each.problems]
    row = [
        f"{each.filled.sheet}, rij {each.filled.first_row}",
        link,
        describe_answer(each.question, each.value),
    ]
    if each.conflict:
        current = each.conflict.current
        who = f"{current.saved_by or 'Een collega'}, {describe_moment(current.saved_at)}"
        row.append(f"{describe_answer(each.question, current.value)} ({who})")
    return [row]
