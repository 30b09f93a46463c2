from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def export_dir(settings, tmp_path) -> Path:
    """Every test has its own folder of files, not made yet."""
    settings.EXPORT_DIR = tmp_path / "exports"
    return settings.EXPORT_DIR
