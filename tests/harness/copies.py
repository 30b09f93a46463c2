"""The test database and the copies to return to, on SQLite (files) and on PostgreSQL (template databases)."""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import psycopg
from psycopg import sql

GOODBYE_MILLISECONDS = 120_000


class TestDatabase(Protocol):
    """The database of one process; a copy is shared by all processes and named by a path or a database name."""

    @property
    def url(self) -> str: ...

    def create(self) -> None:
        """Make the database, empty."""

    def has_copy(self, copy: str) -> bool:
        """Did a process of this run, or an earlier run, save the copy?"""

    def save_copy(self, copy: str) -> None:
        """Keep the database as it is now."""

    def restore_copy(self, copy: str) -> None:
        """Make the database equal to the copy; other connections to it are lost."""


@dataclass(frozen=True)
class SqliteDatabase:
    """A file rather than memory: in memory there is no real locking between connections to test."""

    path: Path

    @property
    def url(self) -> str:
        return f"sqlite:///{self.path}"

    def create(self) -> None:
        """SQLite makes the file on the first connection."""

    def has_copy(self, copy: str) -> bool:
        return Path(copy).exists()

    def save_copy(self, copy: str) -> None:
        unfinished = Path(f"{copy}.{os.getpid()}")
        copy_sqlite(self.path, unfinished)
        unfinished.rename(copy)

    def restore_copy(self, copy: str) -> None:
        copy_sqlite(Path(copy), self.path)


@dataclass(frozen=True)
class PostgresDatabase:
    server_url: str
    name: str

    @property
    def url(self) -> str:
        return f"{self.server_url}{self.name}"

    def create(self) -> None:
        self._copy(source="template0", target=self.name)

    def has_copy(self, copy: str) -> bool:
        with psycopg.connect(f"{self.server_url}postgres") as server:
            found = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [copy])
            return found.fetchone() is not None

    def save_copy(self, copy: str) -> None:
        self._copy(source=self.name, target=copy)

    def restore_copy(self, copy: str) -> None:
        self._copy(source=copy, target=self.name)

    def _copy(self, *, source: str, target: str) -> None:
        names = {"source": sql.Identifier(source), "target": sql.Identifier(target)}
        with psycopg.connect(f"{self.server_url}postgres", autocommit=True) as server:
            # Nobody may be connected to either, and a thread that served a request keeps its connection. The server
            # itself waits five seconds for them to go, which on a busy machine is not always enough.
            server.execute(
                "SELECT pg_terminate_backend(pid, %s) FROM pg_stat_activity WHERE datname IN (%s, %s)",
                [GOODBYE_MILLISECONDS, source, target],
            )
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {target} WITH (FORCE)").format(**names))
            server.execute(sql.SQL("CREATE DATABASE {target} TEMPLATE {source}").format(**names))


def copy_sqlite(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as origin, closing(sqlite3.connect(target)) as copy:
        origin.backup(copy)
