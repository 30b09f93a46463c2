from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from surveys.fieldwork.overview import NO_REGION, FrameRow, ResponseRow, build_overview

SMALL, LARGE = (0, "klein", "Klein"), (100, "groot", "Groot")
NORTH, SOUTH = ("Noord", "PV1", "Noord"), ("Zuid", "PV2", "Zuid")
REGION_A, REGION_B = ("A", "JZ1", "A"), ("B", "JZ2", "B")

FRAME = [
    FrameRow("GM1", "Een", 10, SMALL, NORTH, REGION_A),
    FrameRow("GM2", "Twee", 20, SMALL, SOUTH, REGION_A),
    FrameRow("GM3", "Drie", 300, LARGE, SOUTH, REGION_B),
    FrameRow("GM4", "Vier", 400, LARGE, SOUTH, None),
]


def make_row(organisation, *municipalities, status="submitted"):
    return ResponseRow(
        id=1,
        organisation_code=organisation,
        organisation=organisation,
        is_region=organisation.startswith("JZ"),
        status=status,
        status_label=status,
        started_at=datetime(2026, 1, 1, tzinfo=UTC),
        started_by="",
        saved_at=None,
        submitted_at=None,
        submitted_by="",
        municipality_codes=frozenset(municipalities),
    )


def list_counts(rows):
    return [
        (row.label, row.municipalities, row.municipalities_total, row.inhabitants, row.inhabitants_total)
        for row in rows
    ]


def test_only_submitted_responses_cover_municipalities():
    overview = build_overview(
        FRAME,
        responses=[
            make_row("GM1", "GM1"),
            make_row("JZ2", "GM3"),
            make_row("GM2", "GM2", status="draft"),
            make_row("GM4", "GM4", status="excluded"),
        ],
    )

    assert (overview.started, overview.complete, overview.in_progress, overview.excluded) == (4, 2, 1, 1)
    assert (overview.complete_municipalities, overview.complete_regions) == (1, 1)
    assert list_counts([overview.coverage]) == [("Nederland", 2, 4, 310, 730)]
    assert overview.coverage.municipality_share == 0.5
    assert overview.coverage.inhabitant_percentage == 100 * 310 / 730


def test_groups_stand_in_their_own_order_with_unknown_last():
    overview = build_overview(FRAME, responses=[make_row("GM2", "GM2")])

    assert list_counts(overview.size_classes) == [("Klein", 1, 2, 20, 30), ("Groot", 0, 2, 0, 700)]
    assert list_counts(overview.provinces) == [("Noord", 0, 1, 0, 10), ("Zuid", 1, 3, 20, 720)]
    assert list_counts(overview.youth_regions) == [
        ("A", 1, 2, 20, 30),
        ("B", 0, 1, 0, 300),
        (NO_REGION, 0, 1, 0, 400),
    ]


def test_a_municipality_covered_twice_counts_once_and_is_shown():
    own, region = make_row("GM1", "GM1"), make_row("JZ1", "GM1", "GM2")

    overview = build_overview(FRAME, responses=[own, region])

    assert overview.coverage.municipalities == 2
    assert list_counts(overview.respondent_types) == [
        ("Eigen antwoord van de gemeente", 1, 4, 10, 730),
        ("Via de jeugdregio", 1, 4, 20, 730),
    ]
    assert [(each.municipality.code, each.own, each.region) for each in overview.overlaps] == [
        ("GM1", own, region)
    ]


def test_an_overlap_with_a_draft_is_no_overlap():
    responses = [make_row("GM1", "GM1", status="draft"), make_row("JZ1", "GM1")]

    assert build_overview(FRAME, responses=responses).overlaps == ()


def test_who_did_not_begin():
    responses = [make_row("JZ1", "GM1", status="draft"), make_row("GM4", "GM4", status="excluded")]

    overview = build_overview(FRAME, responses=responses)

    assert [region.label for region in overview.silent_regions] == ["B"]
    assert [municipality.code for municipality in overview.silent_municipalities] == ["GM2", "GM3", "GM4"]


def test_a_region_whose_members_all_answered_themselves_is_not_silent():
    assert build_overview(FRAME, responses=[make_row("GM3", "GM3")]).silent_regions[0].label == "A"


def test_an_empty_frame_has_no_shares():
    overview = build_overview([], responses=[])

    assert overview.coverage.municipality_share is None
    assert overview.coverage.inhabitant_percentage is None


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["GM1", "GM2", "GM3", "GM4", "JZ1", "JZ2"]),
            st.sets(st.sampled_from(["GM1", "GM2", "GM3", "GM4"])),
            st.sampled_from(["draft", "submitted", "excluded"]),
        ),
        unique_by=lambda response: response[0],
    )
)
def test_every_breakdown_adds_up_to_the_whole(responses):
    overview = build_overview(
        FRAME, responses=[make_row(code, *codes, status=s) for code, codes, s in responses]
    )

    assert overview.started == overview.complete + overview.in_progress + overview.excluded
    for rows in (overview.size_classes, overview.provinces, overview.youth_regions):
        assert sum(row.municipalities for row in rows) == overview.coverage.municipalities
        assert sum(row.municipalities_total for row in rows) == 4
        assert sum(row.inhabitants for row in rows) == overview.coverage.inhabitants
        assert sum(row.inhabitants_total for row in rows) == 730
    types = overview.respondent_types
    assert sum(row.municipalities for row in types) == overview.coverage.municipalities
