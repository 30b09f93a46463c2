"""A host of our own for tests: every way in which another site can answer, or not answer."""

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address
from pathlib import Path
from threading import Event, Thread

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.utils import timezone

DRIPS = 100


class Answers(BaseHTTPRequestHandler):
    """The first part of the path says what comes back."""

    asked: list[tuple[str, str]]
    cookies: list[str | None]
    stopping: Event

    def do_GET(self) -> None:
        self.asked.append((self.command, self.path))
        self.cookies.append(self.headers["Cookie"])
        kind, _, rest = self.path.lstrip("/").partition("/")
        if kind == "never":
            self.stopping.wait(60)
        elif kind == "drip":
            self.drip()
        elif kind.isdigit():
            self.answer(int(kind), target=rest)
        elif kind == "no-head":
            self.answer(405 if self.command == "HEAD" else 200)
        elif kind == "head-says-gone":
            self.answer(404 if self.command == "HEAD" else 200)
        elif kind == "loop":
            self.answer(302, target="/loop")
        elif kind == "cookie":
            self.answer(302, target="/200/after-cookie")
        elif kind == "redirect-with-long-page":
            self.answer_slowly()

    do_HEAD = do_GET  # noqa: N815 - the name that the library looks for

    def answer(self, code: int, *, target: str = "") -> None:
        self.send_response(code)
        if target:
            self.send_header("Location", target)
        self.send_header("Set-Cookie", "visitor=1; Path=/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def answer_slowly(self) -> None:
        """Elsewhere, says the first line; the page that goes with it never comes."""
        self.send_response(405 if self.command == "HEAD" else 302)
        self.send_header("Location", "/200")
        self.send_header("Content-Length", "0" if self.command == "HEAD" else "1000000")
        self.end_headers()
        if self.command == "GET":
            self.stopping.wait(60)

    def drip(self) -> None:
        """A header that goes on for a long time, each byte soon enough; notes when somebody listened to all of it."""
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        for _ in range(DRIPS):
            if self.stopping.wait(0.05):
                return
            try:
                self.wfile.write(b"a")
            except OSError:
                return
        self.asked.append(("LISTENED", self.path))

    def log_message(self, *_arguments: object) -> None:
        pass


@dataclass(frozen=True)
class Host:
    url: str
    asked: list[tuple[str, str]]
    """Method and path."""
    cookies: list[str | None]


@contextmanager
def run_host(certificate: Path | None = None) -> Iterator[Host]:
    """`certificate`: a file with key and certificate, for a host behind TLS."""
    stopping = Event()
    scheme = "https" if certificate else "http"
    values = {"asked": [], "cookies": [], "stopping": stopping}
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (Answers,), values))
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield Host(f"{scheme}://127.0.0.1:{server.server_port}", values["asked"], values["cookies"])
    finally:
        stopping.set()
        server.shutdown()
        server.server_close()
        thread.join()


def write_certificate(path: Path) -> Path:
    """Key and certificate of this machine, for a day."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    begin = timezone.now() - timedelta(hours=1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(secret + certificate.public_bytes(serialization.Encoding.PEM))
    return path


def find_closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
    return port
