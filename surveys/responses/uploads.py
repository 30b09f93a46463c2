"""Whether a file that somebody hands in is what it says it is. Nothing in it is ever run or shown on a page."""

from collections.abc import Callable, Collection
from pathlib import PurePath
from typing import BinaryIO, NoReturn

import filetype

from surveys.questionnaire.typed_text import InvalidAnswer, clean_line
from surveys.questionnaire.word_lists import join_words
from surveys.responses.archives import DamagedArchive, OversizedArchive, unpack_beginnings

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "csv": "text/csv",
    "txt": "text/plain",
}
# An office document is a zip file in which this part says what it is.
MAIN_PARTS = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "odt": "content.xml",
    "ods": "content.xml",
}
OPEN_DOCUMENTS = ("odt", "ods")
OTHER_SPELLINGS = {"jpeg": "jpg"}

MEGABYTE = 1_000_000
MAXIMUM_NAME_LENGTH = 120
MAXIMUM_UNPACKED = 100 * MEGABYTE
MAXIMUM_PARTS = 5_000
BLOCK = 1 << 16

DAMAGED_MESSAGE = (
    "Dit bestand is beschadigd of er zit een wachtwoord op. Bewaar het opnieuw en probeer het nog eens."
)

# What makes a computer do something when somebody opens the file: programs, scripts, and macros.
EXECUTABLE_EXTENSIONS = (
    ".exe", ".dll", ".com", ".scr", ".msi", ".bat", ".cmd", ".ps1", ".vbs", ".vbe", ".js", ".jse", ".jar", ".class",
    ".sh", ".py", ".wsf", ".hta", ".lnk", ".apk", ".app",
)  # fmt: skip
MACRO_PARTS = frozenset({"vbaproject.bin", "vbadata.xml"})
MACRO_FOLDERS = ("basic/", "scripts/")


def check_upload(
    file: BinaryIO, *, name: str, size: int, accepts: Collection[str], maximum_megabytes: int
) -> str:
    """The content type of the file, judged by its bytes and not by what the browser says.

    `accepts` are extensions, `size` is in bytes. Raises InvalidAnswer with one Dutch sentence.
    """
    extension = find_extension(name)
    if extension not in accepts:
        allowed = join_words(sorted(accepts), conjunction="of")
        raise InvalidAnswer([f"Dit soort bestand kan hier niet. Kies een bestand van de soort {allowed}."])
    if size == 0:
        raise InvalidAnswer(["Dit bestand is leeg. Kies een ander bestand."])
    if size > maximum_megabytes * MEGABYTE:
        raise InvalidAnswer(
            [f"Dit bestand is te groot: het mag hoogstens {maximum_megabytes} MB zijn. Maak het kleiner."]
        )
    FORMAT_CHECKS.get(extension, check_signature)(file, extension)
    file.seek(0)
    return CONTENT_TYPES[extension]


def find_extension(name: str) -> str:
    extension = PurePath(clean_line(name)).suffix.lower().removeprefix(".")
    return OTHER_SPELLINGS.get(extension, extension)


def clean_name(name: str) -> str:
    """The name to keep: on one line, without a folder, and short enough, with its extension."""
    path = PurePath(clean_line(name).replace("\\", "/"))
    return path.stem[: MAXIMUM_NAME_LENGTH - len(path.suffix)] + path.suffix


def check_signature(file: BinaryIO, extension: str) -> None:
    """The first bytes of a PDF or an image say what it is."""
    file.seek(0)
    found = filetype.guess(file.read(BLOCK))
    if found is None or found.extension != extension:
        refuse_disguise(extension)


def check_text(file: BinaryIO, extension: str) -> None:
    """A text has no signature; it has nothing of a program or a picture either."""
    file.seek(0)
    if filetype.guess(file.read(BLOCK)) is not None:
        refuse_disguise(extension)
    file.seek(0)
    while block := file.read(BLOCK):
        if b"\x00" in block:
            refuse_disguise(extension)


def check_document(file: BinaryIO, extension: str) -> None:
    """An office document is whole, small when it is unpacked, and harmless."""
    file.seek(0)
    if file.read(4) != b"PK\x03\x04":
        refuse_disguise(extension)
    try:
        beginnings = unpack_beginnings(file, maximum_unpacked=MAXIMUM_UNPACKED, maximum_parts=MAXIMUM_PARTS)
    except OversizedArchive:
        raise InvalidAnswer(
            ["Uitgepakt is dit bestand te groot. Haal er grote plaatjes of lege regels uit."]
        ) from None
    except DamagedArchive as error:
        raise InvalidAnswer([DAMAGED_MESSAGE]) from error
    names = [name.lower() for name in beginnings]
    if MAIN_PARTS[extension] not in names:
        refuse_disguise(extension)
    if extension in OPEN_DOCUMENTS:
        kind = beginnings.get("mimetype", b"").decode("ascii", "replace").strip()
        if kind != CONTENT_TYPES[extension]:
            refuse_disguise(extension)
    refuse_programs(names, extension=extension)


def refuse_programs(names: Collection[str], *, extension: str) -> None:
    """`names` are those of the parts of a document, in small letters."""
    for name in names:
        is_macro = PurePath(name).name in MACRO_PARTS or (
            extension in OPEN_DOCUMENTS and name.startswith(MACRO_FOLDERS)
        )
        if is_macro or name.endswith(EXECUTABLE_EXTENSIONS):
            raise InvalidAnswer(
                [f"In dit bestand zit een programma of macro. Bewaar het als .{extension} zonder macro's."]
            )


def refuse_disguise(extension: str) -> NoReturn:
    again = f"Bewaar het opnieuw als .{extension} en probeer het nog eens."
    raise InvalidAnswer([f"Dit bestand heet .{extension}, maar het is iets anders. {again}"])


FORMAT_CHECKS: dict[str, Callable[[BinaryIO, str], None]] = {
    **dict.fromkeys(MAIN_PARTS, check_document),
    "csv": check_text,
    "txt": check_text,
}
