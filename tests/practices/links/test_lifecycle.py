"""Links come from the pages, are claimed one at a time per host, and keep what was seen of them."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from practices.links.collecting import collect_links
from practices.links.lifecycle import LEASE, claim_link, gather_links, note_verdict
from practices.links.queries import count_links, select_faults
from practices.links.verdicts import Status, Verdict
from practices.models import CheckedLink, PracticeSource
from tests.practices.few_pages import add_case, add_source, make_library

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
A, B = "https://a.example/een", "https://b.example/"


def link(url):
    return ("link", {"title": "Meer", "url": url})


@pytest.fixture
def case():
    make_library()
    return add_case("eerste", links=[link(A), link("https://a.example/twee#kop")])


def test_rows_follow_the_pages_and_keep_what_was_seen(case):
    assert gather_links(at=NOW, is_asking=True) == 2
    seen = claim_link(at=NOW)
    note_verdict(seen, Verdict(Status.GONE), at=NOW)
    case.links = [link(seen.url), link(B)]
    case.save()
    assert gather_links(at=NOW + timedelta(days=7), is_asking=True) == 2
    assert set(CheckedLink.objects.values_list("url", "status")) == {
        (seen.url, Status.GONE),
        (B, Status.NOT_CHECKED),
    }
    assert all(each.due_at for each in CheckedLink.objects.all())
    places = CheckedLink.objects.get(url=B).places
    assert list(places.values_list("page", "part")) == [(case.pk, "links en documenten")]


def test_a_host_is_asked_by_one_worker_at_a_time(case):
    case.links = [link(A), link("https://a.example/twee"), link(B)]
    case.save()
    gather_links(at=NOW, is_asking=True)
    first, second = claim_link(at=NOW), claim_link(at=NOW)
    assert {first.host, second.host} == {"a.example", "b.example"}
    assert claim_link(at=NOW) is None, "what is left is at a host that is being asked"
    for each in (first, second):
        assert note_verdict(each, Verdict(Status.FINE), at=NOW)
    third = claim_link(at=NOW)
    assert third.host == "a.example"
    note_verdict(third, Verdict(Status.FINE), at=NOW)
    assert claim_link(at=NOW) is None, "all were looked at"


def test_what_a_dead_worker_left_is_taken_over_and_it_writes_nothing_any_more(case):
    gather_links(at=NOW, is_asking=True)
    dead = claim_link(at=NOW)
    assert claim_link(at=NOW + LEASE - timedelta(seconds=1)) is None
    taken_over = claim_link(at=NOW + LEASE)
    assert taken_over.pk == dead.pk
    assert not note_verdict(dead, Verdict(Status.GONE), at=NOW + LEASE)
    assert note_verdict(taken_over, Verdict(Status.FINE), at=NOW + LEASE)
    assert CheckedLink.objects.get(pk=dead.pk).status == Status.FINE


def test_a_link_that_fails_once_is_kept_quiet_and_at_the_second_time_in_a_row_told(case):
    case.links = [link(A)]
    case.save()
    unreachable, gone = (
        Verdict(Status.UNREACHABLE, "De site geeft geen antwoord."),
        Verdict(Status.GONE, "Weg."),
    )
    refusing, fine = Verdict(Status.UNCHECKABLE, "Nee."), Verdict(Status.FINE)
    for week, (verdict, failures, since, is_told) in enumerate(
        [
            (unreachable, 1, 0, False),
            (fine, 0, 1, False),
            (gone, 1, 2, False),
            (unreachable, 2, 2, True),
            (gone, 3, 2, True),
            (refusing, 0, 5, True),
            (refusing, 0, 5, True),
            (gone, 1, 7, False),
            (Verdict(Status.MOVED, moved_to=B), 0, 8, True),
            (Verdict(Status.MOVED, moved_to=B), 0, 8, True),
            (Verdict(Status.MOVED, moved_to=A), 0, 10, True),
        ]
    ):
        at = NOW + timedelta(days=7 * week)
        gather_links(at=at, is_asking=True)
        note_verdict(claim_link(at=at), verdict, at=at)
        found = CheckedLink.objects.get()
        assert (found.status, found.failures) == (verdict.status, failures)
        assert found.since == NOW + timedelta(days=7 * since)
        assert found.checked_at == at
        assert [place.link.url for place in select_faults()] == [A] * is_told
        assert count_links()["failed_once"] == (failures == 1)


def test_what_is_wrong_within_the_site_is_known_at_once_and_told_at_the_second_time(case):
    source = add_source("bron", live=False)
    PracticeSource.objects.create(page=case, document=source)
    for failures in (1, 2):
        gather_links(at=NOW, is_asking=True)
        fault = CheckedLink.objects.get(host="")
        assert (fault.status, fault.failures, fault.due_at) == (Status.GONE, failures, None)
        assert fault.problem == "De pagina ‘Bron’ staat niet op de site."
    assert [(place.page_id, place.part) for place in select_faults()] == [(case.pk, "bronnen")]
    source.save_revision().publish()
    gather_links(at=NOW, is_asking=True)
    assert not CheckedLink.objects.filter(host="").exists()


def test_collecting_takes_no_more_queries_for_more_cases(case, django_assert_num_queries):
    with CaptureQueriesContext(connection) as one:
        collect_links()
    for number in range(3):
        add_case(f"nog-{number}", links=[link(A)])
    with django_assert_num_queries(len(one)):
        collect_links()


def test_an_address_longer_than_any_browser_takes_is_left_out(case):
    case.links = [link(f"https://a.example/{'a' * 3000}"), link(f"https://a.example/{'é' * 1900}")]
    case.save()
    assert gather_links(at=NOW, is_asking=True) == 1
