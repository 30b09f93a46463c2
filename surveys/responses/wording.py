"""What the respondent reads about answers and progress, in Dutch. Pure."""

from dataclasses import replace
from decimal import Decimal

from surveys.questionnaire.answer_values import (
    STATE_LABELS,
    AnswerState,
    AnswerValue,
    AttachedFile,
    FilledCell,
)
from surveys.questionnaire.day_parsing import write_day
from surveys.questionnaire.definition import QuestionDefinition
from surveys.questionnaire.number_parsing import describe_number, format_number
from surveys.responses.progress import Gap, GapKind, SectionProgress, Status

NOT_FILLED_IN = "Niet ingevuld"
READ_ONLY = "U kunt deze vragenlijst lezen, maar niet invullen."
SAVED = "Uw antwoorden zijn opgeslagen."
OPENED_QUESTION = f"{SAVED} Door uw antwoord is er een vraag bijgekomen."
NOT_SAVED_YET = (
    "U bent opnieuw ingelogd. Wat u had ingevuld, staat hieronder. Kies “Opslaan” om het te bewaren."
)


def describe_answer(question: QuestionDefinition, value: AnswerValue | None) -> str:
    """An answer to read: one line per chosen option, filled cell or place, and its caveat at the end."""
    if value is None:
        return NOT_FILLED_IN
    lines = list_answer_lines(question, value)
    return "\n".join([*lines, f"Kanttekening: {value.caveat}"] if value.caveat else lines)


def list_answer_lines(question: QuestionDefinition, value: AnswerValue) -> list[str]:
    if value.state is AnswerState.BLANK:
        return [NOT_FILLED_IN]
    if value.state is not AnswerState.GIVEN:
        return [STATE_LABELS[value.state].capitalize()]
    texts = {option.code: option.text for option in question.options}
    match question.kind:
        case "single" | "multiple":
            return [
                f"{texts[option.code]}: {option.text}" if option.text else texts[option.code]
                for option in value.options
            ]
        case "ranking":
            return [f"{place}. {texts[option.code]}" for place, option in enumerate(value.options, start=1)]
        case "matrix":
            return [describe_cell(question, cell) for cell in value.cells]
        case "typology":
            return [describe_choice(question, cell) for cell in value.cells]
        case "file":
            return [describe_file(value.file)] if value.file else [NOT_FILLED_IN]
    if value.day is not None:
        return [write_day(value.day)]
    return [value.text if value.number is None else describe_number(question, value.number)]


def describe_cell(question: QuestionDefinition, cell: FilledCell) -> str:
    """One cell of a table: "Ambulant, Kosten: € 1.250"."""
    (row,) = (each.text for each in question.rows if each.code == cell.row)
    (column,) = (each for each in question.columns if each.code == cell.column)
    texts = {option.code: option.text for option in column.options}
    shown = texts[cell.option] if cell.number is None else describe_number(column, cell.number)
    return f"{row}, {column.text}: {shown}"


def describe_choice(question: QuestionDefinition, cell: FilledCell) -> str:
    """One dimension of a typology: "Schaal: Regionaal"."""
    (dimension,) = (each for each in question.dimensions if each.code == cell.row)
    texts = {option.code: option.text for option in dimension.options}
    return f"{dimension.text}: {texts[cell.option]}"


def describe_file(file: AttachedFile) -> str:
    """Name and size: "plan.pdf (1,2 MB)"."""
    return f"{file.name} ({describe_size(file.size)})"


def describe_size(size: int) -> str:
    """A size in bytes as people read it: "800 bytes", "12 kB", "1,2 MB"."""
    if size < 1000:
        return f"{size} bytes"
    if size < 1_000_000:
        return f"{format_number(round(Decimal(size) / 1000, 0))} kB"
    return f"{format_number(round(Decimal(size) / 1_000_000, 1))} MB"


def describe_progress(progress: SectionProgress) -> str:
    match progress.status:
        case Status.TODO:
            return "Nog niet begonnen"
        case Status.BUSY:
            return f"Bezig, {progress.answered} van {progress.asked}"
        case Status.DONE:
            return "Klaar"


def describe_gap(gap: Gap) -> str:
    if gap.question is None:
        return "Kies voor welke gemeenten u antwoordt."
    if gap.municipality is not None:
        return f"{gap.municipality.name}: {describe_gap(replace(gap, municipality=None))}"
    match gap.kind:
        case GapKind.RULE:
            return f"{gap.question.text} {gap.message}"
        case GapKind.NEEDS_TEXT:
            return f"Licht uw keuze toe: {gap.question.text}"
        case GapKind.CONFLICT:
            return f"Kies uit twee antwoorden: {gap.question.text}"
        case _:
            return gap.question.text


def describe_minutes(minutes: int) -> str:
    """A duration in words: "45 minuten", "1 uur", "1 uur en 15 minuten"."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} uur"] if hours else []
    if rest:
        parts.append(f"{rest} minuten")
    return " en ".join(parts)


def describe_deadline(*, closes_on: str, preferably_before: str = "") -> str:
    """Until when somebody can fill in, with the day the researchers hope for when there is one."""
    last_day = f"Invullen kan tot en met {closes_on}."
    return f"Graag voor {preferably_before}. {last_day}" if preferably_before else last_day
