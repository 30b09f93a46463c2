"""One true sentence under every figure, made from the same rows. Pure.

Nothing is said about cause or meaning: only what is highest, lowest or equal. Groups are compared by the
percentages that the reader sees: a sentence never speaks of a difference that the figure does not show.
"""

from collections.abc import Sequence

from surveys.questionnaire.definition import Definition, QuestionDefinition
from surveys.questionnaire.word_lists import join_words
from surveys.results.dimensions import SINGULAR_UNIT_NAMES, UNIT_NAMES, Unit
from surveys.results.notation import format_count, format_share
from surveys.results.table import ResultRow, Status

MOST_NAMED_GROUPS = 3


def describe_total(rows: Sequence[ResultRow]) -> str:
    """Say which option is most and least common; `rows` are the options of one question over all units."""
    withheld = [row for row in rows if row.status == Status.SUPPRESSED]
    if withheld:
        return withheld[0].note
    if rows[0].status == Status.NO_DATA:
        if rows[0].is_theme:
            return "Van deze vraag is nog geen tekst ingedeeld in thema's."
        return "Niemand heeft deze vraag beantwoord."
    counts = [row.n or 0 for row in rows]
    highest = [row for row in rows if row.n == max(counts)]
    lowest = [row for row in rows if row.n == min(counts)]
    if len(rows) == 1:
        return (
            f"{_name_options(rows)} geldt voor {_name_count(rows[0])} ({format_share(rows[0].share or 0)})."
        )
    if len(highest) == len(rows):
        return f"{_name_options(rows)} komen even vaak voor {_count_each(rows)}."
    if len(rows) == 2:
        return _compare_two(highest[0], lowest[0])
    verb = "komt" if len(highest) == 1 else "komen"
    return (
        f"{_name_options(highest)} {verb} het meest voor {_count_each(highest)}, "
        f"{_name_options(lowest)} het minst {_count_each(lowest)}."
    )


def describe_interval(row: ResultRow) -> str:
    """Say how wide the interval of an option is; "" when it has none."""
    if row.lower is None or row.upper is None:
        return ""
    low, high = format_share(row.lower), format_share(row.upper)
    if low == high:
        return f"De marge van {_name_options([row])} is kleiner dan één procentpunt."
    return f"De marge van {_name_options([row])} loopt van {low} tot {high}."


def describe_breakdown(groups: Sequence[ResultRow], *, dimension: str) -> str:
    """Say between which groups one option differs most; `groups` are its rows, one per group of the `dimension`.

    `dimension` is its Dutch name. Of groups that are withheld nothing is said but that they are.
    """
    answered = [row for row in groups if row.status == Status.OK]
    is_partly_withheld = any(row.status == Status.SUPPRESSED for row in groups)
    option = _name_options(groups[:1])
    if not answered:
        figures = "tonen we geen cijfers" if is_partly_withheld else "zijn er geen antwoorden"
        return f"Per {dimension} {figures}."
    answered.sort(key=lambda row: row.share or 0)
    low, high = (format_share(row.share or 0) for row in (answered[0], answered[-1]))
    if len(answered) == 1:
        group = f"„{_name_group(answered[0])}”"
        if is_partly_withheld:
            return f"Alleen van de groep {group} tonen we cijfers: {option} {low}."
        return f"Alleen in de groep {group} zijn er antwoorden: {option} {low}."
    opening = f"In de groepen die we tonen, per {dimension}," if is_partly_withheld else f"Per {dimension}"
    if low == high:
        return f"{opening} is {option} in elke groep met antwoorden even groot: {low}."
    return (
        f"{opening} loopt {option} uiteen van {low} ({_name_groups(answered, share_text=low)}) "
        f"tot {high} ({_name_groups(answered, share_text=high)})."
    )


def describe_routing(question: QuestionDefinition, *, definition: Definition) -> str:
    """Say to whom a question was put; "" when to everybody."""
    if not question.conditions:
        return ""
    sources = []
    for condition in question.conditions:
        source = definition.questions[condition.question]
        options = [f"„{option.text}”" for option in source.options if option.code in condition.any_of]
        sources.append(f"{join_words(options, conjunction='of')} op de vraag „{source.text}”")
    return f"Alleen gesteld na {join_words(sources)}."


def list_provenance_remarks(*, unit: str, deviating: int, disputed: int) -> tuple[str, ...]:
    """Say what a count leaves out: both numbers are municipalities, whatever the unit.

    A decision of a region counts once as a response, with its deviations unseen; what a municipality disputes
    counts for no municipality.
    """
    remarks = []
    if deviating and unit == Unit.RESPONSE:
        remarks.append(
            f"Voor {_count_municipalities(deviating)} gaf de jeugdregio een afwijkend antwoord. "
            "Dat telt niet mee als aparte reactie."
        )
    if disputed and unit == Unit.RESPONSE:
        verb = "is" if disputed == 1 else "zijn"
        remarks.append(
            f"{_count_municipalities(disputed)} {verb} het niet eens met het antwoord van de jeugdregio."
        )
    elif disputed:
        remarks.append(
            f"Van {_count_municipalities(disputed)} is het antwoord betwist: de gemeente is het niet eens met wat "
            "de jeugdregio antwoordde. Dat telt niet mee."
        )
    return tuple(remarks)


def list_coding_remarks(*, unit: str, version: int, waiting: int) -> tuple[str, ...]:
    """Say that themes are not the respondents' own words, and how many texts are not in the base.

    `version` is that of the codebook; `waiting` are responses, or municipalities for the other units.
    """
    names = SINGULAR_UNIT_NAMES if waiting == 1 else UNIT_NAMES
    name = names[Unit.RESPONSE if unit == Unit.RESPONSE else Unit.MUNICIPALITY]
    source = (
        "Dit zijn antwoorden in eigen woorden. Onderzoekers hebben ze ingedeeld in thema's, met versie "
        f"{version} van het codeboek."
    )
    if not waiting:
        return (source,)
    verb = "telt" if waiting == 1 else "tellen"
    return (
        source,
        f"Van {format_count(waiting)} {name} is de tekst nog niet ingedeeld. Die {verb} niet mee bij de thema's.",
    )


def _count_municipalities(number: int) -> str:
    names = SINGULAR_UNIT_NAMES if number == 1 else UNIT_NAMES
    return f"{format_count(number)} {names[Unit.MUNICIPALITY]}"


def _compare_two(more: ResultRow, less: ResultRow) -> str:
    return (
        f"{_name_options([more])} komt vaker voor dan {_name_options([less])}: "
        f"{format_count(more.n or 0)} tegen {_name_count(less)} "
        f"({format_share(more.share or 0)} tegen {format_share(less.share or 0)})."
    )


def _name_options(rows: Sequence[ResultRow]) -> str:
    return join_words([f"„{row.option_text}”" for row in rows])


def _name_groups(rows: Sequence[ResultRow], *, share_text: str) -> str:
    names = [_name_group(row) for row in rows if format_share(row.share or 0) == share_text]
    return join_words(names) if len(names) <= MOST_NAMED_GROUPS else f"{len(names)} groepen"


def _name_group(row: ResultRow) -> str:
    return f"{row.group_1}, {row.group_2}" if row.group_2 else row.group_1


def _name_count(row: ResultRow) -> str:
    names = SINGULAR_UNIT_NAMES if row.base == 1 else UNIT_NAMES
    return f"{format_count(row.n or 0)} van de {format_count(row.base or 0)} {names[Unit(row.unit)]}"


def _count_each(rows: Sequence[ResultRow]) -> str:
    each = "elk " if len(rows) > 1 else ""
    return f"({each}{_name_count(rows[0])}, {format_share(rows[0].share or 0)})"
