"""OpenDocument spreadsheet 1.3, streamed as plain XML: much quicker than building a document in memory."""

import re
from collections.abc import Iterable
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from surveys.tabular.workbook import (
    SPREADSHEET_ROWS,
    Cell,
    ColumnStyle,
    Sheet,
    TooLargeForFormat,
    Workbook,
    clean_text,
)

# Numbers of office programs for how a sheet is split, and for its part below a split.
FROZEN, BELOW_THE_SPLIT = 2, 2
MIME_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
CENTIMETRES_PER_CHARACTER = 0.2
NAMESPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:ooo="http://openoffice.org/2004/office" '
    'xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0" '
    'office:version="1.3"'
)
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
MANIFEST = (
    f'{DECLARATION}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
    'manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:version="1.3" '
    f'manifest:media-type="{MIME_TYPE}"/>'
    + "".join(
        f'<manifest:file-entry manifest:full-path="{part}" manifest:media-type="text/xml"/>'
        for part in ("content.xml", "styles.xml", "meta.xml", "settings.xml")
    )
    + "</manifest:manifest>"
)
STYLES = DECLARATION + f"<office:document-styles {NAMESPACES}><office:styles/></office:document-styles>"
CELL_STYLES = (
    '<number:percentage-style style:name="percentage"><number:number number:decimal-places="0" '
    'number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>'
    '<style:style style:name="bold" style:family="table-cell">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="wrapped" style:family="table-cell">'
    '<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"/></style:style>'
    '<style:style style:name="share" style:family="table-cell" style:data-style-name="percentage"/>'
)
STYLE_NAMES = {ColumnStyle.LONG_TEXT: "wrapped", ColumnStyle.SHARE: "share"}
# Spaces in a row and at either end of a line disappear unless they are written as elements.
SPACES = re.compile(r"^ +| +$| {2,}")


def write_ods(workbook: Workbook, path: Path) -> None:
    """Write all sheets; the mimetype comes first and uncompressed, as the standard asks.

    Raises TooLargeForFormat when there are more rows than office programs read.
    """
    with ZipFile(path, "w") as archive:
        archive.writestr(_entry("mimetype", compression=ZIP_STORED), MIME_TYPE)
        archive.writestr(_entry("META-INF/manifest.xml"), MANIFEST)
        archive.writestr(_entry("styles.xml"), STYLES)
        archive.writestr(_entry("meta.xml"), _build_meta(workbook))
        archive.writestr(_entry("settings.xml"), _build_settings(workbook))
        with (
            archive.open(_entry("content.xml"), "w", force_zip64=True) as stream,
            TextIOWrapper(stream, "utf-8", newline="\n") as file,
        ):
            _write_content(file, workbook)


def _entry(name: str, *, compression: int = ZIP_DEFLATED) -> ZipInfo:
    """An entry with a fixed date, so that the same figures give the same file."""
    entry = ZipInfo(name)
    entry.compress_type = compression
    return entry


def _build_meta(workbook: Workbook) -> str:
    title = escape(clean_text(workbook.title))
    return (
        f"{DECLARATION}<office:document-meta {NAMESPACES}><office:meta>"
        f"<dc:title>{title}</dc:title></office:meta></office:document-meta>"
    )


def _build_settings(workbook: Workbook) -> str:
    """How office programs open the sheets: with the row of names in view, however far somebody scrolls."""
    tables = "".join(
        f"<config:config-item-map-entry config:name={quoteattr(sheet.name)}>"
        + _write_settings(
            ("VerticalSplitMode", "short", FROZEN),
            ("VerticalSplitPosition", "int", len(sheet.heading) + 1),
            ("ActiveSplitRange", "short", BELOW_THE_SPLIT),
            ("PositionBottom", "int", len(sheet.heading) + 1),
        )
        + "</config:config-item-map-entry>"
        for sheet in workbook.sheets
    )
    return (
        f"{DECLARATION}<office:document-settings {NAMESPACES}><office:settings>"
        '<config:config-item-set config:name="ooo:view-settings">'
        '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
        f"{_write_settings(('ViewId', 'string', 'view1'))}"
        f'<config:config-item-map-named config:name="Tables">{tables}</config:config-item-map-named>'
        "</config:config-item-map-entry></config:config-item-map-indexed>"
        "</config:config-item-set></office:settings></office:document-settings>"
    )


def _write_settings(*settings: tuple[str, str, str | int]) -> str:
    return "".join(
        f'<config:config-item config:name="{name}" config:type="{kind}">{value}</config:config-item>'
        for name, kind, value in settings
    )


def _write_content(file: TextIO, workbook: Workbook) -> None:
    file.write(f"{DECLARATION}<office:document-content {NAMESPACES}><office:automatic-styles>{CELL_STYLES}")
    file.writelines(
        f'<style:style style:name="width{width}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width * CENTIMETRES_PER_CHARACTER:.1f}cm"/>'
        "</style:style>"
        for width in sorted({column.width for sheet in workbook.sheets for column in sheet.columns})
    )
    file.write("</office:automatic-styles><office:body><office:spreadsheet>")
    for sheet in workbook.sheets:
        _write_sheet(file, sheet)
    file.write("</office:spreadsheet></office:body></office:document-content>")


def _write_sheet(file: TextIO, sheet: Sheet) -> None:
    file.write(f"<table:table table:name={quoteattr(sheet.name)}>")
    file.writelines(
        f'<table:table-column table:style-name="width{column.width}"/>' for column in sheet.columns
    )
    for line in sheet.heading:
        _write_row(file, (_format_cell(line, style="bold"),))
    file.write("<table:table-header-rows>")
    _write_row(file, (_format_cell(column.name, style="bold") for column in sheet.columns))
    file.write("</table:table-header-rows>")
    styles = [STYLE_NAMES.get(column.style, "") for column in sheet.columns]
    for number, row in enumerate(sheet.rows, start=len(sheet.heading) + 2):
        if number > SPREADSHEET_ROWS:
            raise TooLargeForFormat("Dit zijn meer rijen dan in een rekenblad passen. Kies CSV.")
        _write_row(file, (_format_cell(cell, style=style) for cell, style in zip(row, styles, strict=True)))
    file.write("</table:table>")


def _write_row(file: TextIO, cells: Iterable[str]) -> None:
    file.write(f"<table:table-row>{''.join(cells)}</table:table-row>")


def _format_cell(cell: Cell, *, style: str) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    attributes = f' table:style-name="{style}"' if style else ""
    if isinstance(cell, str):
        lines = "".join(f"<text:p>{_format_line(line)}</text:p>" for line in clean_text(cell).split("\n"))
        return f'<table:table-cell{attributes} office:value-type="string">{lines}</table:table-cell>'
    return f'<table:table-cell{attributes} office:value-type="float" office:value="{cell}"/>'


def _format_line(line: str) -> str:
    """Write out what XML would swallow: tabs, and spaces in a row or at an end."""
    spaced = SPACES.sub(lambda match: f'<text:s text:c="{len(match[0])}"/>', escape(line))
    return spaced.replace("\t", "<text:tab/>")
