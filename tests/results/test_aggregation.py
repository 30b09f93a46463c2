from surveys.questionnaire.definition import (
    ColumnDefinition,
    LineDefinition,
    OptionDefinition,
    QuestionDefinition,
    SectionDefinition,
)
from surveys.results.aggregation import (
    NO_THEMES,
    NOTE_MISSING_KIND,
    NOTE_MULTIPLE,
    NOTE_NO_DATA,
    NOTE_NO_THEMES,
    NOTE_NUMBER,
    NOTE_OPEN_QUESTION,
    NOTE_OWN_NUMBER,
    NOTE_THEME,
    Cell,
    Grouping,
    ThemeCells,
    assemble_rows,
)
from surveys.results.number_summaries import NumberCell, join_cells
from surveys.results.themes import CodedQuestion, CodedTheme

YES_NO = (OptionDefinition("ja", "Ja"), OptionDefinition("nee", "Nee"))
SINGLE = QuestionDefinition(
    code="poh",
    kind="single",
    text="Is er een POH?",
    requirement="required",
    options=YES_NO,
    missing=("dont_know",),
)
MULTIPLE = QuestionDefinition(
    code="hoe", kind="multiple", text="Hoe?", requirement="recommended", options=YES_NO
)
OPEN = QuestionDefinition(code="sinds", kind="year", text="Sinds?", requirement="recommended")
TOTAL = Grouping(dimensions=(), names={}, places=frozenset())
BY_PROVINCE = Grouping(
    dimensions=("province",),
    names={"province": {"PV28": "Zuid-Holland", "PV29": "Zeeland"}},
    places=frozenset({("PV28",), ("PV29",)}),
)
BY_TYPE_AND_PROVINCE = Grouping(
    dimensions=("respondent_type", "province"),
    names={
        "respondent_type": {"municipality": "Gemeente", "youth_region": "Jeugdregio"},
        "province": {"PV28": "Zuid-Holland", "PV29": "Zeeland", "": "Meerdere provincies"},
    },
    places=frozenset({("municipality", "PV28"), ("municipality", "PV29"), ("youth_region", "PV28")}),
)


def assemble(
    *questions, grouping=TOTAL, by_state=(), by_option=(), themes=NO_THEMES, numbers=(), unit="municipality"
):
    section = SectionDefinition(code="poh-jeugd", title="POH", measure="poh-jeugd", questions=questions)
    return assemble_rows(
        [section],
        wave="2022",
        version=1,
        unit=unit,
        grouping=grouping,
        by_state=by_state,
        by_option=by_option,
        themes=themes,
        numbers=numbers,
    )


def test_total_of_a_single_choice_question():
    yes, no, dont_know, not_filled_in = assemble(
        SINGLE,
        by_state=[
            Cell("poh", "given", (), 8, 800),
            Cell("poh", "dont_know", (), 2, 200),
            Cell("poh", "not_filled_in", (), 3, 30),
        ],
        by_option=[Cell("poh", "ja", (), 6, 500), Cell("poh", "nee", (), 2, 300)],
    )

    assert (yes.option, yes.n, yes.base, yes.share) == ("ja", 500, 800, 0.625)
    assert (no.option, no.n, no.base, no.share) == ("nee", 300, 800, 0.375)
    assert (yes.units, dont_know.units) == (8, 10)
    assert (dont_know.option, dont_know.option_text) == ("#weet_niet", "Weet ik niet")
    assert (dont_know.n, dont_know.base, dont_know.share) == (200, None, None)
    assert dont_know.note == NOTE_MISSING_KIND
    assert (not_filled_in.option, not_filled_in.option_text) == ("#niet_ingevuld", "Niet ingevuld")
    assert (not_filled_in.n, not_filled_in.base, not_filled_in.share) == (30, None, None)
    assert (not_filled_in.units, not_filled_in.note) == (13, NOTE_MISSING_KIND)
    assert (yes.wave, yes.version, yes.measure, yes.unit) == ("2022", 1, "poh-jeugd", "municipality")
    assert (yes.question, yes.question_text, yes.option_text) == ("poh", "Is er een POH?", "Ja")
    assert (yes.dimensions, yes.group_1, yes.group_2, yes.lower, yes.upper) == ((), "", "", None, None)
    assert {yes.status, no.status, dont_know.status} == {"ok"}


def test_an_option_nobody_chose_is_a_true_zero():
    _, no, dont_know, not_filled_in = assemble(
        SINGLE,
        by_state=[Cell("poh", "given", (), 4, 4)],
        by_option=[Cell("poh", "ja", (), 4, 4)],
    )

    assert (no.n, no.base, no.share, no.status) == (0, 4, 0.0, "ok")
    assert (dont_know.n, dont_know.status) == (0, "ok")
    assert (not_filled_in.n, not_filled_in.status) == (0, "ok")


def test_a_question_nobody_answered_has_no_data_instead_of_zeros():
    rows = assemble(SINGLE, OPEN)

    assert {(row.n, row.share, row.value, row.status, row.note) for row in rows} == {
        (None, None, None, "no_data", NOTE_NO_DATA)
    }
    assert {row.option: row.base for row in rows} == {
        "ja": 0,
        "nee": 0,
        "#weet_niet": None,
        "#niet_ingevuld": None,
        "#ingevuld": 0,
        "#gemiddelde": 0,
        "#mediaan": 0,
        "#kwartiel_1": 0,
        "#kwartiel_3": 0,
    }


def test_only_missing_answers_leave_the_base_empty_but_are_counted():
    yes, no, dont_know, _ = assemble(SINGLE, by_state=[Cell("poh", "dont_know", (), 3, 3)])

    assert (yes.status, no.status) == ("no_data", "no_data")
    assert (dont_know.n, dont_know.status, dont_know.units) == (3, "ok", 3)


def test_multiple_choice_rests_on_the_units_that_answered():
    *rows, _ = assemble(
        MULTIPLE,
        by_state=[Cell("hoe", "given", (), 4, 4)],
        by_option=[Cell("hoe", "ja", (), 4, 4), Cell("hoe", "nee", (), 3, 3)],
    )

    assert [(row.n, row.base, row.share, row.note) for row in rows] == [
        (4, 4, 1.0, NOTE_MULTIPLE),
        (3, 4, 0.75, NOTE_MULTIPLE),
    ]


def test_an_open_question_has_one_row_without_a_share():
    row, *_ = assemble(OPEN, by_state=[Cell("sinds", "given", (), 5, 50)])

    assert (row.option, row.option_text) == ("#ingevuld", "Ingevuld")
    assert (row.n, row.base, row.share, row.note) == (50, 50, None, NOTE_OPEN_QUESTION)
    assert not row.is_choice


def test_a_breakdown_adds_up_to_the_total_and_keeps_empty_groups():
    rows = assemble(
        SINGLE,
        grouping=BY_PROVINCE,
        by_state=[Cell("poh", "given", ("PV28",), 3, 3)],
        by_option=[Cell("poh", "ja", ("PV28",), 1, 1), Cell("poh", "nee", ("PV28",), 2, 2)],
    )

    yes = [(row.dimension_1, row.group_1, row.n, row.base, row.status) for row in rows if row.option == "ja"]
    assert yes == [
        ("", "", 1, 3, "ok"),
        ("province", "Zuid-Holland", 1, 3, "ok"),
        ("province", "Zeeland", None, 0, "no_data"),
    ]


def test_two_dimensions_give_the_total_each_dimension_and_the_crossing():
    rows = assemble(
        MULTIPLE,
        grouping=BY_TYPE_AND_PROVINCE,
        by_state=[
            Cell("hoe", "given", ("municipality", "PV29"), 2, 2),
            Cell("hoe", "given", ("youth_region", ""), 1, 1),
        ],
        by_option=[
            Cell("hoe", "ja", ("municipality", "PV29"), 1, 1),
            Cell("hoe", "ja", ("youth_region", ""), 1, 1),
        ],
    )

    counted = [
        (row.dimension_1, row.group_1, row.dimension_2, row.group_2, row.n, row.base)
        for row in rows
        if row.option == "ja"
    ]
    assert counted == [
        ("", "", "", "", 2, 3),
        ("respondent_type", "Gemeente", "", "", 1, 2),
        ("respondent_type", "Jeugdregio", "", "", 1, 1),
        ("province", "Zuid-Holland", "", "", None, 0),
        ("province", "Zeeland", "", "", 1, 2),
        ("province", "Meerdere provincies", "", "", 1, 1),
        ("respondent_type", "Gemeente", "province", "Zuid-Holland", None, 0),
        ("respondent_type", "Gemeente", "province", "Zeeland", 1, 2),
        ("respondent_type", "Jeugdregio", "province", "Zuid-Holland", None, 0),
        ("respondent_type", "Jeugdregio", "province", "Meerdere provincies", 1, 1),
    ]


def test_rows_stand_in_the_order_of_the_questionnaire():
    rows = assemble(MULTIPLE, SINGLE, OPEN)

    assert [(row.question, row.option) for row in rows] == [
        ("hoe", "ja"),
        ("hoe", "nee"),
        ("hoe", "#niet_ingevuld"),
        ("poh", "ja"),
        ("poh", "nee"),
        ("poh", "#weet_niet"),
        ("poh", "#niet_ingevuld"),
        ("sinds", "#ingevuld"),
        ("sinds", "#gemiddelde"),
        ("sinds", "#mediaan"),
        ("sinds", "#kwartiel_1"),
        ("sinds", "#kwartiel_3"),
        ("sinds", "#niet_ingevuld"),
    ]


def test_a_ranking_counts_who_put_an_option_at_a_place():
    ranking = QuestionDefinition(
        code="doelen", kind="ranking", text="Wat eerst?", requirement="recommended", options=YES_NO
    )
    rows = assemble(
        ranking,
        by_state=[Cell("doelen", "given", (), 3, 300)],
        by_option=[Cell("doelen", "ja@1", (), 3, 300), Cell("doelen", "nee@2", (), 2, 200)],
    )
    assert [(row.option, row.option_text, row.n, row.base) for row in rows] == [
        ("#ingevuld", "Ingevuld", 300, 300),
        ("ja@1", "Ja op plaats 1", 300, 300),
        ("ja@2", "Ja op plaats 2", 0, 300),
        ("nee@1", "Nee op plaats 1", 0, 300),
        ("nee@2", "Nee op plaats 2", 200, 300),
        ("#niet_ingevuld", "Niet ingevuld", 0, None),
    ]
    assert not any(row.is_choice for row in rows)


def test_numbers_have_a_sum_a_mean_and_quartiles_per_group():
    fte = QuestionDefinition(
        code="fte", kind="number", text="Hoeveel fte?", requirement="recommended", unit="fte"
    )
    rows = assemble(
        fte,
        grouping=BY_PROVINCE,
        by_state=[Cell("fte", "given", ("PV28",), 5, 5)],
        numbers=join_cells(
            [
                NumberCell("fte", "", ("PV28",), [4.0, 0.0]),
                NumberCell("fte", "", ("PV28",), [0.0, 1.5]),
            ]
        ),
    )

    zeeland = {
        row.option: (row.n, row.base, row.value, row.status) for row in rows if row.group_1 == "Zeeland"
    }
    assert zeeland["#som"] == zeeland["#mediaan"] == (None, 0, None, "no_data")
    for group in ("", "Zuid-Holland"):
        found = {row.option: row for row in rows if row.group_1 == group}
        values = {code: found[code].value for code in ("#som", "#gemiddelde", "#mediaan", "#kwartiel_1")}
        assert values == {"#som": 5.5, "#gemiddelde": 1.375, "#mediaan": 0.75, "#kwartiel_1": 0.0}
        assert found["#kwartiel_3"].value == 2.125
        # One of the five gave the number of a whole region.
        assert (found["#ingevuld"].n, found["#som"].n, found["#som"].base, found["#som"].units) == (
            5,
            4,
            4,
            4,
        )
        assert (found["#som"].share, found["#som"].value_unit, found["#ingevuld"].value) == (
            None,
            "fte",
            None,
        )
        assert found["#som"].note == f"{NOTE_NUMBER} {NOTE_OWN_NUMBER}"


def test_inhabitants_fill_in_no_numbers_and_years_have_no_sum():
    assert [row.option for row in assemble(OPEN, unit="inhabitants")] == ["#ingevuld", "#niet_ingevuld"]
    assert "#som" not in {row.option for row in assemble(OPEN)}


def test_a_table_counts_per_cell():
    table = QuestionDefinition(
        code="inzet",
        kind="matrix",
        text="Welke inzet?",
        requirement="recommended",
        rows=(LineDefinition("wijk", "Wijkteam"),),
        columns=(
            ColumnDefinition("geld", "Kosten", "euro"),
            ColumnDefinition("ja", "Loopt het?", "single", options=YES_NO),
        ),
    )
    rows = assemble(
        table,
        by_state=[Cell("inzet", "given", (), 2, 2)],
        by_option=[Cell("inzet", "wijk:ja=nee", (), 1, 1)],
        numbers=join_cells([NumberCell("inzet", "wijk:geld", (), [10.0])]),
    )

    assert [
        (row.option, row.option_text, row.n, row.base, row.value, row.value_unit) for row in rows[1:5]
    ] == [
        ("wijk:ja=ja", "Wijkteam, Loopt het?: Ja", 0, 2, None, ""),
        ("wijk:ja=nee", "Wijkteam, Loopt het?: Nee", 1, 2, None, ""),
        ("#som:wijk:geld", "Som: Wijkteam, Kosten", 1, 1, 10.0, "euro"),
        ("#gemiddelde:wijk:geld", "Gemiddelde: Wijkteam, Kosten", 1, 1, 10.0, "euro"),
    ]


def test_who_has_no_group_is_in_the_total_only():
    """A municipality without an answer has no respondent type."""
    rows = assemble(
        MULTIPLE,
        grouping=BY_PROVINCE,
        by_state=[Cell("hoe", "given", ("PV28",), 1, 1), Cell("hoe", "not_filled_in", ("",), 2, 2)],
    )

    assert [(row.group_1, row.n) for row in rows if row.option == "#niet_ingevuld"] == [
        ("", 2),
        ("Zuid-Holland", 0),
        ("Zeeland", None),
    ]


def test_themes_stand_under_who_answered_with_a_base_of_their_own():
    question = QuestionDefinition(code="waarom", kind="text", text="Waarom?", requirement="recommended")
    themes = (CodedTheme("geld", "Geld", "Over geld.", ""), CodedTheme("tijd", "Tijd", "Over tijd.", ""))

    rows = assemble(
        question,
        grouping=BY_PROVINCE,
        by_state=[Cell("waarom", "given", ("PV28",), 5, 50), Cell("waarom", "given", ("PV29",), 1, 10)],
        themes=ThemeCells(
            questions={"waarom": CodedQuestion(1, themes)},
            by_coded=[Cell("waarom", "given", ("PV28",), 4, 40)],
            by_theme=[Cell("waarom", "geld", ("PV28",), 3, 30), Cell("waarom", "tijd", ("PV28",), 2, 20)],
        ),
    )

    assert [(row.group_1, row.option, row.n, row.base, row.share, row.units) for row in rows] == [
        ("", "#ingevuld", 60, 60, None, 6),
        ("", "geld", 30, 40, 0.75, 4),
        ("", "tijd", 20, 40, 0.5, 4),
        ("", "#niet_ingevuld", 0, None, None, 6),
        ("Zuid-Holland", "#ingevuld", 50, 50, None, 5),
        ("Zuid-Holland", "geld", 30, 40, 0.75, 4),
        ("Zuid-Holland", "tijd", 20, 40, 0.5, 4),
        ("Zuid-Holland", "#niet_ingevuld", 0, None, None, 5),
        ("Zeeland", "#ingevuld", 10, 10, None, 1),
        ("Zeeland", "geld", None, 0, None, 0),
        ("Zeeland", "tijd", None, 0, None, 0),
        ("Zeeland", "#niet_ingevuld", 0, None, None, 1),
    ]
    assert [row.is_theme for row in rows[:3]] == [False, True, True]
    assert [rows[1].note, rows[9].note] == [NOTE_THEME, NOTE_NO_THEMES]
