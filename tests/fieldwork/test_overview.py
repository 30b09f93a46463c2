from hypothesis import given
from hypothesis import strategies as st

from surveys.fieldwork.overview import NO_REGION, build_overview
from tests.fieldwork.rows import FRAME, make_row


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

    assert (overview.started, overview.submitted, overview.in_progress, overview.excluded) == (4, 2, 1, 1)
    assert (overview.submitted_municipalities, overview.submitted_regions) == (1, 1)
    assert list_counts([overview.coverage]) == [("Nederland", 2, 4, 310, 730)]
    assert overview.coverage.municipality_share == 0.5
    assert overview.coverage.inhabitant_percentage == 100 * 310 / 730


def test_a_draft_that_misses_nothing_is_complete_but_not_in_progress():
    overview = build_overview(
        FRAME,
        responses=[
            make_row("GM1", "GM1", status="draft", missing=0),
            make_row("GM2", "GM2", status="draft", missing=2),
            make_row("GM3", "GM3", status="draft"),
            make_row("GM4", "GM4", status="withdrawn", missing=0),
        ],
    )

    assert (overview.in_progress, overview.complete, overview.submitted, overview.withdrawn) == (2, 1, 0, 1)
    assert overview.coverage.municipalities == 0


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
            st.sampled_from(["draft", "submitted", "excluded", "withdrawn"]),
            st.sampled_from([None, 0, 1]),
        ),
        unique_by=lambda response: response[0],
    )
)
def test_every_breakdown_adds_up_to_the_whole(responses):
    overview = build_overview(
        FRAME, responses=[make_row(code, *codes, status=s, missing=m) for code, codes, s, m in responses]
    )

    assert overview.started == (
        overview.in_progress + overview.complete + overview.submitted + overview.excluded + overview.withdrawn
    )
    for rows in (overview.size_classes, overview.provinces, overview.youth_regions):
        assert sum(row.municipalities for row in rows) == overview.coverage.municipalities
        assert sum(row.municipalities_total for row in rows) == 4
        assert sum(row.inhabitants for row in rows) == overview.coverage.inhabitants
        assert sum(row.inhabitants_total for row in rows) == 730
    types = overview.respondent_types
    assert sum(row.municipalities for row in types) == overview.coverage.municipalities
