import pytest

from practices.relevance import IN_SUMMARY, IN_TITLE, measure_relevance, prepare

TEAM = [("wijkteam",), ("sociaal", "team")]


@pytest.mark.parametrize(
    ("parts", "title", "summary", "expected"),
    [
        ([TEAM], "Wijkteams in Utrecht", "", IN_TITLE),
        ([TEAM], "Een team dat sociaal is", "", IN_TITLE),
        ([TEAM], "Een team", "Het wijkteam", IN_SUMMARY),
        ([TEAM], "Een team", "Een ploeg", 0),
        ([TEAM, [("kosten",)]], "Wijkteams", "Wat het wijkteam kost en de kosten", IN_TITLE + 2 * IN_SUMMARY),
        # Inside a longer word a word of five letters counts, a shorter one does not.
        ([[("psychiater",)]], "De jeugdpsychiater", "", IN_TITLE),
        ([[("zorg",)]], "De jeugdzorg", "", 0),
        ([], "Iets", "Iets", 0),
    ],
)
def test_title_counts_most_and_any_phrase_of_the_same_meaning(parts, title, summary, expected):
    assert measure_relevance(prepare(parts), title, summary) == expected
