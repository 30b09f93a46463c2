from datetime import datetime

import pytest
from django.utils.timezone import localdate

from surveys.questionnaire.lifecycle import close_wave
from surveys.questionnaire.models import Wave
from surveys.results.publication import public_table
from surveys.results.table import RESULT_COLUMNS
from tests.api.worlds import publish_little
from tests.responses.factories import NOW, make_wave
from tests.results.release.factories import publish_wave

pytestmark = pytest.mark.django_db


@pytest.fixture
def public_wave():
    return publish_little()


def test_the_list_has_the_public_waves_and_no_other(read, public_wave):
    make_wave(code="geheim")

    answer = read("waves/")

    assert [(wave["code"], wave["reference_date"], wave["version"]) for wave in answer["results"]] == [
        ("2026", "2026-01-01", 1)
    ]
    assert (answer["count"], answer["next"], answer["previous"]) == (1, None, None)


def test_a_wave_has_the_same_facts_as_in_the_list(read, public_wave):
    assert read("waves/2026/") == read("waves/")["results"][0]


@pytest.mark.parametrize("address", ["", "/questions", "/results", "/response", "/results.csv"])
@pytest.mark.parametrize("code", ["geheim", "bestaat-niet"])
def test_an_unpublished_and_an_unknown_wave_are_the_same_problem(client, address, code):
    make_wave(code="geheim")

    response = client.get(f"/api/v1/waves/{code}{address}")

    assert response.status_code == 404
    assert response["Content-Type"] == "application/problem+json"
    assert response.json() == {
        "type": "about:blank",
        "title": "Niet gevonden",
        "status": 404,
        "detail": "Dit adres bestaat niet, of de gegevens zijn niet openbaar. "
        "Alle adressen staan in /api/v1/openapi.json.",
    }


def test_questions_come_with_what_is_needed_to_read_the_codes(read, public_wave):
    questions = {question["code"]: question for question in read("waves/2026/questions/")["results"]}

    assert questions["hoe"]["kind"] == "multiple"
    assert questions["hoe"]["options"][0] == {"code": "school", "text": "School"}
    assert questions["hoe"]["conditions"] == [{"question": "beperkt", "any_of": ["ja"]}]
    assert questions["beperkt"]["missing"] == ["dont_know"]
    assert questions["poh"]["measure"] == "poh-jeugd"


CHOICES = (
    ({}, {"unit": "response"}),
    ({"unit": "municipality", "by": "province"}, {"unit": "municipality", "dimensions": ["province"]}),
    (
        {"by": "province", "question": "beperkt,poh"},
        {"unit": "response", "dimensions": ["province"], "questions": ["beperkt", "poh"]},
    ),
    (
        {"question": ["beperkt", "poh"]},
        {"unit": "response", "questions": ["beperkt", "poh"]},
    ),
    ({"unit": "", "by": "", "question": ""}, {"unit": "response"}),
)


def test_results_are_the_rows_of_the_public_table(read, public_wave):
    for parameters, choice in CHOICES:
        table = public_table(public_wave, **choice)

        answer = read("waves/2026/results", **parameters)

        assert answer["results"] == [
            {name: getattr(row, name) for name in RESULT_COLUMNS} for row in table.rows
        ]
        assert answer["count"] == len(table.rows) > 0
        assert answer["unit"] == choice["unit"]
        assert answer["by"] == list(choice.get("dimensions", []))
        assert answer["base_rule"] == table.base_rule
        assert answer["release"] == table.release != ""


def test_what_the_public_may_not_see_is_empty_and_not_zero(read, public_wave):
    rows = read("waves/2026/results", by="province", question="beperkt", unit="municipality")["results"]

    withheld = [row for row in rows if row["status"] == "suppressed"]
    assert {row["group_1"] for row in withheld} >= {"Noord-Holland", "Zuid-Holland"}
    assert {row[name] for row in withheld for name in ("n", "base", "share", "lower", "upper", "value")} == {
        None
    }


def test_a_long_list_comes_in_pages_that_lead_to_each_other(read, public_wave):
    whole = read("waves/2026/results")
    first = read("waves/2026/results", pageSize=5)
    second = read("waves/2026/results", pageSize=5, page=2)

    assert first["results"] + second["results"] == whole["results"][:10]
    assert first["next"] == "http://localhost:8000/api/v1/waves/2026/results?page=2&pageSize=5"
    assert (first["previous"], first["count"]) == (None, whole["count"])
    assert second["previous"] == "http://localhost:8000/api/v1/waves/2026/results?page=1&pageSize=5"


MISTAKES = (
    (
        {"unit": "kilo"},
        {"unit": "Deze eenheid bestaat niet. Kies uit: response, municipality, inhabitants."},
    ),
    (
        {"question": "kleur"},
        {"question": "Deze meting heeft de vraag „kleur” niet. Kies uit: beperkt, hoe,"},
    ),
    ({"by": "kleur"}, {"by": "Kies hoogstens 2 verschillende uit: size_class, youth_region, province,"}),
    ({"by": "province,province"}, {"by": "Hiernaar kunt u niet uitsplitsen: „province”, „province”."}),
    ({"by": "province,size_class,youth_region"}, {"by": "Hiernaar kunt u niet uitsplitsen"}),
    (
        {"by": "question:bestaat_niet"},
        {"question,by,unit": "Wel gepubliceerd zijn de eenheden response,"},
    ),
    ({"page": "twee"}, {"page": "Vul een heel getal in."}),
    ({"page": "0"}, {"page": "Vul een getal in van 1 of hoger."}),
    ({"pageSize": "9" * 30}, {"pageSize": "Vul een getal in van 10000 of lager."}),
    ({"eenheid": "response"}, {"eenheid": "Wat kan: question, by, unit, page, pageSize."}),
    ({"unit": "\x00", "by": "\x00"}, {"unit": "Kies uit", "by": ""}),
    ({"unit": "x", "question": "y"}, {"unit": "Deze eenheid", "question": "„y”"}),
)


def test_everything_that_is_wrong_is_told_with_what_is_allowed(client, public_wave):
    for parameters, problems in MISTAKES:
        response = client.get("/api/v1/waves/2026/results", parameters)

        assert response.status_code == 400, parameters
        assert response["Content-Type"] == "application/problem+json"
        errors = {error["name"]: error for error in response.json()["errors"]}
        assert errors.keys() == problems.keys()
        for name, words in problems.items():
            assert words in errors[name]["detail"]
            assert errors[name]["in"] == "query"


def test_beyond_the_last_page_there_is_nothing(client, public_wave):
    assert client.get("/api/v1/waves/2026/results?page=99").status_code == 404


def test_a_wave_without_a_release_is_not_there(client, public_wave):
    """Also when somebody called its results public."""
    make_wave(code="geheim")
    Wave.objects.filter(code="geheim").update(results_published_at=NOW)

    assert client.get("/api/v1/waves").json()["count"] == 1
    assert client.get("/api/v1/waves/geheim/questions").status_code == 404


def test_what_was_not_released_says_what_was(client):
    wave = make_wave(code="klein")
    close_wave(wave)
    publish_wave(wave, units=("response",), breakdowns=(("province",),), questions=["beperkt"])

    response = client.get("/api/v1/waves/klein/results?unit=municipality")

    assert response.status_code == 400
    (error,) = response.json()["errors"]
    assert error["code"] == "not_published"
    assert "eenheden response, de uitsplitsingen province en de vragen beperkt." in error["detail"]
    assert client.get("/api/v1/waves/klein/results?unit=response&by=province").status_code == 200
    assert client.get("/api/v1/waves/klein/results?by=size_class").status_code == 400
    assert client.get("/api/v1/waves/klein/results?question=poh").status_code == 400


def test_the_list_asks_a_fixed_number_of_queries(read, public_wave, django_assert_num_queries):
    with django_assert_num_queries(2):
        read("waves")
    with django_assert_num_queries(1):
        read("waves/2026")


def test_results_read_the_release_only(read, public_wave, django_assert_num_queries):
    """The wave, its release and the tables; nothing depends on who answered or how many."""
    read("waves/2026/results")
    with django_assert_num_queries(3):
        read("waves/2026/results", by="province", unit="municipality")
    with django_assert_num_queries(2):
        read("waves/2026/response")


class TestResponse:
    def test_it_says_how_many_answered_and_no_group_that_tells_who(self, read, public_wave):
        answer = read("waves/2026/response/")

        assert (answer["release"], answer["released_on_date"]) == ("2026-1", localdate(NOW).isoformat())
        assert answer["responses"] == {"total": 4, "municipalities": 4, "youth_regions": 0}
        assert (answer["coverage"]["municipalities"], answer["coverage"]["municipalities_total"]) == (4, 342)
        for grouping in ("size_classes", "youth_regions"):
            assert answer[grouping] == {
                "status": "suppressed",
                "note": "Deze groepen tonen we niet: anders is te zien welke gemeente meedeed.",
                "groups": [],
            }

    def test_a_group_has_a_number_of_municipalities_and_none_of_inhabitants(self, read, public_wave):
        """It is public how many inhabitants a municipality has: the sum of a few would name them."""
        release = public_wave.releases.get()
        release.facts["response"]["size_classes"] = [
            {
                "code": "groot",
                "label": "Grote gemeenten",
                "municipalities": 5,
                "municipalities_total": 20,
                "inhabitants": 700_000,
                "inhabitants_total": 5_000_000,
            }
        ]
        release.save(update_fields=["facts"])

        assert read("waves/2026/response")["size_classes"] == {
            "status": "ok",
            "note": "",
            "groups": [
                {
                    "code": "groot",
                    "name": "Grote gemeenten",
                    "municipalities": 5,
                    "municipalities_total": 20,
                    "municipality_share": 0.25,
                }
            ],
        }


def test_a_moment_is_in_utc_as_the_design_rules_ask(read, public_wave):
    moment = read("waves/2026/")["published_at"]

    assert moment.endswith("Z")
    assert datetime.fromisoformat(moment) == public_wave.results_published_at
