"""The same estimates as svy, an independent implementation, within 1e-9 on random populations.

svy asks for the number of clusters in the population. Nobody knows how many responses the country would have given,
so it gets as many as the responses of a stratum make in the part of the population that they cover.
"""

from collections import Counter, defaultdict

import polars as pl
import pytest
import svy
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from surveys.results.precision.intervals import Piece, Stratum, estimate_share, find_interval

NEARLY = 1e-9
SCHEMA = ["cluster", "stratum", "chosen", "answered", "inhabitants"]

# A municipality that delivered, in one cluster: whether it answered, what, and how many people live there.
members = st.tuples(st.booleans(), st.sampled_from([True, True, False]), st.integers(1, 900))
clusters = st.lists(st.lists(members, min_size=1, max_size=6), min_size=3, max_size=9)


def make_rows(found, *, stratum="all", prefix=""):
    return [
        (f"{prefix}{number}", stratum, float(chosen and answered), float(answered), float(inhabitants))
        for number, cluster in enumerate(found)
        for chosen, answered, inhabitants in cluster
    ]


def make_pieces(rows, *, by_inhabitants=False):
    sums = defaultdict(lambda: [0.0, 0.0])
    for cluster, stratum, chosen, answered, inhabitants in rows:
        size = inhabitants if by_inhabitants else 1.0
        sums[cluster, stratum][0] += chosen * size
        sums[cluster, stratum][1] += answered * size
    return [Piece(*key, chosen, base) for key, (chosen, base) in sums.items()]


def make_frame(rows, **columns):
    frame = pl.DataFrame(rows, schema=SCHEMA, orient="row")
    return frame.with_columns(weight=pl.lit(1.0), one=pl.lit(1.0)).with_columns(**columns)


def estimate_with_svy(frame, *, y="chosen", x="answered"):
    design = svy.Design(psu="cluster", wgt="weight", pop_size="clusters")
    return svy.Sample(frame, design).estimation.ratio(y, x).estimates[0]


def can_compare(rows):
    """Everybody who delivered also answered something, and not all the same."""
    chosen = sum(row[2] for row in rows)
    return 0 < chosen < sum(row[3] for row in rows)


@settings(max_examples=40, deadline=None)
@given(clusters, st.integers(1, 200))
def test_a_share_over_clusters(found, others):
    rows = [row for row in make_rows(found) if row[3]]
    assume(can_compare(rows) and len({row[0] for row in rows}) > 2)
    population = len(rows) + others
    size = len({row[0] for row in rows}) * population / len(rows)
    frame = make_frame(rows, clusters=pl.lit(size))
    mine = estimate_share(make_pieces(rows), strata={"all": Stratum(len(rows), population)})
    theirs = estimate_with_svy(frame)
    assert mine.share == pytest.approx(theirs.est, abs=NEARLY)
    assert mine.standard_error == pytest.approx(theirs.se, abs=NEARLY)
    design = svy.Design(psu="cluster", wgt="weight", pop_size="clusters")
    share = next(
        each for each in svy.Sample(frame, design).estimation.prop("chosen").estimates if each.y_level == 1
    )
    if mine.standard_error > NEARLY:
        assert find_interval(mine) == pytest.approx((share.lci, share.uci), abs=NEARLY)


@settings(max_examples=30, deadline=None)
@given(clusters, st.integers(1, 200))
def test_a_share_of_inhabitants(found, others):
    rows = [row for row in make_rows(found) if row[3]]
    assume(can_compare(rows))
    population = len(rows) + others
    count = len({row[0] for row in rows})
    assume(count > 1)
    frame = make_frame(
        rows, clusters=pl.lit(count * population / len(rows)), people=pl.col("chosen") * pl.col("inhabitants")
    )
    mine = estimate_share(
        make_pieces(rows, by_inhabitants=True), strata={"all": Stratum(len(rows), population)}
    )
    theirs = estimate_with_svy(frame, y="people", x="inhabitants")
    assert mine.share == pytest.approx(theirs.est, abs=NEARLY)
    assert mine.standard_error == pytest.approx(theirs.se, abs=NEARLY)


@settings(max_examples=30, deadline=None)
@given(clusters, clusters, st.integers(1, 60), st.integers(1, 200))
def test_post_stratified_where_every_response_is_in_one_stratum(small, large, small_others, large_others):
    rows = [
        row
        for row in make_rows(small, stratum="small", prefix="s")
        + make_rows(large, stratum="large", prefix="l")
        if row[3]
    ]
    strata, sizes = describe_strata(rows, others={"small": small_others, "large": large_others})
    assume(len(strata) == 2 and min(sizes.values()) > 1 and can_compare(rows))
    frame = make_frame(
        rows,
        clusters=pl.col("stratum").replace_strict(
            {code: sizes[code] * each.population / each.known for code, each in strata.items()}
        ),
    )
    design = svy.Design(psu="cluster", stratum="stratum", wgt="weight", pop_size="clusters")
    compare_post_stratified(rows, frame=frame, strata=strata, design=design)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(*[st.lists(members, min_size=1, max_size=4)] * 2), min_size=3, max_size=9),
    st.integers(2, 9),
)
def test_post_stratified_where_every_response_is_in_every_stratum(found, times):
    """A region has members of every size. Of each stratum the same part is known, as svy has one for all."""
    halves = [(f"r{number}", both) for number, both in enumerate(found)]
    rows = [
        (cluster, stratum, float(chosen), 1.0, float(inhabitants))
        for cluster, both in halves
        for stratum, members in zip(("small", "large"), both, strict=True)
        for chosen, _, inhabitants in members
    ]
    assume(can_compare(rows))
    known = Counter(row[1] for row in rows)
    strata, _ = describe_strata(rows, others={code: count * (times - 1) for code, count in known.items()})
    frame = make_frame(rows, clusters=pl.lit(float(len(found) * times)))
    design = svy.Design(psu="cluster", wgt="weight", pop_size="clusters")
    compare_post_stratified(rows, frame=frame, strata=strata, design=design)


def describe_strata(rows, *, others):
    """Strata in which every municipality that delivered answered, and the number of responses in each."""
    known = Counter(row[1] for row in rows)
    sizes = {code: len({row[0] for row in rows if row[1] == code}) for code in known}
    strata = {
        code: Stratum(count, count + others[code], weight=(count + others[code]) / count)
        for code, count in known.items()
    }
    return strata, sizes


def compare_post_stratified(rows, *, frame, strata, design):
    weighted = svy.Sample(frame, design).weighting.poststratify(
        controls={code: float(each.population) for code, each in strata.items()}, cells="stratum"
    )
    theirs = weighted.estimation.ratio("chosen", "one").estimates[0]
    mine = estimate_share(make_pieces(rows), strata=strata)
    assert mine.share == pytest.approx(theirs.est, abs=NEARLY)
    assert mine.standard_error == pytest.approx(theirs.se, abs=NEARLY)
