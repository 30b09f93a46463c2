"""Single cells of an XLSForm: texts, numbers and what stands in a row where it does not belong. Pure."""

import re
from collections.abc import Collection
from decimal import Decimal

from surveys.drafts.xlsform.expressions import has_reference, join_again
from surveys.drafts.xlsform.sheets import FormRow, Report
from surveys.questionnaire.definition_document import BOUND

WHOLE_NUMBER = re.compile(r"[0-9]{1,6}")
YES = ("yes", "true", "true()", "1")
NO = ("", "no", "false", "false()", "0")

# What these columns say is about another program's screen, not about the question.
LOOKS = ("appearance", "required_message", "constraint_message", "hint", "guidance_hint", "required")


def read_text(row: FormRow, column: str, *, report: Report) -> str:
    """A text for people; one with an answer in it, such as "Beste ${naam}", is refused."""
    text = row.read(column)
    if has_reference(text):
        report.refuse(row, f"In '{column}' staat een verwijzing (${{…}}). Dat kennen wij niet.")
    return join_again(text)


def read_bound(row: FormRow, column: str, *, report: Report) -> Decimal | None:
    text = row.read(column)
    if text and not BOUND.fullmatch(text):
        report.refuse(row, f"'{column}' moet een getal zijn.")
        return None
    return Decimal(text) if text else None


def read_whole_number(row: FormRow, column: str, *, report: Report) -> int:
    text = row.read(column)
    if text and not WHOLE_NUMBER.fullmatch(text):
        report.refuse(row, f"'{column}' moet een heel getal zijn.")
        return 0
    return int(text or 0)


def read_requirement(row: FormRow, *, report: Report) -> str:
    """What XLSForm does not require is recommended with us: there is nothing else."""
    text = row.read("required").lower()
    if text not in (*YES, *NO):
        report.refuse(row, "'required' is 'yes' of leeg. Een voorwaarde kennen wij daar niet.")
    return "required" if text in YES else "recommended"


def refuse_other_cells(row: FormRow, *, known: Collection[str], report: Report) -> None:
    """Nothing in a row may go unread: what only concerns the looks is left out, the rest is refused."""
    for column, text in row.cells.items():
        if column in known or text.lower() in NO:
            continue
        if column in LOOKS:
            report.leave_out(row, f"'{column}' op een regel van het type '{row.read('type')}'.")
        else:
            report.refuse(row, f"'{column}' hoort niet bij het type '{row.read('type')}'.")
