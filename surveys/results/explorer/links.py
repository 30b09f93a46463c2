"""Where a figure is on the site: by itself, as a file, and as a part of another page."""

from collections.abc import Mapping
from dataclasses import replace
from html import escape
from urllib.parse import urlencode

from django.urls import reverse

from surveys.questionnaire.models import Wave
from surveys.results.figures import Download, Figure

IMAGE_FORMATS = {"svg": "SVG", "png": "PNG"}
TABLE_FORMATS = {"csv": "CSV", "xlsx": "Excel", "ods": "ODS", "json": "JSON"}


def link_to_page(figure: Figure, *, page: str, unit: str = "", dimensions: tuple[str, ...] = ()) -> Figure:
    """With the address where `page`, the path of the explorer, shows this figure only: a reader goes on from there."""
    choice = write_choice({"vraag": figure.question, "uitsplitsing": dimensions, "eenheid": unit})
    return replace(figure, url=f"{page}?{choice}#{figure.id}")


def link_to_files(figure: Figure, *, wave: Wave, choice: str) -> Figure:
    """With its downloads; `choice` is what the address of the page says after the question mark."""
    return replace(
        figure,
        downloads=tuple(
            Download(label, f"{reverse(name, args=[wave.code, code])}?{choice}")
            for name, formats in (("results:image", IMAGE_FORMATS), ("figure_table", TABLE_FORMATS))
            for code, label in formats.items()
        ),
    )


def write_frame(*, address: str, title: str, height: int) -> str:
    """The line of HTML that takes a page in; `height` is in pixels."""
    return (
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="100%" height="{height}" '
        'loading="lazy"></iframe>'
    )


def write_choice(choice: Mapping[str, str | tuple[str, ...]]) -> str:
    """As it stands in an address, without what was not chosen."""
    return urlencode({name: value for name, value in choice.items() if value}, doseq=True)
