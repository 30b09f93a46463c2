"""The secret in the link of an invitation. Pure."""

import hashlib
import secrets


def draw_token() -> str:
    """256 random bits, in letters that a link can hold."""
    return secrets.token_urlsafe(32)


def hash_token(token: str) -> str:
    """SHA-256 (hexadecimal): all that is kept. A drawn token needs no salt, because nobody guesses it."""
    return hashlib.sha256(token.encode()).hexdigest()
