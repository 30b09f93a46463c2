"""Answers that consist of parts: tables, typologies and rankings. Pure.

A part is named by (row, column): in a table by the codes of both, in a typology by a dimension without a column, in a
ranking by an option without a column. What is typed there is a number, the code of an option, or a place.
"""

from collections.abc import Iterator, Mapping, Sequence

from surveys.questionnaire.answer_values import ChosenOption, FilledCell
from surveys.questionnaire.definition import ColumnDefinition, OptionDefinition, QuestionDefinition
from surveys.questionnaire.number_parsing import format_number, parse_number
from surveys.questionnaire.typed_text import InvalidAnswer, quote
from surveys.questionnaire.word_lists import join_words

TypedCells = Mapping[tuple[str, str], str]


def list_parts(question: QuestionDefinition) -> Iterator[tuple[str, str]]:
    """The (row, column) of every part of the question, in the order in which they are read."""
    match question.kind:
        case "matrix":
            yield from ((row.code, column.code) for row in question.rows for column in question.columns)
        case "typology":
            yield from ((dimension.code, "") for dimension in question.dimensions)
        case "ranking":
            yield from ((option.code, "") for option in question.options)


def refuse_unknown_parts(question: QuestionDefinition, typed: TypedCells) -> None:
    """Raises InvalidAnswer when something was typed in a part that the question does not have."""
    unknown = sorted(typed.keys() - set(list_parts(question)))
    if unknown:
        raise InvalidAnswer(
            [
                f"Het vakje {quote(' × '.join(filter(None, part)))} bestaat niet in deze vraag."
                for part in unknown
            ]
        )


def parse_table(question: QuestionDefinition, typed: TypedCells) -> tuple[FilledCell, ...]:
    """The filled cells, row by row. Raises InvalidAnswer with every problem, each with its place."""
    refuse_unknown_parts(question, typed)
    cells: list[FilledCell] = []
    messages: list[str] = []
    for row in question.rows:
        for column in question.columns:
            if (row.code, column.code) not in typed:
                continue
            try:
                cells.append(parse_cell(column, typed[row.code, column.code], row=row.code))
            except InvalidAnswer as error:
                messages += (f"{row.text}, {column.text}: {message}" for message in error.messages)
    if messages:
        raise InvalidAnswer(messages)
    return tuple(cells)


def parse_cell(column: ColumnDefinition, value: str, *, row: str) -> FilledCell:
    if column.is_number:
        return FilledCell(row, column.code, number=parse_number(column, value))
    return FilledCell(row, column.code, option=parse_option(column.options, value))


def parse_typology(question: QuestionDefinition, typed: TypedCells) -> tuple[FilledCell, ...]:
    """The chosen option per dimension. Raises InvalidAnswer."""
    refuse_unknown_parts(question, typed)
    cells: list[FilledCell] = []
    messages: list[str] = []
    for dimension in question.dimensions:
        if (dimension.code, "") not in typed:
            continue
        try:
            option = parse_option(dimension.options, typed[dimension.code, ""])
        except InvalidAnswer as error:
            messages += (f"{dimension.text}: {message}" for message in error.messages)
        else:
            cells.append(FilledCell(dimension.code, option=option))
    if messages:
        raise InvalidAnswer(messages)
    return tuple(cells)


def parse_option(options: Sequence[OptionDefinition], value: str) -> str:
    code = value.strip()
    if code not in {option.code for option in options}:
        raise InvalidAnswer(
            [f"Het antwoord {quote(value)} staat niet in de lijst. Kies een antwoord uit de lijst."]
        )
    return code


def parse_ranking(question: QuestionDefinition, typed: TypedCells) -> tuple[ChosenOption, ...]:
    """The options in ranked order. A place nobody has is closed up: the order is the answer.

    Raises InvalidAnswer for a place that does not exist or that two options have.
    """
    refuse_unknown_parts(question, typed)
    takers: dict[int, list[OptionDefinition]] = {}
    messages: list[str] = []
    for option in question.options:
        value = typed.get((option.code, ""), "").strip()
        places = {str(place): place for place in range(1, question.places + 1)}
        if value in places:
            takers.setdefault(places[value], []).append(option)
        elif value:
            messages.append(
                f"Geef {quote(option.text)} een plaats van 1 tot en met {question.places}, niet {quote(value)}."
            )
    for place, options in sorted(takers.items()):
        if len(options) > 1:
            names = join_words([quote(option.text) for option in options])
            messages.append(f"Plaats {place} staat bij {names}. Geef elke plaats maar één keer.")
    if messages:
        raise InvalidAnswer(messages)
    return tuple(ChosenOption(options[0].code) for _, options in sorted(takers.items()))


def format_cells(cells: Sequence[FilledCell]) -> dict[tuple[str, str], str]:
    """The exact inverse of `parse_table` and `parse_typology`."""
    return {
        (cell.row, cell.column): cell.option if cell.number is None else format_number(cell.number)
        for cell in cells
    }


def format_ranking(options: Sequence[ChosenOption]) -> dict[tuple[str, str], str]:
    """The exact inverse of `parse_ranking`."""
    return {(option.code, ""): str(place) for place, option in enumerate(options, start=1)}
