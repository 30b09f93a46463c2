"""What saving costs: queries, whole responses next to Wagtail's form builder, and growth; see docs/benchmark.md."""

from collections.abc import Callable
from dataclasses import replace
from statistics import median
from time import perf_counter
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from surveys.accounts.models import Membership, Organisation
from surveys.questionnaire.models import Wave
from surveys.questionnaire.queries import load_codes, load_definition, load_families
from surveys.responses.forms import read_section
from surveys.responses.lifecycle.saving import AnswerChange, save_answers, save_first_answers
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

RESPONSES = 200  # whole responses of each kind
TURN = (
    5  # one after the other, so that what else the machine does hits both alike; the first turn is not timed
)
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


def time_saves(*places: list[Response], question: str) -> list[float]:
    """Per place the median of saving one answer after another, in milliseconds; the places take turns."""
    times: list[list[float]] = [[] for _ in places]
    for number in range(SAVES):
        for responses, spent in zip(places, times, strict=True):
            spent.append(time_save(responses[number % len(responses)], question, text=f"Tekst {uuid4()}"))
    return [median(spent) * 1000 for spent in times]


def time_save(response: Response, question: str, *, text: str) -> float:
    """In seconds, of a value that was not there yet."""
    answers = Answer.objects.filter(response=response, question__code=question)
    revision = answers.values_list("revision", flat=True).first()
    change = AnswerChange(question, write(text), revision or 0)
    begin = perf_counter()
    outcome = save_answers(response, changes=[change], by=None)
    spent = perf_counter() - begin
    assert outcome.saved
    return spent


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
    page = make_peer_page()
    spent = take_turns(
        {
            "ours": make_our_form(),
            "Wagtail's form builder for who signed in": make_peer_form(page, is_for_anybody=False),
            "Wagtail's form builder for anybody": make_peer_form(page, is_for_anybody=True),
        }
    )
    assert Answer.objects.count() == (TURN + RESPONSES) * len(KINDS)
    assert page.get_submission_class().objects.count() == 2 * (TURN + RESPONSES)  # of both pages
    show_next_to_ours(show, f"whole responses of {len(KINDS)} questions, sent by a browser", spent)


def test_storing_alone_next_to_the_form_builder(show):
    page = make_peer_page()
    spent = take_turns({"ours": make_our_store(), "Wagtail's form builder": make_peer_store(page)})
    assert Answer.objects.count() == (TURN + RESPONSES) * len(KINDS)
    assert page.get_submission_class().objects.count() == TURN + RESPONSES
    show_next_to_ours(show, f"storing alone what was read from {len(KINDS)} questions", spent)


def take_turns(kinds: dict[str, Callable[[int], Callable[[], None]]]) -> dict[str, float]:
    """Seconds per kind of storing. Each prepares a response by its number, and is timed while it stores it.

    The first request of a process loads the addresses of the whole site, for whoever happens to be first: therefore
    nobody's first turn counts.
    """
    spent = dict.fromkeys(kinds, 0.0)
    for first in range(0, RESPONSES + TURN, TURN):
        for name, prepare in kinds.items():
            stores = [prepare(number) for number in range(first, first + TURN)]
            begin = perf_counter()
            for store in stores:
                store()
            if first:
                spent[name] += perf_counter() - begin
    return spent


def show_next_to_ours(show: Callable[[str], None], what: str, spent: dict[str, float]) -> None:
    for name, seconds in spent.items():
        show(
            f"{what}: {name} {RESPONSES / seconds:.0f} per second"
            + (f", ratio {seconds / spent['ours']:.2f}" if name != "ours" else "")
        )


def make_our_wave() -> tuple[Wave, list[Organisation]]:
    """The twenty questions in one section, and an organisation for every response."""
    questions = tuple(
        make_question(f"vraag-{number}", kind, options=OPTIONS if kind in {"single", "multiple"} else ())
        for number, (kind, _) in enumerate(KINDS)
    )
    wave = make_wave(make_definition(("een", questions), ("twee", (make_question("rest"),))))
    codes = wave.frame.values_list("municipality", flat=True)[: TURN + RESPONSES]
    return wave, list(Organisation.objects.filter(pk__in=list(codes)))


def make_our_form() -> Callable[[int], Callable[[], None]]:
    """Signed in, one section, a new organisation every time."""
    wave, organisations = make_our_wave()
    person = make_person("Gerda")
    Membership.objects.bulk_create(
        Membership(person=person, organisation=each, role=Membership.Role.COORDINATOR)
        for each in organisations
    )
    client = Client()
    client.force_login(person)
    data = urlencode(
        {f"q-vraag-{number}": fill_in(kind) for number, (kind, _) in enumerate(KINDS)}
        | {f"r-vraag-{number}": "0" for number in range(len(KINDS))},
        doseq=True,
    )

    def prepare(number: int) -> Callable[[], None]:
        def send() -> None:
            response = client.post(
                f"/invullen/{wave.code}/{organisations[number].code}/een/", data, content_type=FORM
            )
            assert response.status_code == 302

        return send

    return prepare


def make_our_store() -> Callable[[int], Callable[[], None]]:
    wave, organisations = make_our_wave()
    person = make_person("Gerda")
    (section, _) = load_definition(wave.version).sections
    data = QueryDict(mutable=True)
    for number, (kind, _) in enumerate(KINDS):
        filled = fill_in(kind)
        data.setlist(f"q-vraag-{number}", filled if isinstance(filled, list) else [filled])
        data[f"r-vraag-{number}"] = "0"

    def prepare(number: int) -> Callable[[], None]:
        changes = [typed.change for typed in read_section(section, data).values()]

        def store() -> None:
            save_first_answers(wave, organisation=organisations[number], changes=changes, by=person)

        return store

    return prepare


def make_peer_page() -> PeerPage:
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
    return page


def fill_in_peer() -> str:
    return urlencode({f"vraag_{number}": fill_in(kind) for number, (kind, _) in enumerate(KINDS)}, doseq=True)


def make_peer_form(page: PeerPage, *, is_for_anybody: bool) -> Callable[[int], Callable[[], None]]:
    """With and without Wagtail's own lock on a page that is only for who signed in."""
    client, data = Client(), fill_in_peer()
    if not is_for_anybody:
        page = page.copy(update_attrs={"slug": "besloten-formulier"})
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
        client.force_login(make_person("Hans"))

    def prepare(number: int) -> Callable[[], None]:
        def send() -> None:
            response = client.post(page.url, data, content_type=FORM)
            assert b"Opgeslagen" in response.content

        return send

    return prepare


def make_peer_store(page: PeerPage) -> Callable[[int], Callable[[], None]]:
    data = QueryDict(fill_in_peer())

    def prepare(number: int) -> Callable[[], None]:
        form = page.get_form(data, page=page, user=None)

        def store() -> None:
            assert form.is_valid()
            page.process_form_submission(form)

        return store

    return prepare


def fill_in(kind: str) -> str | list[str]:
    values = {"single": "ja", "multiple": ["ja", "deels"], "number": "12", "text": "Wij doen dit sinds 2021."}
    return values[kind]


def test_growth_with_the_questionnaire(show):
    """The same save in a small and in a large questionnaire, where everything is answered already."""
    responses = []
    for number in (FEW_QUESTIONS, MANY_QUESTIONS):
        response = start(make_wave(make_plain_definition(number), code=f"proef-{number}"))
        stored = {f"vraag-{each}": write("Tekst") if each % 10 else choose("ja") for each in range(number)}
        answer(response, stored, at=timezone.now())
        responses.append(response)
    few, many = time_saves(*([response] for response in responses), question="vraag-5")
    show(
        f"one save in a questionnaire of {FEW_QUESTIONS} questions {few:.1f} ms, of {MANY_QUESTIONS} {many:.1f} ms, "
        f"ratio {many / few:.2f}"
    )


def test_growth_with_the_responses(show):
    wave = make_wave(make_plain_definition(FEW_QUESTIONS))
    codes = list(wave.frame.values_list("municipality", flat=True))[:FEW_RESPONSES]
    responses = [start(wave, code=code) for code in codes]
    fill_all()
    (few,) = time_saves(responses, question="vraag-5")
    add_waves(wave, responses=MANY_RESPONSES - FEW_RESPONSES, organisations=codes)
    assert Response.objects.count() == MANY_RESPONSES
    fill_all()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    spread = list(Response.objects.filter(organisation=codes[0])[:SAVES])
    (many,) = time_saves(spread, question="vraag-5")
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
