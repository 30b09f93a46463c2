import json

import pytest
from django.core.management import CommandError, call_command

from tests.downloads.factories import make_submitted_wave


@pytest.fixture
def wave(db):
    return make_submitted_wave()


def export(*arguments, path):
    call_command("export_results", "--wave", "proef", *arguments, "--out", str(path))


def test_the_command_writes_the_file(wave, tmp_path, capsys):
    path = tmp_path / "uit.csv"

    export("--format", "csv", "--by", "size_class,province", "--unit", "inhabitants", path=path)

    content = path.read_text(encoding="utf-8-sig")
    assert content.startswith("wave;version;measure;question;")
    assert ";inhabitants;size_class;" in content
    assert ";province;" in content
    assert str(path) in capsys.readouterr().out
    assert sorted(file.name for file in tmp_path.iterdir()) == ["uit.csv", "uit.csv-metadata.json"]
    description = json.loads((tmp_path / "uit.csv-metadata.json").read_text(encoding="utf-8"))
    assert description["url"] == "uit.csv"
    assert {"Onderwerp": "Geteld per", "Toelichting": "inwoners"} in description["notes"]


def test_raw_writes_the_responses(wave, tmp_path):
    path = tmp_path / "uit.csv"

    export("--format", "csv", "--raw", path=path)

    assert path.read_text(encoding="utf-8-sig").startswith("respondent;municipalities;status;beperkt;")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--by", "gemeente"], "--by noemt"),
        (["--by", "province,province"], "--by noemt"),
        (["--by", "province,size_class,youth_region"], "--by noemt"),
        (["--raw", "--by", "province"], "--raw gaat niet samen"),
        (["--raw", "--unit", "response"], "--raw gaat niet samen"),
        (["--wave", "weg"], "Er is geen meting met de code weg"),
        (["--unit", "mensen"], "--unit"),
        (["--format", "doc"], "--format"),
    ],
)
def test_what_cannot_be_is_refused_in_words_and_leaves_nothing(wave, tmp_path, arguments, message):
    with pytest.raises(CommandError, match=message):
        export("--format", "csv", *arguments, path=tmp_path / "uit.csv")

    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_told(wave, tmp_path):
    with pytest.raises(CommandError, match=r"uit\.csv"):
        export("--format", "csv", path=tmp_path / "weg" / "uit.csv")


def test_a_file_that_fails_leaves_the_old_one(wave, tmp_path, monkeypatch):
    path = tmp_path / "uit.csv"
    path.write_text("oud")

    def fail(*_args, path, **_options):
        path.write_text("half")
        raise OSError("schijf vol")

    monkeypatch.setattr("surveys.downloads.management.commands.export_results.write_export", fail)

    with pytest.raises(CommandError, match="schijf vol"):
        export("--format", "csv", path=path)

    assert path.read_text() == "oud"
    assert list(tmp_path.iterdir()) == [path]
