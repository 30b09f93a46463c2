"""Which addresses may be asked: those of the web, at hosts that everybody can reach. Pure.

An editor or a contributor can type any address. Without this a link to a machine beside the server would make the site
ask that machine (server-side request forgery).
"""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urldefrag, urljoin, urlsplit

SCHEMES = frozenset({"http", "https"})
# Opened by another program than the browser, so there is nothing to ask.
OTHER_PROGRAMS = ("mailto:", "tel:")
# All that IANA ever gave to the internet; 64:ff9b::/96 leads to the IPv4 address in its last four bytes.
PUBLIC_IPV6 = IPv6Network("2000::/3")
NAT64 = IPv6Network("64:ff9b::/96")


def complete(href: str, *, site: str) -> str:
    """The whole address of a link on the site, without what only the browser reads; "" when there is none to ask."""
    href = href.strip()
    if not href or href.startswith("#") or href.lower().startswith(OTHER_PROGRAMS):
        return ""
    try:
        return urldefrag(urljoin(site, href)).url
    except ValueError:
        return href


def find_host(url: str) -> str:
    """In lower case; "" for what is no address of the web."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - reading it raises for a port that is none
    except ValueError:
        return ""
    return (parts.hostname or "").lower() if parts.scheme.lower() in SCHEMES else ""


def is_public(address: str) -> bool:
    """Of an IP address: whether it is one on the internet, not of this machine or the network around it."""
    try:
        parsed: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(parsed, IPv6Address):
        if parsed in NAT64:
            return is_public(str(IPv4Address(parsed.packed[12:])))
        inside = parsed.sixtofour or (parsed.teredo[1] if parsed.teredo else None)
        if parsed not in PUBLIC_IPV6 or (inside is not None and not is_public(str(inside))):
            return False
    return parsed.is_global and not parsed.is_multicast
