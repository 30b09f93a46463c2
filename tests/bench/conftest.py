import pytest
from django.db import connection


@pytest.fixture
def show(capsys):
    def show(line: str) -> None:
        with capsys.disabled():
            print(f"\n{connection.vendor:10} {line}", end="")  # noqa: T201

    return show
