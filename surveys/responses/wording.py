"""What the respondent reads about answers and progress, in Dutch. Pure."""

from decimal import Decimal

from surveys.questionnaire.answer_values import STATE_LABELS, AnswerState, AnswerValue
from surveys.questionnaire.definition import QuestionDefinition
from surveys.questionnaire.number_parsing import format_number
from surveys.responses.progress import Gap, GapKind, SectionProgress, Status

NOT_FILLED_IN = "Niet ingevuld"
READ_ONLY = "U kunt deze vragenlijst lezen, maar niet invullen."
SAVED = "Uw antwoorden zijn opgeslagen."
OPENED_QUESTION = f"{SAVED} Door uw antwoord is er een vraag bijgekomen."
NOT_SAVED_YET = (
    "U bent opnieuw ingelogd. Wat u had ingevuld, staat hieronder. Kies “Opslaan” om het te bewaren."
)


def describe_answer(question: QuestionDefinition, value: AnswerValue | None) -> str:
    """An answer to read, one chosen option per line."""
    if value is None or value.state is AnswerState.BLANK:
        return NOT_FILLED_IN
    if value.state is not AnswerState.GIVEN:
        return STATE_LABELS[value.state].capitalize()
    if question.is_choice:
        texts = {option.code: option.text for option in question.options}
        return "\n".join(
            f"{texts[option.code]}: {option.text}" if option.text else texts[option.code]
            for option in value.options
        )
    return value.text if value.number is None else describe_number(question, value.number)


def describe_number(question: QuestionDefinition, number: Decimal) -> str:
    """In Dutch notation with its unit: € 1.234,5, 64 %, 12 fte; a year has no thousands separator."""
    match question.kind:
        case "year":
            return f"{number:.0f}"
        case "euro":
            return f"€ {format_number(number)}"
        case "percentage":
            return f"{format_number(number)} %"
        case _:
            return f"{format_number(number)} {question.unit}".strip()


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
    match gap.kind:
        case GapKind.NEEDS_TEXT:
            return f"Licht uw keuze toe: {gap.question.text}"
        case _:
            return gap.question.text


def describe_minutes(minutes: int) -> str:
    """A duration in words: "45 minuten", "1 uur", "1 uur en 15 minuten"."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} uur"] if hours else []
    if rest:
        parts.append(f"{rest} minuten")
    return " en ".join(parts)
