"""What programs may know of a page: JSON for linked data, in the words of schema.org. Pure."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

# What could end the element that the JSON stands in.
IN_AN_ELEMENT = {ord(sign): f"\\u{ord(sign):04X}" for sign in "<>&\u2028\u2029"}


def write_graph(*things: Mapping[str, Any]) -> str:
    """As it may stand in a script element, without escaping: no sign in it can end or open an element."""
    graph = {"@context": "https://schema.org", "@graph": [_leave_out_empty(thing) for thing in things]}
    return json.dumps(graph, ensure_ascii=False).translate(IN_AN_ELEMENT)


def _leave_out_empty(thing: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in thing.items() if value}


def describe_trail(breadcrumbs: Sequence[Mapping[str, str]], *, root: str) -> dict[str, Any]:
    """`breadcrumbs` as components/breadcrumbs.html shows them; `root` is the address of the site without a slash."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            _leave_out_empty(
                {
                    "@type": "ListItem",
                    "position": position,
                    "name": crumb["title"],
                    "item": f"{root}{crumb['url']}" if "url" in crumb else "",
                }
            )
            for position, crumb in enumerate(breadcrumbs, start=1)
        ],
    }
