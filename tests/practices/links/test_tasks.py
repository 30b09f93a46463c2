"""The weekly round, from the pages to the rows, with a host of our own that answers."""

import pytest

from practices.links import tasks
from practices.links.fetching import check_address
from practices.models import CheckedLink, PracticePage, PracticeSource
from tests.practices.few_pages import add_case, add_source, make_library
from tests.practices.links.hosts import run_host

pytestmark = pytest.mark.django_db

Status = CheckedLink.Status


@pytest.fixture
def queued(monkeypatch):
    """What would be queued: what a worker is to do next, and how many links it may still look at."""
    left = []
    monkeypatch.setattr(tasks.check_some, "delay", lambda number=tasks.LIMIT: left.append(number))
    return left


@pytest.fixture
def host(monkeypatch):
    monkeypatch.setattr(tasks, "check_address", lambda url: check_address(url, is_allowed=lambda _: True))
    with run_host() as running:
        make_library()
        paths = ("200", "404", "301//200", "500")
        links = [("link", {"title": "Meer", "url": f"{running.url}/{path}"}) for path in paths]
        add_case("eerste", links=[*links, ("link", {"title": "Elders", "url": "ftp://voorbeeld.example/"})])
        yield running


def test_every_link_gets_its_verdict(host, queued):
    url = host.url
    tasks.start_checking()
    assert queued.pop() == tasks.LIMIT
    tasks.check_some()
    assert queued == [tasks.LIMIT - tasks.BATCH] or queued == []
    assert list(CheckedLink.objects.values_list("url", "status", "moved_to")) == [
        (f"{url}/404", Status.GONE, ""),
        (f"{url}/500", Status.UNREACHABLE, ""),
        (f"{url}/301//200", Status.MOVED, f"{url}/200"),
        ("ftp://voorbeeld.example/", Status.UNCHECKABLE, ""),
        (f"{url}/200", Status.FINE, ""),
    ]


def test_a_start_looks_at_so_many_and_lets_other_work_go_first(host, queued, monkeypatch):
    monkeypatch.setattr(tasks, "BATCH", 2)
    tasks.start_checking()
    queued.clear()
    tasks.check_some(3)
    assert queued == [1]
    tasks.check_some(queued.pop())
    assert queued == []
    assert CheckedLink.objects.filter(due_at=None).count() == 3
    assert len({path for _, path in host.asked}) <= 4


def test_a_worker_that_starts_goes_on_with_what_was_left(host, queued):
    tasks.go_on_at_start()
    assert queued == []
    tasks.start_checking()
    queued.clear()
    tasks.go_on_at_start()
    assert queued == [tasks.LIMIT]


def test_turned_off_nobody_is_asked_and_the_site_itself_is_checked(host, queued, settings):
    settings.LINK_CHECKS = False
    PracticeSource.objects.create(page=PracticePage.objects.get(), document=add_source("bron", live=False))
    tasks.start_checking()
    tasks.check_some()
    assert (queued, host.asked) == ([], [])
    assert not CheckedLink.objects.exclude(due_at=None).exists()
    assert list(CheckedLink.objects.exclude(checked_at=None).values_list("host", "failures")) == [("", 1)]
