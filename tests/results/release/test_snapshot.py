import json
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.results.release.snapshot import Snapshot, UnreadableSnapshot, to_canonical, write_snapshot

texts = st.dictionaries(st.text(max_size=5), st.text(max_size=5) | st.integers(-9, 9), max_size=4)


@st.composite
def contents(draw):
    """A document that says how many rows are responses, and columns of codes and amounts of the same length."""
    length = draw(st.integers(0, 20))
    document = draw(texts) | {"responses": draw(st.integers(0, length))}
    codes = st.lists(st.integers(-1, 30), min_size=length, max_size=length)
    amounts = st.lists(
        st.none() | st.decimals(1 - 10**12, 10**12 - 1, places=3), min_size=length, max_size=length
    )
    columns = {
        "beperkt.state": pa.array(draw(codes), pa.int8()),
        "kosten.number": pa.array(draw(amounts), pa.decimal128(18, 3)),
        "size_class": pa.array(draw(codes), pa.int16()),
    }
    return document, columns


@given(contents())
def test_a_snapshot_gives_back_what_was_frozen(content):
    document, columns = content

    snapshot = Snapshot(write_snapshot(document, columns))

    assert snapshot.document == document
    assert snapshot.names == set(columns)
    for kind, part in (
        ("response", slice(document["responses"])),
        ("municipality", slice(document["responses"], None)),
    ):
        for name, values in snapshot.read(list(columns), kind=kind).items():
            assert values.tolist() == columns[name].to_pylist()[part]


@given(contents())
def test_numbers_are_read_in_whole_thousandths(content):
    document, columns = content
    snapshot = Snapshot(write_snapshot(document, columns))

    for kind, part in (
        ("response", slice(document["responses"])),
        ("municipality", slice(document["responses"], None)),
    ):
        read = snapshot.read_thousandths(["kosten.number"], kind=kind)["kosten.number"]
        amounts = columns["kosten.number"].to_pylist()[part]
        assert [None if np.isnan(number) else number for number in read.tolist()] == [
            None if amount is None else amount * 1000 for amount in amounts
        ]


@given(contents())
def test_the_checksum_is_of_the_content_and_not_of_the_file(content):
    document, columns = content
    first = write_snapshot(document, columns)
    backwards = write_snapshot(dict(reversed(document.items())), dict(reversed(columns.items())))

    assert Snapshot(first).compute_sha256() == Snapshot(backwards).compute_sha256()
    assert write_snapshot(document, columns) == first


@given(contents(), st.data())
def test_another_content_has_another_checksum(content, data):
    document, columns = content
    before = Snapshot(write_snapshot(document, columns)).compute_sha256()
    name = data.draw(st.sampled_from([*columns, None]))
    if name is None or not len(columns[name]):
        document |= {"anders": 1}
    else:
        values = columns[name].to_pylist()
        place = data.draw(st.integers(0, len(values) - 1))
        values[place] = (
            Decimal("0.001") + (values[place] or 0) if name == "kosten.number" else values[place] + 1
        )
        columns[name] = pa.array(values, columns[name].type)

    assert Snapshot(write_snapshot(document, columns)).compute_sha256() != before


@pytest.mark.parametrize("content", [b"", b"PAR1", b"geen snapshot" * 10])
def test_what_is_no_snapshot_is_refused(content):
    with pytest.raises(UnreadableSnapshot):
        Snapshot(content)


def test_a_table_without_document_is_no_snapshot():
    sink = pa.BufferOutputStream()
    pa.parquet.write_table(pa.table({"a": [1]}), sink)

    with pytest.raises(UnreadableSnapshot):
        Snapshot(sink.getvalue().to_pybytes())


def test_a_damaged_column_is_refused_when_it_is_read():
    rng = np.random.default_rng(2026)
    column = pa.array(rng.integers(0, 30_000, 5000), pa.int16())
    content = bytearray(write_snapshot({"responses": 5000}, {"size_class": column}))
    content[2000] ^= 0xFF

    with pytest.raises(UnreadableSnapshot):
        Snapshot(bytes(content)).compute_sha256()


def test_canonical_text_is_sorted_compact_and_exact():
    assert to_canonical({"b": [Decimal("1.50"), None], "a": "é"}) == '{"a":"é","b":["1.50",null]}'.encode()
    assert json.loads(to_canonical({"a": 1})) == {"a": 1}
    with pytest.raises(TypeError):
        to_canonical({"a": object()})
