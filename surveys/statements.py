"""Statements in SQL, for what respondents do all day and Django needs longer to write than a database to run.

That is the door of a survey and the saving of answers; docs/benchmark.md says what it wins. Everywhere else the ORM
is quick enough, and easier to read.
"""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeAlias

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.models import Field, Model

AnyField: TypeAlias = "Field[Any, Any]"
Rows = Sequence[Mapping[str, Any]]


def insert_rows(
    model: type[Model],
    rows: Rows,
    *,
    common: Mapping[str, Any] | None = None,
) -> list[int]:
    """Insert rows and return their primary keys in the same order, in one query or as few as the database allows.

    Each row has its values by column, all of them for the same columns; `common` is what is equal in all rows. A
    column that neither names gets the default of its field; one that is None in every row is not sent at all.
    """
    if not rows:
        return []
    database = connections[DEFAULT_DB_ALIAS]
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    varying = tuple(
        field
        for field in fields
        if field.attname in rows[0] and any(row[field.attname] is not None for row in rows)
    )
    same = {
        field: (common or {}).get(field.attname, field.get_default())
        for field in fields
        if field.attname not in rows[0]
    }
    equal = {
        field: field.get_db_prep_save(value, database) for field, value in same.items() if value is not None
    }
    insert = _insert_as_json if database.vendor == "postgresql" else _insert_as_values
    ending = f"RETURNING {_quote(model._meta.pk.column)}"
    with database.cursor() as cursor:
        return insert(cursor, rows, equal=equal, varying=varying, ending=ending)


def select_one(sql: str, values: Sequence[Any], **models: type[Model]) -> dict[str, Any] | None:
    """The first row that the statement finds, as a model instance per table.

    With `wave=Wave`, `{wave}` in the statement stands for all columns of the table that it calls `wave`. Joined
    without a match, a table gives None.
    """
    row = fetch_one(_write_columns(sql, **models), values)
    if row is None:
        return None
    database = connections[DEFAULT_DB_ALIAS]
    found = {}
    for name, model in models.items():
        width = len(model._meta.concrete_fields)
        found[name], row = _make_instance(model, row[:width], database=database), row[width:]
    return found


def fetch_one(sql: str, values: Sequence[Any]) -> tuple[Any, ...] | None:
    """The first row of a statement that is the same every time, but for its values.

    PostgreSQL takes longer to plan such a statement than to run it. It keeps the plan for a cursor that sends the
    values apart, which Django's own cursor does not; where the settings allow no prepared statements, it plans anew.
    """
    with _open_cursor() as cursor:
        cursor.execute(sql, values)
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row


def _open_cursor() -> CursorWrapper:
    database = connections[DEFAULT_DB_ALIAS]
    if database.vendor != "postgresql":
        return database.cursor()
    database.ensure_connection()
    cursor: Any = psycopg.Cursor(database.connection)
    return database.make_debug_cursor(cursor) if database.queries_logged else database.make_cursor(cursor)


def _insert_as_values(
    cursor: CursorWrapper,
    rows: Rows,
    *,
    equal: Mapping[AnyField, Any],
    varying: tuple[AnyField, ...],
    ending: str,
) -> list[int]:
    """In batches: SQLite has a most number of values per statement."""
    database = cursor.db
    columns = (*equal, *varying)
    size = database.ops.bulk_batch_size(columns, rows)
    keys: list[int] = []
    for start in range(0, len(rows), size):
        batch = rows[start : start + size]
        values: list[Any] = []
        for row in batch:
            values += equal.values()
            values += [field.get_db_prep_save(row[field.attname], database) for field in varying]
        places = f"({', '.join(['%s'] * len(columns))})"
        cursor.execute(f"{_write_insert(columns)} VALUES {', '.join([places] * len(batch))} {ending}", values)
        keys += [key for (key,) in cursor.fetchall()]
    return keys


def _insert_as_json(
    cursor: CursorWrapper,
    rows: Rows,
    *,
    equal: Mapping[AnyField, Any],
    varying: tuple[AnyField, ...],
    ending: str,
) -> list[int]:
    """All rows as one value: the driver needs longer to put hundreds of values in a statement than to send it."""
    content = json.dumps(
        [{field.column: row[field.attname] for field in varying} for row in rows], default=str
    )
    types = ", ".join(f"{_quote(field.column)} {field.db_type(cursor.db)}" for field in varying)
    selected = ["%s"] * len(equal) + [_quote(field.column) for field in varying]
    cursor.execute(
        f"{_write_insert((*equal, *varying))} SELECT {', '.join(selected)}"  # noqa: S608
        f" FROM jsonb_to_recordset(%s) AS sent({types}) {ending}",
        [*equal.values(), content],
    )
    return [key for (key,) in cursor.fetchall()]


def _write_insert(fields: Sequence[AnyField]) -> str:
    """Names of our own tables and columns only; the values go beside it."""
    columns = ", ".join(_quote(field.column) for field in fields)
    return f"INSERT INTO {fields[0].model._meta.db_table} ({columns})"


@lru_cache
def _write_columns(sql: str, **models: type[Model]) -> str:
    return sql.format_map(
        {
            name: ", ".join(f"{name}.{_quote(field.column)}" for field in model._meta.concrete_fields)
            for name, model in models.items()
        }
    )


def _quote(column: str | None) -> str:
    return f'"{column}"'


def _make_instance(model: type[Model], row: Sequence[Any], *, database: BaseDatabaseWrapper) -> Model | None:
    """As the ORM does it: SQLite keeps a moment as text, among others."""
    fields = model._meta.concrete_fields
    values = []
    for field, value in zip(fields, row, strict=True):
        column, converted = field.cached_col, value
        for convert in (*database.ops.get_db_converters(column), *field.get_db_converters(database)):
            converted = convert(converted, column, database)
        values.append(converted)
    instance = model.from_db(database.alias, [field.attname for field in fields], values)
    return None if instance.pk is None else instance
