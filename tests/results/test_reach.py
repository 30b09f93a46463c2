"""How far the results reach: three figures, and two when the inhabitants would tell who took part."""

from dataclasses import replace

from surveys.results.reach import list_reach
from surveys.results.release.response import ReleasedCoverage, ReleasedResponse

COVERAGE = ReleasedCoverage(
    municipalities=187, municipalities_total=345, inhabitants=9_594_253, inhabitants_total=17_590_672
)
RESPONSE = ReleasedResponse(
    started=60, submitted=51, submitted_municipalities=33, submitted_regions=18, coverage=COVERAGE
)


def test_every_share_has_its_base():
    assert [(each["value"], each["base"]) for each in list_reach(RESPONSE)] == [
        ("51", "33 van een gemeente en 18 van een jeugdregio"),
        ("54\N{NO-BREAK SPACE}%", "187 van de 345 gemeenten"),
        ("55\N{NO-BREAK SPACE}%", "9.594.253 van de 17.590.672 inwoners"),
    ]


def test_inhabitants_that_are_withheld_are_not_nought():
    few = replace(RESPONSE, coverage=replace(COVERAGE, municipalities=8, inhabitants=None))

    assert [each["label"] for each in list_reach(few)] == ["volledige reacties", "van de gemeenten"]
