"""Every template compiles: a misspelt tag is found here, not by a visitor of the one page that uses it."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template

TEMPLATES = Path(__file__).parents[2] / "templates"
NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))


@pytest.mark.parametrize("name", NAMES)
def test_template_compiles(name):
    assert get_template(name).template.nodelist


def test_templates_hold_no_inline_script_style_or_handler():
    """The Content-Security-Policy would refuse them in the browser; here it says where they are.

    A mail has no such policy, and mail programs load no style sheet.
    """
    patterns = [" style=", " onclick=", " onchange=", " onsubmit=", " onload=", "javascript:", "<style"]
    found = [
        f"{name}: {pattern}"
        for name in NAMES
        if not name.startswith("mail/")
        for pattern in patterns
        if pattern in (TEMPLATES / name).read_text(encoding="utf-8").lower()
    ]
    assert found == []


def test_a_number_that_programs_read_has_no_point_for_the_thousands():
    """The thousandth file, person or question is 1.000 in a text; in a form or address that is another one."""
    number = re.compile(
        r'="[^"]*\{\{ *((?:[\w.]+\.)?(?:pk|revision|revision_value|kept_id|published_as_id))'
        r"(?:\|default_if_none:'')? *\}\}"
    )
    found = [
        f"{name}: {match[1]}"
        for name in NAMES
        for match in number.finditer((TEMPLATES / name).read_text(encoding="utf-8"))
    ]
    assert found == []
