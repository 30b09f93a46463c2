"""Which addresses belong to the same organisation, judged by what stands after the @. Pure."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

PUBLIC_MAILBOXES = Path(__file__).parent / "data" / "public_mailboxes.txt"


def find_domain(address: str) -> str:
    """What stands after the last @, in lower case; empty when nothing does."""
    return address.rpartition("@")[2].strip().lower() if "@" in address else ""


def find_shared_domains(addresses: Iterable[str]) -> frozenset[str]:
    """The domains that say where somebody works: those of the addresses, without the public mailboxes."""
    return frozenset(filter(None, map(find_domain, addresses))) - read_public_mailboxes()


@cache
def read_public_mailboxes() -> frozenset[str]:
    lines = PUBLIC_MAILBOXES.read_text(encoding="utf-8").split("\n")
    return frozenset(line for line in map(str.strip, lines) if line and not line.startswith("#"))
