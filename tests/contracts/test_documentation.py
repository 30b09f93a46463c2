"""What can be set or called is written down, and nothing is written down that cannot."""

import re
from pathlib import Path

from django.core.management import get_commands

ROOT = Path(__file__).parents[2]
OWN_APPS = ("config", "practices", "surveys.")


def test_every_setting_is_documented():
    read = set(re.findall(r'\benv\.\w+\(\s*"([A-Z_]+)"', (ROOT / "config/settings.py").read_text()))
    example = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", (ROOT / "docs/settings.md").read_text(), re.MULTILINE))
    assert "DATABASE_URL" in read
    assert example == read
    assert documented == read


def test_every_command_is_documented():
    existing = {name for name, app in get_commands().items() if app.startswith(OWN_APPS)}
    documented = set(re.findall(r"^\| `([a-z_]+)\b", (ROOT / "docs/commands.md").read_text(), re.MULTILINE))
    assert "seed_demo" in existing
    assert documented == existing


def test_no_link_between_documents_is_broken():
    documents = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]
    broken = [
        f"{document.name}: {target}"
        for document in documents
        for target in re.findall(r"\]\(([^)#]+)[^)]*\)", document.read_text())
        if "://" not in target and not (document.parent / target).exists()
    ]
    assert len(documents) > 5
    assert broken == []
