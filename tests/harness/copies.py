"""The test database and its pristine copy, on SQLite (files) and on PostgreSQL (template databases)."""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import psycopg
from psycopg import sql


class TestDatabase(Protocol):
    """One process's database, named `url`; the pristine copy is shared by all processes of a run."""

    @property
    def url(self) -> str: ...

    def create(self) -> None:
        """Make the database, empty."""

    def has_pristine(self) -> bool:
        """Did a process of this run, or an earlier run, save the copy?"""

    def save_pristine(self) -> None:
        """Keep the database as it is now as the copy to return to."""

    def restore_pristine(self) -> None:
        """Make the database equal to the copy; other connections to it are lost."""


@dataclass(frozen=True)
class SqliteDatabase:
    """A file rather than memory: in memory there is no real locking between connections to test."""

    path: Path
    pristine: Path

    @property
    def url(self) -> str:
        return f"sqlite:///{self.path}"

    def create(self) -> None:
        """SQLite makes the file on the first connection."""

    def has_pristine(self) -> bool:
        return self.pristine.exists()

    def save_pristine(self) -> None:
        unfinished = self.pristine.with_suffix(f".{os.getpid()}")
        copy_sqlite(self.path, unfinished)
        unfinished.rename(self.pristine)

    def restore_pristine(self) -> None:
        copy_sqlite(self.pristine, self.path)


@dataclass(frozen=True)
class PostgresDatabase:
    server_url: str
    name: str
    pristine: str

    @property
    def url(self) -> str:
        return f"{self.server_url}{self.name}"

    def create(self) -> None:
        self._copy(source="template0", target=self.name)

    def has_pristine(self) -> bool:
        with psycopg.connect(f"{self.server_url}postgres") as server:
            found = server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.pristine])
            return found.fetchone() is not None

    def save_pristine(self) -> None:
        self._copy(source=self.name, target=self.pristine)

    def restore_pristine(self) -> None:
        self._copy(source=self.pristine, target=self.name)

    def _copy(self, *, source: str, target: str) -> None:
        names = {"source": sql.Identifier(source), "target": sql.Identifier(target)}
        with psycopg.connect(f"{self.server_url}postgres", autocommit=True) as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {target} WITH (FORCE)").format(**names))
            server.execute(sql.SQL("CREATE DATABASE {target} TEMPLATE {source}").format(**names))


def copy_sqlite(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as origin, closing(sqlite3.connect(target)) as copy:
        origin.backup(copy)
