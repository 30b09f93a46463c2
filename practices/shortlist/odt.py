"""A list as OpenDocument text: headings, lists and tables are marked as such, so that every reader finds its way."""

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import Any

from django.utils.timezone import make_naive
from odfdo import (
    Cell,
    Column,
    Document,
    Element,
    Header,
    HeaderRows,
    Link,
    List,
    ListItem,
    Paragraph,
    Row,
    Span,
    Style,
    Table,
)

from practices.shortlist.contents import Contents
from surveys.tabular.workbook import clean_text

LANGUAGE = "nl-NL"
BODY, BULLETS = "Text_20_body", "List_20_1"
TITLE, NOTE, TERM = "Title", "Eigen_20_notitie", "Nadruk"
FIGURE_COLUMNS = ("Cijfer", "Wat het zegt", "Hoe zeker", "Plaats in de bron")


def write_odt(contents: Contents, *, at: datetime) -> bytes:
    document = Document("text")
    document.language = LANGUAGE
    document.meta.title = contents["title"]
    document.meta.language = LANGUAGE
    document.meta.creation_date = document.meta.date = make_naive(at)
    for style in _list_styles():
        document.insert_style(style)
    document.body.clear()
    for element in _write_document(contents):
        document.body.append(element)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _list_styles() -> Iterable[Style]:
    title = Style("paragraph", name=TITLE, parent_style="Heading")
    title.set_properties({"fo:font-size": "22pt", "fo:font-weight": "bold"}, area="text")
    note = Style("paragraph", name=NOTE, display_name="Eigen notitie", parent_style=BODY)
    note.set_properties(
        {"fo:border-left": "1.5pt solid #a94f14", "fo:padding-left": "0.3cm"}, area="paragraph"
    )
    yield title
    yield note
    yield Style("text", name=TERM, area="text", bold=True)


def _write_document(contents: Contents) -> Iterable[Element]:
    yield _paragraph(contents["title"], style=TITLE)
    yield _paragraph(f"Gemaakt op {contents['made_on']}")
    yield _paragraph(contents["introduction"])
    for number, case in enumerate(contents["cases"], start=1):
        yield from _write_case(case, number=number)


def _write_case(case: dict[str, Any], *, number: int) -> Iterable[Element]:
    yield _heading(case["title"], level=1)
    if case["remark"]:
        yield _paragraph(case["remark"])
    for value in case["values"]:
        yield _value(value["term"], "; ".join(value["texts"]))
    if case["url"]:
        yield _value("Op de site", _link(case["url"], case["url"]))
    if case["note"]:
        yield _heading("Eigen notitie", level=2)
        yield from (_paragraph(line, style=NOTE) for line in case["note"])
    for place, section in enumerate(case["sections"], start=1):
        yield _heading(section["title"], level=2)
        if section["shape"] == "figures":
            yield _table(section["lines"], name=f"Cijfers {number}.{place}")
        elif section["shape"] == "list":
            yield List([ListItem(_line(line, style="List")) for line in section["lines"]], style=BULLETS)
        else:
            yield from (_line(line, style=BODY) for line in section["lines"])


def _heading(text: str, *, level: int) -> Element:
    heading = Header(level, clean_text(text))
    heading.style = f"Heading_20_{level}"
    return heading


def _paragraph(*pieces: Element | str, style: str = BODY) -> Paragraph:
    """Of texts, links and words with a style of their own."""
    paragraph = Paragraph("", style=style)
    for piece in pieces:
        paragraph.append(Span(clean_text(piece)) if isinstance(piece, str) else piece)
    return paragraph


def _value(term: str, value: Element | str) -> Paragraph:
    return _paragraph(Span(f"{term}:", style=TERM), " ", value)


def _line(line: dict[str, str], *, style: str) -> Paragraph:
    remark = [f" ({line['remark']})"] if line["remark"] else []
    return _paragraph(_text(line), *remark, style=style)


def _text(line: dict[str, str]) -> Element | str:
    return _link(line["url"], line["text"]) if line["url"] else line["text"]


def _link(url: str, text: str) -> Link:
    return Link(url, text=clean_text(text))


def _table(lines: Iterable[dict[str, str]], *, name: str) -> Table:
    """With a row of headings, which is repeated on every page and read out with every cell."""
    table = Table(name)
    headings = HeaderRows()
    headings.append(_row(Span(name, style=TERM) for name in FIGURE_COLUMNS))
    table.append(Column(repeated=len(FIGURE_COLUMNS)))
    table.append(headings)
    for line in lines:
        table.append(_row((line["figure"], line["text"], line["remark"], line["section"])))
    return table


def _row(pieces: Iterable[Element | str]) -> Row:
    row = Row()
    for piece in pieces:
        cell = Cell()
        cell.append(_paragraph(piece))
        row.append(cell)
    return row
