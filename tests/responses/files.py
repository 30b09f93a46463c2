"""Small files of every kind that may be handed in as evidence, and some that may not."""

import io
import zipfile

from openpyxl import Workbook
from PIL import Image

from surveys.responses.uploads import CONTENT_TYPES, MAIN_PARTS, OPEN_DOCUMENTS

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def pack(parts: dict[str, bytes | str], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file with these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def make_workbook() -> bytes:
    workbook, buffer = Workbook(), io.BytesIO()
    workbook.active["A1"] = "Begroting"
    workbook.save(buffer)
    return buffer.getvalue()


def make_image(kind: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (4, 4), "white").save(buffer, kind)
    return buffer.getvalue()


def make_document(extension: str, **more: bytes | str) -> bytes:
    """As small as an office document can be."""
    parts: dict[str, bytes | str] = {}
    if extension in OPEN_DOCUMENTS:
        parts["mimetype"] = CONTENT_TYPES[extension]
    return pack(parts | {MAIN_PARTS[extension]: "<inhoud/>"} | more)


SAMPLES = {
    "pdf": PDF,
    "png": make_image("PNG"),
    "jpg": make_image("JPEG"),
    "xlsx": make_workbook(),
    "docx": make_document("docx"),
    "odt": make_document("odt"),
    "ods": make_document("ods"),
    "csv": "gemeente;kosten\r\n's-Hertogenbosch;€ 5\r\n".encode("cp1252"),
    "txt": "Een plan van één regel.".encode(),
}
