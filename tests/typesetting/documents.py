"""A PDF read back: what it says, and how assistive technology finds its way in it."""

from io import BytesIO
from typing import Any

from pypdf import PdfReader

from tests.typesetting.matterhorn import check_pdf


def open_pdf(content: bytes) -> PdfReader:
    return PdfReader(BytesIO(content), strict=True)


def read_text(content: bytes) -> str:
    """All words, one space between them, whatever the lines on paper."""
    pages = [page.extract_text() for page in open_pdf(content).pages]
    return " ".join(" ".join(pages).split())


def list_tags(content: bytes) -> list[str]:
    """The kinds of the structure elements in reading order, such as H1, P, L, LI, Table, TH."""

    def walk(node: Any) -> list[str]:
        node = node.get_object()
        if isinstance(node, list):
            return [tag for each in node for tag in walk(each)]
        if not isinstance(node, dict):
            return []
        own = [node["/S"].removeprefix("/")] if "/S" in node else []
        return own + (walk(node["/K"]) if "/K" in node else [])

    return walk(open_pdf(content).trailer["/Root"]["/StructTreeRoot"]["/K"])


def assert_accessible(content: bytes, *, title: str) -> None:
    """PDF/UA-1 as far as programs can judge it, in Dutch, under this title; Typst checks on its own account too."""
    document = open_pdf(content)
    root: Any = document.trailer["/Root"]
    assert check_pdf(content) == []
    assert root["/Lang"].lower().startswith("nl")
    assert document.metadata is not None
    assert document.metadata.title == title
