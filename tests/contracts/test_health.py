"""The three questions of docs/deployment.md: alive, ready, and whom to tell about a leak."""

import os
import subprocess
import sys
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

ASK_WITHOUT_DATABASE = """
import django
django.setup()
from django.test import Client
for path in ("/gezondheid/live", "/gezondheid/ready"):
    response = Client(headers={"host": "localhost"}).get(path)
    print(response.status_code, response.json())
"""


@pytest.mark.django_db
def test_ready_when_every_migration_has_run(client):
    response = client.get("/gezondheid/ready")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_pending(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'territory'")
    response = client.get("/gezondheid/ready")
    assert (response.status_code, response.json()["reason"]) == (503, "migrations")


def test_alive_but_not_ready_without_a_database():
    """A real process with a database that refuses the connection."""
    environment = os.environ | {  # noqa: TID251 - of another process
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:9/nothing",
    }
    answer = subprocess.run(
        [sys.executable, "-c", ASK_WITHOUT_DATABASE],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert [line for line in answer.stdout.splitlines() if not line.startswith("{")] == [
        "200 {'status': 'ok'}",
        "503 {'status': 'unavailable', 'reason': 'database'}",
    ]


def test_security_txt_names_a_contact_and_has_not_expired(client):
    response = client.get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in response.text.splitlines())
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert fields["Contact"].startswith("mailto:")
    expires = datetime.fromisoformat(fields["Expires"])
    assert timezone.now() < expires < timezone.now() + timedelta(days=365)
