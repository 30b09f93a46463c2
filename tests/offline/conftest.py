import io

import pytest
from django.core.management import call_command


@pytest.fixture
def write_file(tmp_path):
    def write_lines(*lines, name="reacties.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes("\r\n".join(lines).encode(encoding))
        return path

    return write_lines


@pytest.fixture
def export(tmp_path):
    def write_export(wave, file_format="csv"):
        path = tmp_path / f"{wave}.{file_format}"
        call_command(
            "export_results", "--raw", "--wave", wave, "--format", file_format, "--out", str(path),
            stdout=io.StringIO(),
        )  # fmt: skip
        return path

    return write_export
