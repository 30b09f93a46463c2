"""The columns of the long file as machines read them: which ones are numbers. Pure."""

from surveys.results.table import RESULT_COLUMNS

INTEGERS = frozenset({"version", "n", "base"})
NUMBERS = frozenset({"share", "lower", "upper", "value"})


def name_datatype(column: str) -> str:
    """`integer`, `number` (with a decimal point) or `string`."""
    if column in INTEGERS:
        return "integer"
    return "number" if column in NUMBERS else "string"


DATATYPES = {column: name_datatype(column) for column in RESULT_COLUMNS}
