"""The invented codebooks and the invented answers fit each other."""

import tomllib

import pytest

from surveys.demo.codebooks import CODEBOOKS, read_codebooks

TEXTS = tomllib.loads((CODEBOOKS.parent / "open_answers.toml").read_text(encoding="utf-8"))


def test_every_invented_answer_has_themes_of_its_codebook():
    codebooks = read_codebooks(TEXTS)

    assert len(codebooks) == 3
    for codebook in codebooks:
        codes = {theme.code for theme in codebook.themes}
        assert set(codebook.coded) == set(TEXTS[codebook.question])
        assert all(themes and themes <= codes for themes in codebook.coded.values())
        assert codebook.quoted <= set(codebook.coded)


def test_an_answer_without_themes_is_refused():
    question = read_codebooks(TEXTS)[0].question

    with pytest.raises(ValueError, match="zip"):
        read_codebooks(TEXTS | {question: [*TEXTS[question], "Iets nieuws."]})
