"""Which cases hold words: one statement of our own on Wagtail's full-text index, for whole and begun words.

Through the library it takes two searches, and it composes each in more time than the database needs to answer
(docs/benchmark.md). Words are bare, as `search_words` leaves them, in the index and here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry

from practices.synonyms import Phrase

Parts = Sequence[Sequence[Phrase]]

SQLITE = """
    SELECT {number}, entry.object_id FROM {entries}_fts words JOIN {entries} entry ON entry.id = words.rowid
    WHERE entry.content_type_id = %s AND words.{entries}_fts MATCH %s
"""
POSTGRESQL = """
    SELECT {number}, object_id FROM {entries} WHERE content_type_id = %s
    AND (title || body @@ to_tsquery(%s::regconfig, %s) OR autocomplete @@ to_tsquery('simple', %s))
"""

QUOTED = '"{}"'


@dataclass(frozen=True)
class Wanted:
    """A phrase of every part, as whole words (`whole`), or of every part as the beginnings of longer words (`begun`).

    Of a phrase only the last word may go on. No parts are held by nothing.
    """

    whole: Parts
    begun: Parts = ()


def find_keys(*wanted: Wanted) -> list[list[int]]:
    """Per wish the keys of cases, public or not, the newest first; in one query, the first time one more."""
    kind = ContentType.objects.get_by_natural_key("practices", "practicepage").pk
    is_sqlite = connection.vendor == "sqlite"
    statements: list[str] = []
    parameters: list[int | str] = []
    for number, wish in enumerate(wanted):
        statement = SQLITE if is_sqlite else POSTGRESQL
        statements.append(statement.format(number=number, entries=IndexEntry._meta.db_table))
        parameters += [kind, *(_write_for_sqlite(wish) if is_sqlite else _write_for_postgresql(wish))]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(statements), parameters)
        rows = cursor.fetchall()
    found: list[list[int]] = [[] for _ in wanted]
    for number, key in rows:
        found[number].append(int(key))
    return [sorted(keys, reverse=True) for keys in found]


def _write_for_sqlite(wish: Wanted) -> list[str]:
    """Without stems a whole word is a beginning too: the index has every field of a case both ways."""
    if wish.begun:
        return [f"{{autocomplete}} : {_join(wish.begun, ' OR ', ' AND ', QUOTED, QUOTED + '*')}"]
    return [f"{{title body}} : {_join(wish.whole, ' OR ', ' AND ', QUOTED, QUOTED)}"]


def _write_for_postgresql(wish: Wanted) -> list[str]:
    return [
        get_search_backend().config,
        _join(wish.whole, " | ", " & ", "'{}'", "'{}'"),
        _join(wish.begun, " | ", " & ", "'{}'", "'{}':*"),
    ]


def _join(parts: Parts, either: str, both: str, word: str, last: str) -> str:
    """One of the phrases of each part, with the signs of a database; "" without parts."""

    def write(phrase: Phrase) -> str:
        *others, end = phrase
        return both.join([*(word.format(each) for each in others), last.format(end)])

    def write_part(phrases: Iterable[Phrase]) -> str:
        return f"({either.join(f'({write(phrase)})' for phrase in phrases)})"

    return f"({both.join(map(write_part, parts))})" if parts else ""
