"""Asking an address outside the site whether it is still there, without being led into our own network.

The name of a host is looked up once per connection, every address that comes out is judged, and the connection goes to
one of those very addresses: a second look-up could say something else. So it goes for every redirect too. Of an answer
only the first lines are read, and no cookie is sent back.
"""

import socket
from collections.abc import Callable
from contextlib import suppress
from http.cookiejar import DefaultCookiePolicy
from threading import Timer
from typing import Any

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from practices.links.addresses import complete, find_host, is_public
from practices.links.verdicts import Status, Verdict

PERMANENT = {301, 308}
REDIRECTS = {301, 302, 303, 307, 308}
GONE = {404, 410}
MOST_REDIRECTS = 5
# Of the addresses of one host: the second is tried when the first does not answer.
MOST_ADDRESSES = 3
# Per answer of a host: connecting, and until its first line. `TOTAL_SECONDS` also ends one that drips.
PATIENCE_SECONDS = (5.0, 10.0)
TOTAL_SECONDS = 20.0


class ForbiddenAddress(Exception):
    """The host is in a network that is not everybody's."""


class GuardedConnection(HTTPConnection):
    """Goes to public addresses only, and ends when it takes too long altogether."""

    is_allowed: Callable[[str], bool] = staticmethod(is_public)
    total_seconds = TOTAL_SECONDS
    _timer: Timer | None = None

    def _new_conn(self) -> socket.socket:
        sock = self._connect()
        self._timer = Timer(self.total_seconds, self._hang_up)
        self._timer.daemon = True
        self._timer.start()
        return sock

    def _connect(self) -> socket.socket:
        timeout = self.timeout if isinstance(self.timeout, int | float) else None
        try:
            addresses = self._look_up()
            for address in addresses[:-1]:
                with suppress(OSError):
                    return socket.create_connection((address, self.port or 0), timeout)
            return socket.create_connection((addresses[-1], self.port or 0), timeout)
        except (socket.gaierror, UnicodeError) as error:
            raise NameResolutionError(self.host, self, socket.gaierror(str(error))) from error
        except TimeoutError as error:
            raise ConnectTimeoutError(self, "connecting took too long") from error
        except OSError as error:
            raise NewConnectionError(self, "no connection") from error

    def _look_up(self) -> list[str]:
        found = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
        if not all(map(type(self).is_allowed, addresses)):
            raise ForbiddenAddress
        return addresses[:MOST_ADDRESSES]

    def _hang_up(self) -> None:
        """Whatever wraps the socket by now: behind TLS it is another object than the one that connected."""
        with suppress(OSError):
            if self.sock is not None:
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)

    def close(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        super().close()


class GuardedSecureConnection(GuardedConnection, HTTPSConnection):
    pass


class GuardedAdapter(HTTPAdapter):
    def __init__(self, *, is_allowed: Callable[[str], bool], total_seconds: float) -> None:
        self._rules = {"is_allowed": staticmethod(is_allowed), "total_seconds": total_seconds}
        super().__init__(max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        plain = type("Plain", (GuardedConnection,), self._rules)
        secure = type("Secure", (GuardedSecureConnection,), self._rules)
        self.poolmanager.pool_classes_by_scheme = {
            "http": type("PlainPool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
            "https": type("SecurePool", (HTTPSConnectionPool,), {"ConnectionCls": secure}),
        }


class AskingSession(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> None:
        """We follow by ourselves: the library would first read the whole page that redirects."""


def check_address(
    url: str,
    *,
    is_allowed: Callable[[str], bool] = is_public,
    patience_seconds: tuple[float, float] = PATIENCE_SECONDS,
    total_seconds: float = TOTAL_SECONDS,
) -> Verdict:
    """Ask once, following redirects; never raises for what the other side does."""
    with AskingSession() as session:
        # Nothing of the machine's own: no proxy, no passwords from a file.
        session.trust_env = False
        session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        session.headers["User-Agent"] = f"Maatregelenmonitor jeugdhulp, linkcontrole ({settings.SITE_URL})"
        adapter = GuardedAdapter(is_allowed=is_allowed, total_seconds=total_seconds)
        session.mount("http://", adapter)
        session.mount("https://", adapter)
        try:
            return _follow(session, url, patience_seconds=patience_seconds)
        except ForbiddenAddress:
            return Verdict(Status.UNCHECKABLE, "Het adres hoort bij een besloten netwerk.")
        except requests.exceptions.SSLError:
            return Verdict(Status.UNREACHABLE, "De site heeft geen geldig certificaat.")
        except requests.exceptions.Timeout:
            return Verdict(Status.UNREACHABLE, "De site geeft niet op tijd antwoord.")
        except (requests.exceptions.RequestException, ValueError):
            # urllib3 and the codec of host names raise some of their own, all of them ValueErrors.
            return Verdict(Status.UNREACHABLE, "De site geeft geen antwoord.")


def _follow(session: requests.Session, url: str, *, patience_seconds: tuple[float, float]) -> Verdict:
    address, moved_to, is_permanent = url, "", True
    for _ in range(MOST_REDIRECTS + 1):
        if not find_host(address):
            return Verdict(Status.UNCHECKABLE, "Het adres is geen webpagina.")
        code, target = _ask(session, address, patience_seconds=patience_seconds)
        if code not in REDIRECTS or not target:
            return _judge(code, moved_to=moved_to)
        address = complete(target, site=address)
        # As far as every step is for good, the new address is the one to write down.
        is_permanent = is_permanent and code in PERMANENT
        moved_to = address if is_permanent else moved_to
    return Verdict(Status.UNREACHABLE, "De site stuurt steeds weer door.")


def _ask(session: requests.Session, url: str, *, patience_seconds: tuple[float, float]) -> tuple[int, str]:
    """The head first; the page itself where a host knows no heads or says that there is nothing."""
    for method in ("HEAD", "GET"):
        with session.request(
            method, url, timeout=patience_seconds, allow_redirects=False, stream=True
        ) as response:
            code, target = response.status_code, response.headers.get("Location", "")
        if code < 400:
            break
    return code, target


def _judge(code: int, *, moved_to: str) -> Verdict:
    if code in GONE:
        return Verdict(Status.GONE, f"De site zegt dat de pagina er niet is (code {code}).")
    if code >= 500:
        return Verdict(Status.UNREACHABLE, f"De site heeft een storing (code {code}).")
    if code >= 400:
        # A person in a browser may well get in: sites turn away programs, and who asks often.
        return Verdict(Status.UNCHECKABLE, f"De site laat onze controle niet toe (code {code}).")
    return Verdict(Status.MOVED, moved_to=moved_to) if moved_to else Verdict(Status.FINE)
