"""What saving costs: queries, whole responses next to Wagtail's form builder, and growth; see docs/benchmark.md."""

from collections.abc import Callable
from dataclasses import replace
from statistics import median
from time import perf_counter
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Site

from surveys.accounts.models import Membership, Organisation
from surveys.questionnaire.models import Wave
from surveys.questionnaire.queries import load_codes, load_definition, load_families
from surveys.responses.lifecycle.saving import AnswerChange, save_answers
from surveys.responses.models import Answer, Response
from tests.bench.peer.models import PeerField, PeerPage
from tests.responses.factories import (
    MEMBER,
    answer,
    choose,
    make_definition,
    make_person,
    make_question,
    make_response,
    make_wave,
    write,
)

# Every save is committed, as on the site.
pytestmark = pytest.mark.django_db(transaction=True)

RESPONSES = 120  # whole responses of each kind
TURN = 10  # one after the other, so that what else the machine does hits both alike
SAVES = 60
FEW_QUESTIONS, MANY_QUESTIONS = 10, 500
FEW_RESPONSES, MANY_RESPONSES = 100, 50_000

# Twenty questions: how they are called here and in the form builder, and what is filled in.
KINDS = (
    [("single", "radio")] * 8
    + [("multiple", "checkboxes")] * 3
    + [("number", "number")] * 4
    + [("text", "multiline")] * 5
)
FORM = "application/x-www-form-urlencoded"
OPTIONS = ("ja", "nee", "deels", "onbekend")

ANSWER_ALL = """
    INSERT INTO responses_answer (response_id, question_id, revision, state, text, caveat, is_routed, saved_at)
    SELECT r.id, q.id, 1, 'given', 'Tekst', '', true, r.started_at
    FROM responses_response r JOIN questionnaire_question q ON q.version_id = r.version_id
    WHERE NOT EXISTS (SELECT 1 FROM responses_answer a WHERE a.response_id = r.id)
"""
REMEMBER_ALL = """
    INSERT INTO responses_answerrevision (answer_id, number, value, key, origin, saved_at)
    SELECT a.id, 1, '{"state": "given", "text": "Tekst"}', '', 'form', a.saved_at
    FROM responses_answer a WHERE NOT EXISTS (SELECT 1 FROM responses_answerrevision v WHERE v.answer_id = a.id)
"""


@pytest.fixture
def show(capsys):
    def show(line: str) -> None:
        with capsys.disabled():
            print(f"\n{connection.vendor:10} {line}", end="")  # noqa: T201

    return show


def make_plain_definition(number: int):
    """As many questions as asked for; every tenth opens the nine after it."""
    questions = [
        make_question(
            f"vraag-{each}",
            "text" if each % 10 else "single",
            options=() if each % 10 else OPTIONS,
            after={f"vraag-{each - each % 10}": ("ja",)} if each % 10 else {},
        )
        for each in range(number)
    ]
    return replace(make_definition(("een", tuple(questions))), number=number)


def start(wave: Wave, *, code: str = MEMBER) -> Response:
    response = make_response(wave, code, at=timezone.now())
    for load in (load_definition, load_codes, load_families):
        load(response.version)
    return response


def time_saves(responses: list[Response], *, question: str) -> float:
    """The median of saving one answer after another, in milliseconds."""
    times = []
    for number in range(SAVES):
        response = responses[number % len(responses)]
        revision = (
            Answer.objects.filter(response=response, question__code=question).values_list("revision").first()
        )
        change = AnswerChange(
            question, write(f"Tekst {number} {len(responses)}"), revision[0] if revision else 0
        )
        begin = perf_counter()
        outcome = save_answers(response, changes=[change], by=None)
        times.append(perf_counter() - begin)
        assert outcome.saved
    return median(times) * 1000


def test_queries_of_one_save(show):
    response = start(make_wave(make_plain_definition(MANY_QUESTIONS)))
    answer(response, {f"vraag-{each}": write("Tekst") for each in range(1, 10)}, at=timezone.now())
    saves = {
        "a new answer": AnswerChange("vraag-11", write("Nieuw"), 0),
        "another answer": AnswerChange("vraag-1", write("Anders"), 1),
        "a choice that opens nine answered questions": AnswerChange("vraag-0", choose("ja"), 0),
        "another choice that closes them": AnswerChange("vraag-0", choose("nee"), 1),
    }
    for name, change in saves.items():
        with CaptureQueriesContext(connection) as context:
            save_answers(response, changes=[change], by=None)
        queries = [
            each for each in context if each["sql"].split()[0] in {"SELECT", "INSERT", "UPDATE", "DELETE"}
        ]
        show(f"saving {name:45} {len(queries)} queries")


def test_whole_responses_next_to_the_form_builder(show):
    send_ours, send_peer = make_our_form(), make_peer_form()
    spent = {send_ours: 0.0, send_peer: 0.0}
    for first in range(0, RESPONSES, TURN):
        for send in spent:
            begin = perf_counter()
            for number in range(first, first + TURN):
                send(number)
            spent[send] += perf_counter() - begin
    assert Answer.objects.count() == RESPONSES * len(KINDS)
    assert PeerPage.objects.get().get_submission_class().objects.count() == RESPONSES
    ours, peer = (RESPONSES / each for each in spent.values())
    show(
        f"whole responses of {len(KINDS)} questions per second: ours {ours:.0f}, Wagtail's form builder {peer:.0f}, "
        f"ratio {ours / peer:.2f}"
    )


def make_our_form() -> Callable[[int], None]:
    """Signed in, one section, a new organisation every time."""
    questions = tuple(
        make_question(f"vraag-{number}", kind, options=OPTIONS if kind in {"single", "multiple"} else ())
        for number, (kind, _) in enumerate(KINDS)
    )
    wave = make_wave(make_definition(("een", questions), ("twee", (make_question("rest"),))))
    person = make_person("Gerda")
    codes = list(wave.frame.values_list("municipality", flat=True))[:RESPONSES]
    organisations = Organisation.objects.filter(pk__in=codes)
    Membership.objects.bulk_create(
        Membership(person=person, organisation=each, role=Membership.Role.COORDINATOR)
        for each in organisations
    )
    client = Client()
    client.force_login(person)
    filled = {f"q-vraag-{number}": fill_in(kind) for number, (kind, _) in enumerate(KINDS)}
    data = filled | {f"r-vraag-{number}": "0" for number in range(len(KINDS))}

    def send(number: int) -> None:
        response = client.post(
            f"/invullen/{wave.code}/{codes[number]}/een/", urlencode(data, doseq=True), content_type=FORM
        )
        assert response.status_code == 302

    return send


def make_peer_form() -> Callable[[int], None]:
    page = PeerPage(title="Formulier", slug="formulier")
    Site.objects.get(is_default_site=True).root_page.add_child(instance=page)
    for number, (_, kind) in enumerate(KINDS):
        choices = ",".join(OPTIONS) if kind in {"radio", "checkboxes"} else ""
        PeerField.objects.create(
            page=page,
            sort_order=number,
            label=f"Vraag {number}",
            clean_name=f"vraag_{number}",
            field_type=kind,
            choices=choices,
            required=True,
        )
    client = Client()
    data = {f"vraag_{number}": fill_in(kind) for number, (kind, _) in enumerate(KINDS)}

    def send(number: int) -> None:
        response = client.post(page.url, urlencode(data, doseq=True), content_type=FORM)
        assert b"Opgeslagen" in response.content

    return send


def fill_in(kind: str) -> str | list[str]:
    values = {"single": "ja", "multiple": ["ja", "deels"], "number": "12", "text": "Wij doen dit sinds 2021."}
    return values[kind]


def test_growth_with_the_questionnaire(show):
    """The same save in a small and in a large questionnaire, where everything is answered already."""
    times = {}
    for number in (FEW_QUESTIONS, MANY_QUESTIONS):
        wave = make_wave(make_plain_definition(number), code=f"proef-{number}")
        response = start(wave)
        stored = {f"vraag-{each}": write("Tekst") if each % 10 else choose("ja") for each in range(number)}
        answer(response, stored, at=timezone.now())
        times[number] = time_saves([response], question="vraag-5")
    few, many = times.values()
    show(
        f"one save in a questionnaire of {FEW_QUESTIONS} questions {few:.1f} ms, of {MANY_QUESTIONS} {many:.1f} ms, "
        f"ratio {many / few:.2f}"
    )


def test_growth_with_the_responses(show):
    wave = make_wave(make_plain_definition(FEW_QUESTIONS))
    codes = list(wave.frame.values_list("municipality", flat=True))[:FEW_RESPONSES]
    responses = [start(wave, code=code) for code in codes]
    fill_all()
    few = time_saves(responses, question="vraag-5")
    add_waves(wave, responses=MANY_RESPONSES - FEW_RESPONSES, organisations=codes)
    assert Response.objects.count() == MANY_RESPONSES
    fill_all()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    spread = list(Response.objects.filter(organisation=codes[0])[:SAVES])
    many = time_saves(spread, question="vraag-5")
    show(
        f"one save among {FEW_RESPONSES} responses {few:.1f} ms, among {MANY_RESPONSES:,} ({Answer.objects.count():,} "
        f"answers) {many:.1f} ms, ratio {many / few:.2f}"
    )


def add_waves(wave: Wave, *, responses: int, organisations: list[str]) -> None:
    """As many earlier waves of the same questionnaire as it takes."""
    waves = Wave.objects.bulk_create(
        Wave(
            code=f"eerder-{number}",
            title=f"Eerdere meting {number}",
            version=wave.version,
            reference_date=wave.reference_date,
            status=Wave.Status.OPEN,
            opens_on=wave.opens_on,
            closes_on=wave.closes_on,
        )
        for number in range(responses // len(organisations))
    )
    Response.objects.bulk_create(
        Response(wave=each, version=wave.version, organisation_id=code, started_at=timezone.now())
        for each in waves
        for code in organisations
    )


def fill_all() -> None:
    """An answer with its history to every question of every response that has none yet, inside the database."""
    with connection.cursor() as cursor:
        cursor.execute(ANSWER_ALL)
        cursor.execute(REMEMBER_ALL)
