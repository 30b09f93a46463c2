from surveys.results.charts.maps import describe_place, draw_share_map
from surveys.territory.tile_positions import TilePosition
from tests.results.drawings import SVG, list_elements, parse, read_lines

TITLE = {
    "heading": "Aandeel „Ja”",
    "chart_id": "kaart",
    "title": "POH?",
    "description": "Drenthe is het hoogst.",
}
POSITIONS = {code: TilePosition(column, 0) for column, code in enumerate("abcd")}


def draw(*places):
    return draw_share_map(places, positions=POSITIONS, **TITLE)


def list_tiles(chart):
    """What each square says, with its fill."""
    rects = parse(chart.svg).iter(f"{SVG}rect")
    return [
        (rect.find(f"{SVG}title").text, rect.get("fill"))
        for rect in rects
        if rect.find(f"{SVG}title") is not None
    ]


def test_a_square_says_its_figure_and_is_filled_by_its_step():
    chart = draw(
        describe_place("a", "Aa", share=0.1),
        describe_place("b", "Bee", share=0.5),
        describe_place("c", "Cee", share=None),
        describe_place("d", "Dee", share=None, is_withheld=True),
    )

    assert [(text.replace("\N{NO-BREAK SPACE}", " "), fill) for text, fill in list_tiles(chart)] == [
        ("Aa: 10 %", "#ffffff"),
        ("Bee: 50 %", "url(#kaart-step-3)"),
        ("Cee: geen gegevens", "url(#kaart-none)"),
        ("Dee: afgeschermd", "url(#kaart-withheld)"),
    ]
    assert {"40 tot 60 %: 1", "afgeschermd: 1", "geen gegevens: 1", "80 % of meer: 0"} <= set(
        read_lines(chart)
    )


def test_every_fill_that_is_used_is_in_the_drawing():
    chart = draw(
        *(
            describe_place(code, code, share=share)
            for code, share in zip("abcd", (0.3, 0.5, 0.7, 0.9), strict=True)
        )
    )

    patterns = {f"url(#{pattern.get('id')})" for pattern in parse(chart.svg).iter(f"{SVG}pattern")}
    used = {
        rect.get("fill")
        for rect in parse(chart.svg).iter(f"{SVG}rect")
        if (rect.get("fill") or "").startswith("url")
    }
    assert used <= patterns


def test_a_marked_square_has_its_percentage_in_it():
    chart = draw(
        describe_place("a", "Aa", share=0.1, is_marked=True),
        describe_place("b", "Bee", share=0.004, is_marked=True),
    )

    assert [mark.text for mark in list_elements(chart, "mark-on-light")] == ["10", "<1"]


def test_a_place_without_a_square_is_named():
    chart = draw(describe_place("a", "Aa", share=0.1), describe_place("x", "Nieuw", share=0.2))

    assert "Nieuw (20 %)" in " ".join(read_lines(chart))
