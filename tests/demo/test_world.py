"""The demo world against the printed report: through the site's own table, not through the generator's numbers."""

import tomllib
from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import ModelLogEntry

from surveys.accounts.models import Organisation, Person
from surveys.coding.comparing import select_to_settle
from surveys.coding.models import CodingRound
from surveys.coding.texts import select_round_texts
from surveys.demo.caveats import INVENTED
from surveys.demo.codebooks import CODEBOOKS, read_codebooks
from surveys.demo.coding import CODERS
from surveys.demo.lifecycle import RESEARCHER, seed_demo_world
from surveys.demo.models import DemoWorld
from surveys.demo.printed import read_printed_report, round_half_up
from surveys.demo.reviewing import ACCEPTED
from surveys.demo.signins import SIGN_INS
from surveys.drafts.models import BankQuestion, CoreQuestion, Draft
from surveys.drafts.queries import list_draft_problems
from surveys.fieldwork.flag_queries import load_flags
from surveys.fieldwork.queries import summarise_response
from surveys.fieldwork.review_queries import list_tasks, load_reviewed_responses
from surveys.fieldwork.review_state import ReviewState
from surveys.fieldwork.work_list import TaskKind
from surveys.outreach.models import Mailing, Message, Reply
from surveys.outreach.overview import State, count_states
from surveys.outreach.queries import list_invited_organisations
from surveys.outreach.reminder_queries import forecast_reminders
from surveys.questionnaire.models import QuestionnaireVersion, Wave
from surveys.questionnaire.queries import list_changes_since_former, load_definition
from surveys.questionnaire.rules import check_rules
from surveys.responses.carrying_over import offer_previous_answers
from surveys.responses.models import Answer, Correction, Response
from surveys.responses.queries import load_answers, load_deviations
from surveys.results.counting import count_answers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_database")]


def test_the_demo_world_adds_up_to_the_printed_report() -> None:
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
    assert (overview.started, overview.submitted) == (printed["started"], printed["complete"])
    assert overview.submitted_municipalities == printed["municipalities"]
    assert overview.submitted_regions == printed["youth_regions"]
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
    assert wave.opens_on < timezone.localdate() < wave.closes_on
    assert summarise_response(wave).coverage.municipalities_total == 342
    begun = set(wave.responses.values_list("organisation_id", flat=True))
    assert begun & {signin.organisation for signin in SIGN_INS} == {"JZ18"}
    for signin in SIGN_INS:
        assert Person.objects.get(email=signin.email).check_password(signin.password)


def test_the_demo_people_see_a_newer_questionnaire_with_what_they_said_last_time() -> None:
    wave = Wave.objects.select_related("version", "previous__version").get(code="2026")
    assert (wave.version.number, wave.previous.code, wave.previous.version.number) == (2, "2022", 1)
    changes = Counter(change.kind.value for change in list_changes_since_former(wave.version) or [])
    assert {"cosmetic", "clarifying", "meaning", "new", "removed"} == set(changes)

    region = Response.objects.select_related("organisation").get(wave=wave, organisation="JZ18")
    assert region.status == Response.Status.DRAFT
    assert set(region.coverage.values_list("municipality", flat=True)) == {"GM0534", "GM0546", "GM0626"}
    assert list(load_deviations(region)) == [("reikwijdte_beperken", "GM0534")]

    for code in ("GM0479", "JZ18"):
        offers = offer_previous_answers(
            wave, organisation=Organisation.objects.get(pk=code), version=wave.version, response=None
        )
        assert offers["reikwijdte_beperken"].wave_title == "Meting 2022"
        assert {offer.is_from_region for offer in offers.values()} == {False}
        if broken := offers.get("doorbraak_gevallen"):
            assert broken.is_trend_break

    # Nobody answers with a kind of question that the demo has no idea of, and totals add up.
    submitted = Response.objects.filter(wave=wave, status=Response.Status.SUBMITTED)
    kinds = set(Answer.objects.filter(response__in=submitted).values_list("question__kind", flat=True))
    assert {"matrix", "ranking", "typology", "date"} <= kinds
    definition = load_definition(wave.version)
    for response in submitted:
        values = {code: stored.value for code, stored in load_answers(response).items()}
        assert [
            each for each in check_rules(definition, values=values) if each.question == "uitgaven_tabel"
        ] == []


def test_released_themes_add_up_to_the_invented_texts_and_were_seen_by_two() -> None:
    wave = Wave.objects.get(code="2022")
    texts = tomllib.loads((CODEBOOKS.parent / "open_answers.toml").read_text(encoding="utf-8"))
    for codebook in read_codebooks(texts):
        written = Answer.objects.filter(
            response__wave=wave, response__status=Response.Status.SUBMITTED, question__code=codebook.question
        ).values_list("text", flat=True)
        expected = Counter(theme for text in written for theme in codebook.coded[text])
        table = count_answers(wave, unit="response", questions=[codebook.question])
        assert {row.option: (row.n, row.base) for row in table.rows if row.is_theme} == {
            theme.code: (expected[theme.code], len(written)) for theme in codebook.themes
        }
        [coding_round] = CodingRound.objects.filter(wave=wave, version__codebook__question=codebook.question)
        assert {each.coder.email for each in coding_round.assignments.all()} == set(CODERS)
        kinds = Counter(coding_round.settlements.values_list("kind", flat=True))
        assert kinds.total() == len(written)
        assert kinds["agreed"] > kinds["chosen"] > 0

    # The open wave: half coded, and something to settle.
    [coding_round] = CodingRound.objects.filter(wave__code="2026")
    assert not coding_round.is_blind
    assert coding_round.released_at is None
    assert select_to_settle(coding_round).count() > 0
    coded = Answer.objects.filter(codings__assignment__round=coding_round).distinct()
    assert 0 < coded.count() < select_round_texts(coding_round).count()


def test_the_open_wave_was_invited_and_reminded_and_no_mail_is_left_to_a_worker() -> None:
    wave = Wave.objects.get(code="2026")
    states = {state: number for state, _, number in count_states(list_invited_organisations(wave))}
    assert states[State.INVITED] > 100
    assert states[State.NO_CONTACT] > 100
    assert (states[State.PROBLEM], states[State.NOT_FOR_ME]) == (4, 2)
    assert states[State.READY] == states[State.WAITING] == 0

    mailings = Mailing.objects.order_by("created_at", "pk")
    assert [each.purpose for each in mailings] == ["invitation", "invitation", "reminder_start"]
    assert {each.status for each in mailings} == {Mailing.Status.DONE}
    statuses = set(Message.objects.values_list("status", flat=True))
    assert statuses == {Message.Status.SENT, Message.Status.BOUNCED}
    assert all(address.endswith(".example") for address in Message.objects.values_list("address", flat=True))
    # Who began before the reminder, bounced or declined got none; there is a next one for the others.
    reminded = {each.organisation_id for each in Message.objects.filter(mailing__purpose="reminder_start")}
    assert reminded.isdisjoint(wave.responses.values_list("organisation", flat=True))
    assert reminded.isdisjoint(
        Message.objects.filter(status=Message.Status.BOUNCED).values_list("organisation", flat=True)
    )
    assert {reply.kind for reply in Reply.objects.all()} == {"not_for_me", "will_answer", "declines"}
    assert sum(day.mails for day in forecast_reminders(wave, now=timezone.now())) > len(reminded)


def test_what_came_in_is_half_reviewed_and_the_former_wave_whole() -> None:
    former, wave = Wave.objects.get(code="2022"), Wave.objects.get(code="2026")
    labels = Counter(each.state for each in load_reviewed_responses(wave))
    assert labels[ReviewState.ACCEPTED] == ACCEPTED
    assert labels[ReviewState.SENT_BACK] == 1
    assert labels[ReviewState.TO_REVIEW] > 1
    assert TaskKind.REVIEW not in {task.kind for task in list_tasks(former)}
    seen = [raised.seen for flags in load_flags(wave).values() for raised in flags if raised.seen]
    assert [each.seen_by.email for each in seen] == [RESEARCHER]

    correction = Correction.objects.select_related("revision__answer").get()
    answer = correction.revision.answer
    assert list(answer.revisions.values_list("origin", flat=True)) == ["form", "correction"]
    assert correction.revision.number == answer.revision
    assert correction.reason


def test_the_next_questionnaire_is_a_draft_with_one_problem() -> None:
    draft = Draft.objects.get()
    (problem,) = list_draft_problems(draft)
    assert problem.question == "poh_dekking"
    assert problem.is_blocking
    assert BankQuestion.objects.count() == 3
    locked = set(CoreQuestion.objects.values_list("question", flat=True))
    assert len(locked) == 2
    for version in QuestionnaireVersion.objects.filter(survey=draft.survey_code):
        assert locked <= load_definition(version).questions.keys()


def test_a_second_time_nothing_and_never_beside_real_responses() -> None:
    def fingerprint() -> list[tuple[object, ...]]:
        return list(
            Answer.objects.order_by(
                "response__wave__code", "response__organisation", "question__code"
            ).values_list(
                "response__organisation", "question__code", "state", "text", "number", "options__code"
            )
        )

    first, lines = fingerprint(), ModelLogEntry.objects.count()
    assert not seed_demo_world(seed=1, today=timezone.localdate())
    assert fingerprint() == first
    assert ModelLogEntry.objects.count() == lines

    # Without the mark of the demo world these are real responses.
    DemoWorld.objects.all().delete()
    with pytest.raises(CommandError, match="echte reacties"):
        call_command("seed_demo", stdout=StringIO())
    assert fingerprint() == first
    assert not DemoWorld.objects.exists()
