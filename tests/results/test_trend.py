"""A question over the waves: true words, and nothing compared across a change."""

from dataclasses import replace
from datetime import date

import pytest

from surveys.results.figures import build_figures
from surveys.results.figures.trend import add_trend
from tests.results.drawings import read_lines
from tests.results.tables import make_question, make_table, withhold

SPACE = "\N{NO-BREAK SPACE}"
YES_NO = make_question("Ja", "Nee")


def make_wave_table(year, *, question=YES_NO, **counts):
    table = make_table(question, {"": counts})
    return replace(table, wave=str(year), wave_title=f"Meting {year}", reference_date=date(year, 1, 1))


def follow(*tables, breaks=(), option=""):
    (figure,) = build_figures(tables[-1])
    return add_trend(figure, tables=tables, breaks=breaks, option=option)


def test_every_answer_has_a_line_and_every_wave_a_column():
    figure = follow(make_wave_table(2022, ja=6, nee=4), make_wave_table(2026, ja=9, nee=3))

    assert figure.description.replace(SPACE, " ") == "„Ja” ging van 60 % in 2022 naar 75 % in 2026."
    assert {"2022", "2026", "Ja: 60 % → 75 %", "Nee: 40 % → 25 %"} <= set(read_lines(figure.chart))
    assert [
        [cell.replace(SPACE, " ") for cell in row] for row in (figure.table.columns, *figure.table.rows)
    ] == [
        ["Antwoord", "2022 (n = 10)", "2026 (n = 12)"],
        ["Ja", "60 %", "75 %"],
        ["Nee", "40 %", "25 %"],
    ]


def test_nothing_is_compared_across_a_change():
    figure = follow(
        make_wave_table(2022, ja=6, nee=4),
        make_wave_table(2024, ja=5, nee=5),
        make_wave_table(2026, ja=5, nee=5),
        breaks={1},
    )

    assert figure.description.replace(SPACE, " ") == "„Ja” is in 2024 en in 2026 even groot: 50 %."
    assert (
        "De vraag veranderde vóór 2024. Vergelijk de cijfers ervoor en erna niet met elkaar."
        in figure.caveats
    )
    assert "vraag veranderd" in read_lines(figure.chart)


@pytest.mark.parametrize("breaks", [{2}, ()])
def test_a_figure_after_the_last_change_stands_alone(breaks):
    earlier = make_wave_table(2024, ja=5, nee=5)
    if not breaks:
        earlier = withhold(earlier)
    first = withhold(make_wave_table(2022, ja=1))

    figure = follow(first, earlier, make_wave_table(2026, ja=7, nee=3), breaks=breaks)

    assert figure.description.replace(SPACE, " ") == (
        "„Ja” is 70 % in 2026. Een eerder cijfer om mee te vergelijken is er niet."
    )


def test_a_withheld_wave_is_named_and_not_drawn():
    withheld = withhold(make_wave_table(2022, ja=1, nee=1))

    figure = follow(withheld, make_wave_table(2026, ja=5, nee=5))

    assert figure.table.rows[0][1] == "afgeschermd"
    assert figure.table.columns[1] == "2022 (n afgeschermd)"
    assert "Ja: 50 %" in read_lines(figure.chart)


def test_an_answer_that_was_not_offered_is_not_zero():
    figure = follow(
        make_wave_table(2022, ja=6, nee=4),
        make_wave_table(2026, question=make_question("Ja", "Nee", "Anders"), ja=5, nee=4, anders=1),
    )

    assert figure.table.rows[2][1:] == ("niet gevraagd", f"10{SPACE}%")


def test_of_many_answers_one_is_drawn_and_all_are_in_the_table():
    options = [f"Optie {number}" for number in range(6)]
    question = make_question(*options)
    counts = {f"optie {number}": number for number in range(6)}

    figure = follow(
        make_wave_table(2022, question=question, **counts),
        make_wave_table(2026, question=question, **counts),
        option="optie 2",
    )

    assert [line for line in read_lines(figure.chart) if line.startswith("Optie")] == ["Optie 2: 13 % → 13 %"]
    assert len(figure.table.rows) == 6
    assert "De grafiek toont één antwoord. Alle antwoorden staan in de tabel." in figure.caveats


def test_waves_of_one_year_go_by_their_title():
    first, second = make_wave_table(2026, ja=5), replace(make_wave_table(2026, ja=5), wave_title="Nameting")

    assert {"Meting 2026", "Nameting"} <= set(read_lines(follow(first, second).chart))
