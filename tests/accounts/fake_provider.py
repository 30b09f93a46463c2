"""An OpenID Connect provider on this machine: discovery, authorization code with PKCE, token and userinfo over HTTP."""

import json
import threading
import time
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt

CLIENT_ID, SECRET = "monitor", "a-secret-between-the-two-of-us-only"
CODE, ACCESS_TOKEN = "one-time-code", "access-token"


class FakeProvider(ThreadingHTTPServer):
    """`claims` is what it says of whoever signs in; `broken` holds the paths that answer 500."""

    daemon_threads = True

    def __init__(self, claims: dict[str, Any]) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.claims = claims
        self.broken: set[str] = set()
        self.challenge = ""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def describe(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        }

    def make_token(self) -> dict[str, Any]:
        now = int(time.time())
        identity = {"iss": self.url, "aud": CLIENT_ID, "iat": now, "exp": now + 60} | self.claims
        token = jwt.encode(identity, SECRET, algorithm="HS256")
        return {"access_token": ACCESS_TOKEN, "token_type": "Bearer", "id_token": token}


class Handler(BaseHTTPRequestHandler):
    server: FakeProvider

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if address.path in self.server.broken:
            self.send_error(500)
        elif address.path == "/.well-known/openid-configuration":
            self.answer(self.server.describe())
        elif address.path == "/authorize":
            asked = {name: values[0] for name, values in parse_qs(address.query).items()}
            assert asked["client_id"] == CLIENT_ID
            assert asked["code_challenge_method"] == "S256"
            self.server.challenge = asked["code_challenge"]
            self.send_response(302)
            back = urlencode({"code": CODE, "state": asked["state"]})
            self.send_header("Location", f"{asked['redirect_uri']}?{back}")
            self.end_headers()
        elif self.headers["Authorization"] == f"Bearer {ACCESS_TOKEN}":
            self.answer(self.server.claims)
        else:
            self.send_error(401)

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        client = b64decode(self.headers["Authorization"].removeprefix("Basic ")).decode()
        proof = urlsafe_b64encode(sha256(form["code_verifier"][0].encode()).digest()).decode().rstrip("=")
        is_right = (client, form["code"], proof) == (f"{CLIENT_ID}:{SECRET}", [CODE], self.server.challenge)
        if self.path in self.server.broken or not is_right:
            self.send_error(400)
        else:
            self.answer(self.server.make_token())

    def answer(self, content: dict[str, Any]) -> None:
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing on the terminal."""


@contextmanager
def run_provider(claims: dict[str, Any]) -> Iterator[FakeProvider]:
    with FakeProvider(claims) as provider:
        thread = threading.Thread(target=provider.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield provider
        finally:
            provider.shutdown()
            thread.join()
