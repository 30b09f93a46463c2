"""What is said of an address, by how a real host answers."""

import socket

import pytest
import requests

from practices.links import fetching
from practices.links.addresses import is_public
from practices.links.fetching import check_address
from practices.links.verdicts import Status, Verdict
from tests.practices.links.hosts import find_closed_port, run_host, write_certificate


@pytest.fixture(scope="module")
def host():
    with run_host() as running:
        yield running


@pytest.fixture
def url(host):
    return host.url


@pytest.fixture
def asked(host):
    host.asked.clear()
    return host.asked


def check(url, **other):
    """Here, and only here, this machine itself may be asked."""
    patience = {"patience_seconds": (5, 5), **other}
    return check_address(
        url, is_allowed=lambda address: address == "127.0.0.1" or is_public(address), **patience
    )


def test_a_page_that_is_there_is_asked_for_its_head_only(url, asked):
    assert check(f"{url}/200") == Verdict(Status.FINE)
    assert asked == [("HEAD", "/200")]


@pytest.mark.parametrize("path", ["no-head", "head-says-gone"])
def test_a_host_that_knows_no_heads_is_asked_for_the_page(path, url, asked):
    assert check(f"{url}/{path}") == Verdict(Status.FINE)
    assert [method for method, _ in asked] == ["HEAD", "GET"]


@pytest.mark.parametrize("code", [404, 410])
def test_a_page_can_be_gone(code, url):
    assert check(f"{url}/{code}") == Verdict(
        Status.GONE, f"De site zegt dat de pagina er niet is (code {code})."
    )


@pytest.mark.parametrize("code", [500, 503])
def test_a_host_can_fail(code, url):
    assert check(f"{url}/{code}") == Verdict(Status.UNREACHABLE, f"De site heeft een storing (code {code}).")


@pytest.mark.parametrize("code", [400, 401, 403, 429])
def test_a_host_that_turns_us_away_does_not_make_a_link_broken(code, url):
    assert check(f"{url}/{code}") == Verdict(
        Status.UNCHECKABLE, f"De site laat onze controle niet toe (code {code})."
    )


@pytest.mark.parametrize("code", [301, 308])
def test_a_page_can_have_moved_for_good(code, url):
    assert check(f"{url}/{code}//200") == Verdict(Status.MOVED, moved_to=f"{url}/200")


def test_one_that_moved_twice_stands_at_the_last_address(url):
    assert check(f"{url}/301//301//200") == Verdict(Status.MOVED, moved_to=f"{url}/200")


@pytest.mark.parametrize("code", [302, 303, 307])
def test_one_that_is_elsewhere_for_now_works(code, url):
    assert check(f"{url}/{code}//200") == Verdict(Status.FINE)


def test_after_a_step_for_now_nothing_is_for_good(url):
    assert check(f"{url}/302//301//200") == Verdict(Status.FINE)
    assert check(f"{url}/301//302//200") == Verdict(Status.MOVED, moved_to=f"{url}/302//200")


def test_one_that_moved_to_nowhere_is_gone(url):
    assert check(f"{url}/301//404").status == Status.GONE


def test_going_round_in_circles_ends(url, asked):
    assert check(f"{url}/loop") == Verdict(Status.UNREACHABLE, "De site stuurt steeds weer door.")
    assert len(asked) == fetching.MOST_REDIRECTS + 1


def test_a_host_that_never_answers_is_not_waited_for(url):
    assert check(f"{url}/never", patience_seconds=(5, 0.2)) == Verdict(
        Status.UNREACHABLE, "De site geeft niet op tijd antwoord."
    )


def test_one_that_drips_is_not_waited_for_either(url, asked):
    """It did say that the page is there; its header goes on and on."""
    assert check(f"{url}/drip", total_seconds=0.3) == Verdict(Status.FINE)
    assert asked == [("HEAD", "/drip")]


def test_nor_is_one_that_drips_behind_tls(tmp_path, monkeypatch):
    certificate = write_certificate(tmp_path / "host.pem")
    monkeypatch.setattr(requests.adapters, "DEFAULT_CA_BUNDLE_PATH", str(certificate))
    with run_host(certificate) as host:
        assert check(f"{host.url}/200") == Verdict(Status.FINE)
        assert check(f"{host.url}/drip", total_seconds=0.5).status in {Status.FINE, Status.UNREACHABLE}
        assert host.asked == [("HEAD", "/200"), ("HEAD", "/drip")]


def test_a_certificate_that_nobody_knows_is_a_fault(tmp_path):
    with run_host(write_certificate(tmp_path / "host.pem")) as host:
        assert check(f"{host.url}/200") == Verdict(
            Status.UNREACHABLE, "De site heeft geen geldig certificaat."
        )


def test_the_page_that_goes_with_a_redirect_is_not_read(url, asked):
    assert check(f"{url}/redirect-with-long-page", patience_seconds=(5, 1)) == Verdict(Status.FINE)
    assert [path for _, path in asked] == ["/redirect-with-long-page", "/redirect-with-long-page", "/200"]


def test_no_cookie_is_sent_back(url, host):
    host.cookies.clear()
    assert check(f"{url}/cookie") == Verdict(Status.FINE)
    assert host.cookies == [None, None]


def test_the_second_address_of_a_host_is_tried_too(url, monkeypatch):
    port = int(url.rpartition(":")[2])
    answers = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ("127.0.0.2", "127.0.0.1")]
    monkeypatch.setattr(fetching.socket, "getaddrinfo", lambda *_arguments, **_other: answers)
    assert check_address(f"http://voorbeeld.example:{port}/200", is_allowed=lambda _: True) == Verdict(
        Status.FINE
    )


@pytest.mark.parametrize(
    "name", ["127.0.0.1", "localhost", "[::1]", "169.254.169.254", "0", "2130706433", "127.1"]
)
def test_our_own_network_is_never_asked(name, host, asked):
    port = host.url.rpartition(":")[2]
    assert check_address(f"http://{name}:{port}/200") == Verdict(
        Status.UNCHECKABLE, "Het adres hoort bij een besloten netwerk."
    )
    assert check_address(f"https://{name}:{port}/200").status == Status.UNCHECKABLE
    assert asked == []


@pytest.mark.parametrize("target", ["http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/"])
def test_nor_after_a_redirect(target, url):
    assert check(f"{url}/302/{target}") == Verdict(
        Status.UNCHECKABLE, "Het adres hoort bij een besloten netwerk."
    )


def test_a_name_is_looked_up_once_and_one_private_address_is_enough(url, asked, monkeypatch):
    """A second look-up could give the address of a machine beside us."""
    port = int(url.rpartition(":")[2])
    looked_up = []

    def look_up(host, _port, **_other):
        looked_up.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in answers]

    monkeypatch.setattr(fetching.socket, "getaddrinfo", look_up)
    answers = ["93.184.216.34", "127.0.0.1"]
    assert check_address(f"http://voorbeeld.example:{port}/200").status == Status.UNCHECKABLE
    assert (looked_up, asked) == (["voorbeeld.example"], [])


@pytest.mark.parametrize("target", ["ftp://voorbeeld.example/", "file:///etc/passwd", "gopher://127.0.0.1/"])
def test_only_the_web_is_asked(target, url):
    refused = Verdict(Status.UNCHECKABLE, "Het adres is geen webpagina.")
    assert check(target) == refused
    assert check(f"{url}/302/{target}") == refused


@pytest.mark.parametrize(
    "name", ["bestaat-niet.invalid", "a" * 64 + ".example", "voorbeeld..example", "xn--.example"]
)
def test_a_host_that_does_not_exist_is_unreachable(name):
    assert check(f"http://{name}/").status == Status.UNREACHABLE


def test_a_closed_door_is_unreachable():
    assert check(f"http://127.0.0.1:{find_closed_port()}/") == Verdict(
        Status.UNREACHABLE, "De site geeft geen antwoord."
    )


def test_no_proxy_of_the_machine_is_used(url, asked, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{find_closed_port()}")
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{find_closed_port()}")
    assert check(f"{url}/200") == Verdict(Status.FINE)
