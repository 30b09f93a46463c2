"""Conditions of the Matterhorn Protocol (PDF/UA-1) that a program can judge and that the checker `pdfua` does not.

Our own, so no certificate: each function names the checkpoint of version 1.1 that it is about. `check_pdf` runs both.
"""

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pdfua import Validator, ValidatorOptions
from pdfua.rules import RuleRegistry, default_registry
from pypdf import PdfReader

# It stumbles over a heading of more than one piece of text; `find_empty_headings` does that one.
STUMBLES = "UA-14-001"
# The types that PDF 1.7 knows (ISO 32000-1, 14.8.4); any other must be mapped to one of them.
STANDARD_TYPES = re.compile(
    "Document|Part|Art|Sect|Div|BlockQuote|Caption|TOC|TOCI|Index|NonStruct|Private|P|H|H1|H2|H3|H4|H5|H6|"
    "L|LI|Lbl|LBody|Table|TR|TH|TD|THead|TBody|TFoot|Span|Quote|Note|Reference|BibEntry|Code|Link|Annot|"
    "Ruby|RB|RT|RP|Warichu|WT|WP|Figure|Formula|Form"
)
HEADINGS = {f"H{level}": level for level in range(1, 7)}
CHILDREN = {
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TR": {"TH", "TD"},
    "L": {"LI", "L", "Caption"},
    "LI": {"Lbl", "LBody"},
    "TOC": {"TOCI", "TOC", "Caption"},
}
PARENTS = {
    "TR": {"Table", "THead", "TBody", "TFoot"},
    "TH": {"TR"},
    "TD": {"TR"},
    "LI": {"L"},
    "TOCI": {"TOC"},
}

Element = dict[str, Any]


def check_pdf(content: bytes) -> list[str]:
    """What is wrong, in words; empty for a document that passes."""
    document = PdfReader(BytesIO(content), strict=True)
    ours = [
        f"{name}: {problem}"
        for name, find_problems in CHECKPOINTS.items()
        for problem in find_problems(document)
    ]
    return [*_ask_pdfua(content), *ours]


def _ask_pdfua(content: bytes) -> list[str]:
    """A rule that could not be judged is a problem too."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "document.pdf"
        path.write_bytes(content)
        rules = RuleRegistry(rule for rule in default_registry() if rule.id != STUMBLES)
        report = Validator(ValidatorOptions(registry=rules)).validate(str(path))
    found = [f"{finding.rule_id}: {finding.message}" for finding in report.findings]
    skipped = [f"{each.rule_id}: {each.skipped_reason}" for each in report.outcomes if each.skipped_reason]
    return [*found, *skipped]


def list_elements(document: PdfReader) -> list[tuple[str, Element, str]]:
    """Every structure element in reading order with its type and that of its parent, after the map of roles."""
    tree = document.trailer["/Root"]["/StructTreeRoot"]
    roles = tree.get("/RoleMap", {})

    def walk(node: Any, parent: str) -> Iterator[tuple[str, Element, str]]:
        node = node.get_object()
        if isinstance(node, list):
            for each in node:
                yield from walk(each, parent)
        elif isinstance(node, dict) and "/S" in node:
            kind = str(roles.get(node["/S"], node["/S"])).removeprefix("/")
            yield kind, node, parent
            if "/K" in node:
                yield from walk(node["/K"], kind)

    return list(walk(tree["/K"], ""))


def find_unknown_types(document: PdfReader) -> Iterator[str]:
    for kind, _, _ in list_elements(document):
        if not STANDARD_TYPES.fullmatch(kind):
            yield f"{kind} is mapped to no standard type"


def find_misplaced_elements(document: PdfReader) -> Iterator[str]:
    for kind, _, parent in list_elements(document):
        if (parent in CHILDREN and kind not in CHILDREN[parent]) or parent not in PARENTS.get(kind, {parent}):
            yield f"{kind} in {parent}"


def find_skipped_levels(document: PdfReader) -> Iterator[str]:
    former = 0
    for kind, _, _ in list_elements(document):
        level = HEADINGS.get(kind, 0)
        if level > former + 1:
            yield f"{kind} after level {former}"
        former = level or former


def find_empty_headings(document: PdfReader) -> Iterator[str]:
    def has_content(node: Any) -> bool:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            return any(map(has_content, node))
        if isinstance(node, dict):
            return node.get("/Type") == "/MCR" or has_content(node.get("/K"))
        return isinstance(node, int)

    for kind, element, _ in list_elements(document):
        if kind in HEADINGS and not has_content(element.get("/K")):
            yield f"an empty {kind}"


def find_ragged_tables(document: PdfReader) -> Iterator[str]:
    """Rows of one table with unequal numbers of cells; no table of ours has cells over more columns."""
    widths: list[list[int]] = []
    for kind, _, _ in list_elements(document):
        if kind == "Table":
            widths.append([])
        elif kind == "TR":
            widths[-1].append(0)
        elif kind in ("TH", "TD") and widths and widths[-1]:
            widths[-1][-1] += 1
    for number, rows in enumerate(widths, start=1):
        if len(set(rows)) != 1:
            yield f"table {number} has rows of {rows} cells"


def find_loose_annotations(document: PdfReader) -> Iterator[str]:
    """Links that stand in no Link element, and pages with links that are not tabbed through in reading order."""
    linked = {
        each.get_object().raw_get("/Obj").idnum
        for kind, element, _ in list_elements(document)
        if kind == "Link"
        for each in element["/K"]
        if isinstance(each.get_object(), dict) and each.get_object().get("/Type") == "/OBJR"
    }
    for number, page in enumerate(document.pages, start=1):
        annotations = page.get("/Annots", [])
        if annotations and page.get("/Tabs") != "/S":
            yield f"page {number} is not tabbed through in the order of its structure"
        if any(each.idnum not in linked for each in annotations):
            yield f"page {number} has a link outside the structure"


def find_unusable_fonts(document: PdfReader) -> Iterator[str]:
    for number in range(1, int(document.trailer["/Size"])):
        found = document.get_object(number)
        if not isinstance(found, dict) or found.get("/Type") != "/Font":
            continue
        name = found["/BaseFont"]
        if found["/Subtype"] == "/Type0" and "/ToUnicode" not in found:
            yield f"{name} does not say which letters it draws"
        descriptor = found.get("/FontDescriptor", {})
        if found["/Subtype"] != "/Type0" and not {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor):
            yield f"{name} is not in the file"


def find_closed_doors(document: PdfReader) -> Iterator[str]:
    if document.is_encrypted:
        yield "the file is encrypted"


CHECKPOINTS: dict[str, Callable[[PdfReader], Iterator[str]]] = {
    "02 role mapping": find_unknown_types,
    "09 appropriate tags": find_misplaced_elements,
    "14 heading levels": find_skipped_levels,
    "14 empty headings": find_empty_headings,
    "15 tables": find_ragged_tables,
    "26 security": find_closed_doors,
    "28 annotations": find_loose_annotations,
    "31 fonts": find_unusable_fonts,
}
