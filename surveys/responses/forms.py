"""What the browser sent for the questions of a page, read back as answers."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from surveys.accounts.models import Person
from surveys.questionnaire.answer_parsing import RawAnswer, parse_answer
from surveys.questionnaire.answer_values import BLANK, AnswerValue, AttachedFile
from surveys.questionnaire.cell_parsing import list_parts
from surveys.questionnaire.definition import QuestionDefinition, SectionDefinition
from surveys.questionnaire.typed_text import InvalidAnswer
from surveys.responses.evidence import load_evidence
from surveys.responses.lifecycle.evidence import keep_file
from surveys.responses.lifecycle.saving import AnswerChange
from surveys.responses.models import Response
from surveys.responses.uploads import check_upload, clean_name

# What stands before the code of a question in the names of all its fields but the revision.
FIELD_PREFIX = "q-"
# A full stop cannot occur in an option's code, so no option can be taken for a kind of nothing.
MISSING_PREFIX = "missing."

# What a checked upload is called until it is stored: no file has this number.
NOT_STORED_YET = 0

Files = MultiValueDict[str, "UploadedFile[Any]"]


@dataclass(frozen=True)
class Upload:
    """A file that was sent along and is what it says it is, but is not stored yet."""

    file: "UploadedFile[Any]"
    content_type: str

    @property
    def reference(self) -> AttachedFile:
        return AttachedFile(
            NOT_STORED_YET, clean_name(self.file.name or ""), self.file.size or 0, checksum=""
        )


@dataclass(frozen=True)
class TypedAnswer:
    """What somebody sent for one question; without `errors` it is `value`.

    With an `upload` the value only announces the file: see `store_upload`.
    """

    question: QuestionDefinition
    raw: RawAnswer
    base_revision: int
    value: AnswerValue = BLANK
    errors: list[str] = field(default_factory=list)
    upload: Upload | None = None

    @property
    def change(self) -> AnswerChange:
        return AnswerChange(self.question.code, self.value, self.base_revision)


def name_field(question: QuestionDefinition) -> str:
    return f"{FIELD_PREFIX}{question.code}"


def name_other(question: QuestionDefinition, option_code: str) -> str:
    return f"{name_field(question)}-other-{option_code}"


def name_part(question: QuestionDefinition, part: tuple[str, str]) -> str:
    """A cell (row, column), or a dimension or an option to rank (code, ""). A full stop is in no code."""
    return f"{name_field(question)}-{'.'.join(part)}"


def name_missing(question: QuestionDefinition) -> str:
    return f"{name_field(question)}-missing"


def name_caveat(question: QuestionDefinition) -> str:
    return f"{name_field(question)}-caveat"


def name_file(question: QuestionDefinition) -> str:
    """The number of the file that the page showed: what stays when no other is sent."""
    return f"{name_field(question)}-file"


def name_removal(question: QuestionDefinition) -> str:
    return f"{name_field(question)}-remove"


def name_revision(question: QuestionDefinition) -> str:
    return f"r-{question.code}"


def read_section(
    section: SectionDefinition,
    data: QueryDict,
    *,
    files: Files | None = None,
    response: Response | None = None,
) -> dict[str, TypedAnswer]:
    """What was sent, by question code; a question that was not on the form stays out.

    `response` is where the files that the page refers to were stored, None before the first save.
    """
    return {
        question.code: read_question(question, data, files=files or MultiValueDict(), response=response)
        for question in section.questions
        if name_revision(question) in data
    }


def read_question(
    question: QuestionDefinition, data: QueryDict, *, files: Files, response: Response | None
) -> TypedAnswer:
    values = data.getlist(name_field(question))
    if question.is_choice:
        missing = [value.removeprefix(MISSING_PREFIX) for value in values if value.startswith(MISSING_PREFIX)]
        values = [value for value in values if not value.startswith(MISSING_PREFIX)]
    else:
        missing = data.getlist(name_missing(question))
    raw = RawAnswer(
        values=tuple(values),
        other={
            option.code: data.get(name_other(question, option.code), "")
            for option in question.options
            if option.asks_text
        },
        missing=" ".join(missing),
        cells=dict(read_parts(question, data)),
        file=find_kept_file(question, data, response=response),
        caveat=data.get(name_caveat(question), ""),
    )
    base_revision = read_revision(data.getlist(name_revision(question))[-1])
    try:
        if len(missing) > 1:
            raise InvalidAnswer(["U koos meer dan één reden om niet te antwoorden. Kies er een."])
        upload = read_upload(question, files)
        value = parse_answer(question, replace(raw, file=upload.reference) if upload else raw)
        return TypedAnswer(question, raw, base_revision, value, upload=upload)
    except InvalidAnswer as error:
        return TypedAnswer(question, raw, base_revision, errors=error.messages)


def read_parts(question: QuestionDefinition, data: QueryDict) -> Iterator[tuple[tuple[str, str], str]]:
    for part in list_parts(question):
        if typed := data.get(name_part(question, part)):
            yield part, typed


def find_kept_file(
    question: QuestionDefinition, data: QueryDict, *, response: Response | None
) -> AttachedFile | None:
    """The file that the page showed, unless it was taken away there; one of another question is none."""
    number = read_revision(data.get(name_file(question), ""))
    if question.kind != "file" or response is None or not number or name_removal(question) in data:
        return None
    return load_evidence(response, question=question.code).get(number)


def read_upload(question: QuestionDefinition, files: Files) -> Upload | None:
    """Raises InvalidAnswer for a file that is not what this question asks for."""
    sent = files.getlist(name_field(question)) if question.kind == "file" else []
    if not sent:
        return None
    if len(sent) > 1:
        raise InvalidAnswer(["Stuur één bestand mee bij deze vraag."])
    (file,) = sent
    content_type = check_upload(
        cast("BinaryIO", file.file),
        name=file.name or "",
        size=file.size or 0,
        accepts=question.accepts,
        maximum_megabytes=question.maximum_megabytes,
    )
    return Upload(file, content_type)


def store_upload(typed: TypedAnswer, *, response: Response, by: Person) -> TypedAnswer:
    """The same answer with the file that was sent along stored, ready to be saved.

    Raises WaveClosed and ResponseLocked.
    """
    if typed.upload is None:
        return typed
    file = keep_file(
        response,
        question=typed.question.code,
        upload=typed.upload.file,
        content_type=typed.upload.content_type,
        by=by,
    )
    return replace(typed, value=replace(typed.value, file=file), upload=None)


def read_revision(value: str) -> int:
    """0, which never overwrites anything, for what is no number of a revision or a file."""
    return int(value) if value.isascii() and value.isdigit() and len(value) <= 9 else 0
