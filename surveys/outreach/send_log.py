"""The send log as a table to download: every mail, to whom, and what became of it."""

from collections.abc import Collection, Iterable

from django.utils.timezone import localtime

from surveys.outreach.models import Message
from surveys.tabular.workbook import (
    EXPLANATION_COLUMNS,
    Column,
    ColumnStyle,
    Sheet,
    Workbook,
    write_moment,
)

CONFIDENTIAL = (
    "Dit bestand bevat namen en e-mailadressen. Het is alleen voor intern gebruik: deel het niet en bewaar het niet "
    "langer dan nodig is."
)
COLUMNS = (
    Column("code", 10),
    Column("organisatie", 40),
    Column("mail", 28),
    Column("klaargezet", 18),
    Column("e-mailadres", 40),
    Column("naam", 30),
    Column("stand", 16),
    Column("verstuurd", 18),
    Column("uitkomst", 60, ColumnStyle.LONG_TEXT),
    Column("pogingen", 10, ColumnStyle.NUMBER),
)


def build_send_log(messages: Collection[Message], *, facts: Iterable[tuple[str, str]]) -> Workbook:
    """One row per mail, in the order of `messages`, read with their mailing and organisation.

    `facts` are subject and explanation. Moments are in local time.
    """
    explanation = [("Vertrouwelijk", CONFIDENTIAL), *facts]
    return Workbook(
        title="Verzendlijst",
        explanation=Sheet("Toelichting", EXPLANATION_COLUMNS, explanation, row_count=len(explanation)),
        data=Sheet(
            "Verzendlijst",
            COLUMNS,
            [
                (
                    message.organisation_id,
                    str(message.organisation),
                    message.mailing.get_purpose_display(),
                    write_moment(localtime(message.mailing.created_at)),
                    message.address,
                    message.recipient_name,
                    message.get_status_display(),
                    write_moment(message.sent_at and localtime(message.sent_at)),
                    message.outcome,
                    message.attempts,
                )
                for message in messages
            ],
            row_count=len(messages),
        ),
    )
