from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from surveys.fieldwork.standings import Standing
from surveys.fieldwork.watch_queries import find_last_contacts, load_spans, watch_response
from surveys.outreach.lifecycle.messages import note_bounce
from surveys.outreach.lifecycle.replies import note_reply
from surveys.outreach.models import Message, Reply
from surveys.responses.lifecycle.starting import save_coverage
from surveys.responses.lifecycle.submission import (
    exclude_response,
    reopen_response,
    submit_response,
    withdraw_response,
)
from surveys.territory.tile_positions import read_municipality_tiles
from tests.outreach.factories import invite, make_contact
from tests.responses.factories import (
    COMPLETE,
    MEMBER,
    OTHER_MEMBER,
    REGION,
    STRANGER,
    choose,
    make_person,
    make_response,
    make_wave,
)

pytestmark = pytest.mark.django_db

FIRST = date(2026, 3, 2)


def at(day: int, hour: int = 12) -> datetime:
    """Days after the first answers, in the time zone of the site."""
    moment = datetime.combine(FIRST, datetime.min.time(), tzinfo=ZoneInfo("Europe/Amsterdam"))
    return moment + timedelta(days=day, hours=hour)


def submit(wave, organisation, *covers, day):
    response = make_response(wave, organisation, answers=COMPLETE, covers=covers, at=at(day, 8))
    return submit_response(response, by=None, at=at(day))


def count_days(wave, *days):
    """(responses, municipalities) at the end of each of the days."""
    watch = watch_response(wave, today=FIRST + timedelta(days=30))
    counts = {each.day: (each.responses, each.municipalities) for each in watch.days}
    return [counts[FIRST + timedelta(days=day)] for day in days]


def test_every_way_to_be_is_told_apart():
    wave = make_wave()
    submit(wave, REGION, MEMBER, day=1)
    make_response(wave, OTHER_MEMBER, answers=COMPLETE)
    make_response(wave, STRANGER, answers={"beperkt": choose("nee")})

    watch = watch_response(wave, today=FIRST)

    overview = watch.overview
    assert (overview.started, overview.in_progress, overview.complete, overview.submitted) == (3, 1, 1, 1)
    assert [watch.standings[code] for code in (MEMBER, OTHER_MEMBER, STRANGER, "GM0363")] == [
        Standing.INHERITED,
        Standing.COMPLETE,
        Standing.BEGUN,
        Standing.SILENT,
    ]
    assert {row.organisation_code: row.missing for row in overview.responses} == {
        REGION: None,
        OTHER_MEMBER: 0,
        STRANGER: 1,
    }
    assert watch.positions[MEMBER] == read_municipality_tiles()[MEMBER]
    assert len(watch.positions) == 342


def test_who_did_not_begin_are_regions_and_municipalities():
    wave = make_wave()
    submit(wave, MEMBER, day=1)

    silent = watch_response(wave, today=FIRST).silent

    (region,) = [each for each in silent if each.code == REGION]
    assert (region.is_region, region.covered, region.municipalities) == (True, 1, 13)
    assert [each.is_region for each in silent] == [True] * 42 + [False] * 341


def test_the_line_follows_what_was_submitted():
    wave = make_wave()
    submit(wave, MEMBER, day=1)
    submit(wave, REGION, MEMBER, OTHER_MEMBER, day=3)

    assert count_days(wave, 0, 1, 2, 3, 4) == [(0, 0), (1, 1), (1, 1), (2, 2), (2, 2)]


@pytest.mark.parametrize("step", [reopen_response, withdraw_response, exclude_response])
def test_what_counts_no_longer_leaves_the_line_on_that_day(step):
    wave = make_wave()
    step(submit(wave, MEMBER, day=1), by=None, reason="Fout", at=at(3))

    assert count_days(wave, 1, 2, 3, 4) == [(1, 1), (1, 1), (0, 0), (0, 0)]


def test_what_was_reopened_spoke_for_the_municipalities_of_then():
    wave = make_wave()
    region = submit(wave, REGION, MEMBER, OTHER_MEMBER, day=1)
    region = reopen_response(region, by=None, reason="Fout", at=at(3))
    save_coverage(region, municipality_codes=[MEMBER], by=None, at=at(4))
    submit_response(region, by=None, at=at(5))

    assert count_days(wave, 1, 2, 3, 4, 5) == [(1, 2), (1, 2), (0, 0), (0, 0), (1, 1)]


def test_a_moment_just_after_midnight_is_of_the_dutch_day():
    wave = make_wave()
    response = make_response(wave, MEMBER, answers=COMPLETE)
    submit_response(response, by=None, at=at(2, 0) + timedelta(minutes=10))

    assert count_days(wave, 1, 2) == [(0, 0), (1, 1)]


def test_the_line_ends_where_the_figures_are():
    wave = make_wave()
    submit(wave, MEMBER, day=1)
    reopen_response(submit(wave, STRANGER, day=2), by=None, reason="Fout", at=at(3))
    submit(wave, REGION, OTHER_MEMBER, day=4)

    watch = watch_response(wave, today=FIRST + timedelta(days=9))

    assert watch.days[0].day == wave.opens_on
    assert watch.days[-1].day == FIRST + timedelta(days=9)
    assert (watch.days[-1].responses, watch.days[-1].municipalities) == (
        watch.overview.submitted,
        watch.overview.coverage.municipalities,
    )


def test_a_wave_that_has_yet_to_open_has_no_line():
    assert watch_response(make_wave(opens_on=date(2026, 2, 1)), today=date(2026, 1, 31)).days == ()


def test_another_wave_is_another_matter():
    wave = make_wave()
    submit(make_wave(code="ander"), MEMBER, day=1)

    assert load_spans(wave) == []
    assert watch_response(wave, today=FIRST).overview.started == 0


def test_the_last_contact_is_the_last_mail_or_a_later_answer():
    wave = make_wave()
    invite(wave, make_contact(wave, MEMBER), make_contact(wave, STRANGER, email="j@gemeente.example"))
    contacts = find_last_contacts(wave)
    assert {code: each.text for code, each in contacts.items()} == {
        MEMBER: "Uitnodiging: verstuurd",
        STRANGER: "Uitnodiging: verstuurd",
    }

    note_bounce(Message.objects.get(organisation=STRANGER))
    note_reply(
        Message.objects.get(organisation=MEMBER),
        kind=Reply.Kind.ABSENT,
        by=None,
        at=timezone.now() + timedelta(hours=1),
    )

    assert {code: each.text for code, each in find_last_contacts(wave).items()} == {
        MEMBER: "Reactie: afwezig",
        STRANGER: "Uitnodiging: teruggekomen",
    }
    silent = {each.code: each.last_contact for each in watch_response(wave, today=FIRST).silent}
    assert silent[MEMBER] == find_last_contacts(wave)[MEMBER]
    assert silent["GM0363"] is None


def test_a_mail_that_has_yet_to_go_is_no_contact():
    wave = make_wave()
    invite(wave, make_contact(wave, MEMBER))
    Message.objects.update(status=Message.Status.QUEUED, sent_at=None)

    assert find_last_contacts(wave) == {}


@pytest.mark.parametrize("organisations", [[MEMBER], [MEMBER, REGION, STRANGER]])
def test_watching_takes_a_fixed_number_of_queries(django_assert_num_queries, organisations):
    wave = make_wave()
    for code in organisations:
        response = make_response(
            wave,
            code,
            answers=COMPLETE,
            covers=[OTHER_MEMBER] if code == REGION else [],
            by=make_person(code),
        )
        submitted = submit_response(response, by=None, at=at(1))
        reopen_response(submitted, by=None, reason="Fout", at=at(2))
        invite(wave, make_contact(wave, code, email=f"{code}@gemeente.example"))
    watch_response(wave, today=FIRST)

    with django_assert_num_queries(18):
        watch = watch_response(wave, today=FIRST)

    assert watch.overview.complete == len(organisations)
