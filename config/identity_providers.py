"""The identity providers of organisations, from the setting OIDC_PROVIDERS to what allauth reads."""

import re
from typing import Any

from django.core.exceptions import ImproperlyConfigured

REQUIRED = ("id", "name", "server_url", "client_id", "secret", "domains")
OPTIONAL = ("addresses_verified",)


def read_identity_providers(entries: Any, *, needs_https: bool) -> dict[str, Any]:
    """The value of SOCIALACCOUNT_PROVIDERS.

    Every provider names the mail domains it may sign people in for, so that it can never speak for somebody of another
    organisation. Raises ImproperlyConfigured, naming the entry and the key, for anything that is missing or wrong.
    """
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise ImproperlyConfigured("OIDC_PROVIDERS: give a list of objects in JSON.")
    for number, entry in enumerate(entries, start=1):
        _check_entry(entry, place=f"OIDC_PROVIDERS, entry {number}", needs_https=needs_https)
    if len({entry["id"] for entry in entries}) < len(entries):
        raise ImproperlyConfigured("OIDC_PROVIDERS: every id must be different.")
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [_make_app(entry) for entry in entries]}}


def _check_entry(entry: dict[str, Any], *, place: str, needs_https: bool) -> None:
    missing = [key for key in REQUIRED if not entry.get(key)]
    if missing:
        raise ImproperlyConfigured(f"{place}: fill in {', '.join(missing)}.")
    unknown = sorted(entry.keys() - {*REQUIRED, *OPTIONAL})
    if unknown:
        raise ImproperlyConfigured(f"{place}: {', '.join(unknown)} is not known.")
    if not re.fullmatch(r"[a-z0-9-]+", entry["id"]):
        raise ImproperlyConfigured(f"{place}: an id has small letters, digits and hyphens only.")
    if needs_https and not entry["server_url"].startswith("https://"):
        raise ImproperlyConfigured(f"{place}: server_url must start with https://.")
    if not isinstance(entry["domains"], list) or any("@" in domain for domain in entry["domains"]):
        raise ImproperlyConfigured(f'{place}: domains is a list such as ["zaanstad.nl"].')


def _make_app(entry: dict[str, Any]) -> dict[str, Any]:
    domains = [domain.lower() for domain in entry["domains"]]
    return {
        "provider_id": entry["id"],
        "name": entry["name"],
        "client_id": entry["client_id"],
        "secret": entry["secret"],
        "settings": {
            "server_url": entry["server_url"],
            "domains": domains,
            # allauth takes an address of these domains for verified, whatever the provider says of it.
            "verified_email": domains if entry.get("addresses_verified") else False,
        },
    }
