"""A page of the library in the words of a contributor, so that an editor's improvements come back with the pen."""

from typing import TYPE_CHECKING, Any

from practices.contributing.parts import LISTS, Value, write_lines

if TYPE_CHECKING:
    from practices.models import PracticeFact, PracticePage

# What page and contribution call the same.
SAME = (
    "title",
    "summary",
    "intro",
    "reason",
    "status",
    "status_when",
    "effect",
    "effect_note",
    "evidence",
    "audience",
)
SENT_IN = "Ingezonden door"


def read_page(page: "PracticePage") -> dict[str, Value]:
    """Every part, from the page as it is in memory: its latest revision or what is public."""
    contact: Any = next((item.value for item in page.contact), {})
    link = find_first_link(page)
    return {
        **{name: str(getattr(page, name)) for name in SAME},
        **{name: write_lines([item.value for item in getattr(page, name)]) for name in LISTS},
        "figures": "\n".join(write_figure_line(fact) for fact in page.facts.all()),
        "performer": page.organisation,
        "year": str(page.year),
        "measures": _sort(link.measure_id for link in page.measure_links.all()),
        **{
            name: _sort(row.pk for row in getattr(page, name).all())
            for name in ("themes", "audiences", "municipalities")
        },
        "source": next((source.title for source in page.sources.all() if is_own_source(source)), ""),
        "link_title": link.get("title") or "",
        "link_url": link.get("url") or "",
        "contact": contact.get("organisation") or "",
        "contact_email": contact.get("email") or "",
        "contact_url": contact.get("url") or "",
    }


def find_first_link(page: "PracticePage") -> Any:
    return next((item.value for item in page.links if item.block_type == "link"), {})


def write_figure_line(fact: "PracticeFact") -> str:
    return " ".join(f"{fact.figure}: {fact.text}".split())


def is_own_source(source: Any) -> bool:
    """A source that the contributor named: with a title, and not the line that says who sent it in."""
    return bool(source.title) and not source.title.startswith(SENT_IN)


def _sort(keys: Any) -> tuple[str, ...]:
    return tuple(sorted(str(key) for key in keys))
