"""The demo world against the printed report: through the site's own table, not through the generator's numbers."""

from collections import Counter
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from surveys.accounts.models import Person
from surveys.demo.caveats import INVENTED
from surveys.demo.lifecycle import seed_demo_world
from surveys.demo.models import DemoWorld
from surveys.demo.printed import read_printed_report, round_half_up
from surveys.demo.signins import SIGN_INS
from surveys.fieldwork.queries import summarise_response
from surveys.measures.loading import load_measures
from surveys.questionnaire.models import Wave
from surveys.responses.models import Answer
from surveys.results.counting import count_answers

TODAY = date(2026, 11, 22)

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo_world(territory: None) -> None:
    load_measures()
    call_command("load_roles", stdout=StringIO())
    assert seed_demo_world(seed=2022, today=TODAY)


def test_the_demo_world_adds_up_to_the_printed_report(demo_world: None) -> None:
    report = read_printed_report()
    wave = Wave.objects.get(code="2022")
    table = count_answers(wave, unit="response", questions=[question.code for question in report.questions])
    totals = {(row.question, row.option): row for row in table.rows if not row.dimensions}
    assert {
        (question.code, option): round_half_up(row.n or 0, row.base or 0)
        for question in report.questions
        for option in question.percent
        for row in [totals[question.code, option]]
    } == {
        (question.code, option): percent
        for question in report.questions
        for option, percent in question.percent.items()
    }
    assert INVENTED in table.caveats
    assert totals["reikwijdte_beperken", "ja"].base == 50
    assert totals["samen_zorgverzekeraar", "ja"].base == 49

    overview = summarise_response(wave)
    printed = report.response
    assert (overview.started, overview.complete) == (printed["started"], printed["complete"])
    assert overview.complete_municipalities == printed["municipalities"]
    assert overview.complete_regions == printed["youth_regions"]
    coverage = overview.coverage
    assert coverage.municipalities == printed["covered"]
    assert coverage.municipalities_total == 345
    assert round_half_up(coverage.inhabitants, coverage.inhabitants_total) == printed["inhabitants_percent"]
    assert {row.code: row.municipalities for row in overview.size_classes} == {
        "tot-50000": 139,
        "50000-100000": 30,
        "vanaf-100000": 18,
    }
    assert overview.excluded == 3
    assert len(overview.overlaps) == 2

    # A municipality counts once, and by its own answer.
    table = count_answers(
        wave, unit="municipality", questions=["administratieve_lasten"], dimensions=("size_class",)
    )
    total = {row.option: row for row in table.rows if not row.dimensions}
    assert total["ja"].base == 187
    by_class = Counter[str]()
    for row in table.rows:
        if row.dimensions and row.option in ("ja", "nee"):
            by_class[row.option] += row.n or 0
    assert by_class == {"ja": total["ja"].n, "nee": total["nee"].n}
    overlap = summarise_response(wave).overlaps[0]
    own = Answer.objects.get(response_id=overlap.own.id, question__code="administratieve_lasten")
    resolved = own.resolved_for.get(municipality_id=overlap.municipality.code)
    assert resolved.provenance == "own"

    # The open wave waits for the demo's people.
    wave = Wave.objects.get(code="2026")
    assert wave.status == Wave.Status.OPEN
    assert wave.opens_on < TODAY < wave.closes_on
    assert summarise_response(wave).coverage.municipalities_total == 342
    begun = set(wave.responses.values_list("organisation_id", flat=True))
    assert begun.isdisjoint({signin.organisation for signin in SIGN_INS})
    for signin in SIGN_INS:
        assert Person.objects.get(email=signin.email).check_password(signin.password)


def test_a_second_time_nothing_and_never_beside_real_responses(demo_world: None) -> None:
    def fingerprint() -> list[tuple[object, ...]]:
        return list(
            Answer.objects.order_by(
                "response__wave__code", "response__organisation", "question__code"
            ).values_list(
                "response__organisation", "question__code", "state", "text", "number", "options__code"
            )
        )

    first = fingerprint()
    assert not seed_demo_world(seed=1, today=TODAY)
    assert fingerprint() == first

    # Without the mark of the demo world these are real responses.
    DemoWorld.objects.all().delete()
    with pytest.raises(CommandError, match="echte reacties"):
        call_command("seed_demo", stdout=StringIO())
    assert fingerprint() == first
    assert not DemoWorld.objects.exists()
