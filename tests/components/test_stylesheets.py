"""A stylesheet that is not loaded, or a token that does not exist, fails silently in a browser: not here."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
CSS = ROOT / "static" / "css"
COMPONENTS = sorted(path.name for path in (CSS / "components").glob("*.css"))


def test_site_loads_every_component_once_in_alphabetical_order():
    loaded = re.findall(r'@import "components/(\S+)" layer\(components\);', (CSS / "site.css").read_text())
    assert loaded == COMPONENTS


def test_every_token_in_use_has_a_value():
    sheets = {path.relative_to(CSS): path.read_text() for path in CSS.rglob("*.css")}
    defined = {name for text in sheets.values() for name in re.findall(r"(--mm-[\w-]+):", text)}
    used = {
        (str(path), name) for path, text in sheets.items() for name in re.findall(r"var\((--mm-[\w-]+)", text)
    }
    assert {(path, name) for path, name in used if name not in defined} == set()


def test_colours_stand_in_the_tokens_only():
    """A municipality that replaces tokens.css has replaced every colour."""
    colour = re.compile(r"#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(|\boklch\(", re.IGNORECASE)
    found = [
        f"{path.relative_to(CSS)}: {match}"
        for path in [CSS / "base.css", CSS / "layout.css", *(CSS / "components").glob("*.css")]
        for match in colour.findall(path.read_text())
    ]
    assert found == []


def test_every_component_starts_with_its_contract():
    templates = (ROOT / "templates" / "components").glob("*.html")
    assert [path.name for path in templates if not path.read_text().startswith(("{% comment %}", "{#"))] == []
