"""What all answers have in common: version, caches, other sites, and how a refusal looks."""

import pytest

from surveys.api import views
from tests.api.worlds import publish_little

pytestmark = pytest.mark.django_db

ADDRESSES = [
    "waves",
    "waves/2026",
    "waves/2026/questions",
    "waves/2026/results",
    "waves/2026/response",
    "waves/2026/results.csv",
    "waves/2026/results.csv-metadata.json",
    "measures",
    "practices",
    "territory/municipalities",
    "catalog.jsonld",
    "openapi.json",
]


@pytest.fixture
def public_wave():
    return publish_little()


def test_every_answer_is_kept_by_caches_open_to_other_sites_and_not_sent_twice(client, public_wave):
    for address in ADDRESSES:
        first = client.get(f"/api/v1/{address}")
        assert first.status_code == 200, address
        assert first["API-Version"] == "1.1.0"
        assert first["Access-Control-Allow-Origin"] == "*"
        assert first["Cache-Control"] == "public, max-age=300"
        assert first["ETag"].startswith('"'), "a strong one"
        assert "Set-Cookie" not in first
        assert "Cookie" not in first.get("Vary", "")
        assert first["X-Content-Type-Options"] == "nosniff"
        assert first["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in first["Content-Security-Policy"]
        assert "default-src 'none'" in first["Content-Security-Policy"]

        again = client.get(f"/api/v1/{address}", headers={"If-None-Match": first["ETag"]})
        other = client.get(f"/api/v1/{address}", headers={"If-None-Match": '"something else"'})
        assert (again.status_code, again.content) == (304, b""), address
        assert again["API-Version"] == "1.1.0"
        assert other.content == first.content

        if not address.endswith((".jsonld", "openapi.json")):
            assert client.get(f"/api/v1/{address}/").content == first.content, "a slash changes nothing"


def test_another_answer_has_another_etag(client, public_wave):
    tags = {
        client.get(f"/api/v1/waves/2026/results?unit={unit}")["ETag"] for unit in ("response", "municipality")
    }

    assert len(tags) == 2


@pytest.mark.parametrize("address", ["", "bestaat-niet", "bestaat-niet/", "waves/2026/nog-iets/", "waves/é"])
def test_what_is_not_there_is_a_problem_and_no_page(client, address):
    response = client.get(f"/api/v1/{address}")

    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert response["Cache-Control"] == "no-store"
    assert response["API-Version"] == "1.1.0"
    assert response.json()["status"] == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("address", ["waves", "waves/2026/results.csv", "openapi.json"])
def test_nothing_can_be_written(client, method, address):
    response = getattr(client, method)(f"/api/v1/{address}")

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["detail"] == "Gebruik GET, HEAD of OPTIONS."


def test_the_head_is_that_of_the_answer(client):
    head, got = client.head("/api/v1/waves"), client.get("/api/v1/waves")

    assert head.content == b""
    assert head["ETag"] == got["ETag"]


def test_a_browser_may_ask_before_another_site_reads(client):
    response = client.options("/api/v1/waves", headers={"Origin": "https://elders.example"})

    assert response.status_code == 204
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"


def test_what_the_visitor_accepts_or_who_it_is_changes_nothing(client, admin_client):
    answers = {
        client.get("/api/v1/waves").content,
        client.get("/api/v1/waves", headers={"Accept": "text/html"}).content,
        admin_client.get("/api/v1/waves").content,
    }

    assert len(answers) == 1


def test_what_nobody_foresaw_is_a_problem_without_a_trace(client, monkeypatch, caplog):
    def fail(*args, **kwargs):
        raise RuntimeError("the inside")

    monkeypatch.setattr(views, "list_public_waves", fail)

    response = client.get("/api/v1/waves")

    assert response.status_code == 500
    assert response["Content-Type"] == "application/problem+json"
    assert "the inside" not in response.content.decode()
    assert "api.failed" in caplog.messages
