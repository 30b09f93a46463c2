"""Opening a list that somebody hands in, CSV or XLSX, and judging its rows against what is known of the wave."""

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import validate_email

from surveys.accounts.models import Organisation
from surveys.offline.spreadsheets import UnreadableSpreadsheet, describe_size_limit, read_spreadsheet
from surveys.offline.wide_file import list_texts, read_csv
from surveys.outreach.contact_list import ListedContact, Surroundings, UnreadableList
from surveys.outreach.models import Contact
from surveys.outreach.queries import list_asked_codes
from surveys.questionnaire.models import Wave
from surveys.teamwork.mail_domains import read_public_mailboxes

MAXIMUM_BYTES = 2_000_000


def read_upload(file: "UploadedFile[bytes]") -> bytes:
    """Raises UnreadableList for a file that is too large, without reading it."""
    if (file.size or 0) > MAXIMUM_BYTES:
        raise UnreadableList(describe_size_limit(MAXIMUM_BYTES))
    return bytes(file.read())


def read_rows(content: bytes, *, name: str) -> list[list[str]]:
    """The cells as text; of a workbook the first sheet that holds anything. Raises UnreadableList."""
    try:
        if name.lower().endswith(".csv"):
            return read_csv(content)
        sheets = read_spreadsheet(content, maximum_bytes=MAXIMUM_BYTES)
    except UnreadableSpreadsheet as refusal:
        raise UnreadableList(str(refusal)) from refusal
    return next((list_texts(sheet) for sheet in sheets if sheet.rows), [])


def look_around(wave: Wave) -> Surroundings:
    """Everything that rows are judged by, in four queries."""
    active = Contact.objects.filter(wave=wave, is_active=True)
    return Surroundings(
        names={each.pk: str(each) for each in Organisation.objects.all()},
        asked=list_asked_codes(wave),
        current=dict(active.values_list("organisation", "email")),
        public_domains=read_public_mailboxes(),
        is_address=is_address,
    )


def is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


def pack_rows(listed: list[ListedContact]) -> list[list[str]]:
    """For the form that confirms what was shown."""
    return [[str(each.row), each.organisation, each.email, each.name, each.functional] for each in listed]


def unpack_rows(packed: list[list[str]]) -> list[ListedContact]:
    return [ListedContact(int(row), *rest) for row, *rest in packed]
