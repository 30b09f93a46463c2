import io
import zipfile

import pytest

from surveys.responses.archives import (
    BEGINNING,
    DamagedArchive,
    LockedArchive,
    OversizedArchive,
    unpack_beginnings,
)
from tests.responses.files import pack


def unpack(content: bytes, *, maximum_unpacked: int = 1_000_000, maximum_parts: int = 10) -> dict[str, bytes]:
    return unpack_beginnings(
        io.BytesIO(content), maximum_unpacked=maximum_unpacked, maximum_parts=maximum_parts
    )


def lock(content: bytes) -> bytes:
    """The file with the mark of a password on its first part."""
    locked = bytearray(content)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[content.index(signature) + offset] |= 1
    return bytes(locked)


def test_every_part_is_there_with_its_beginning_only():
    content = pack({"mimetype": "soort", "leeg": "", "groot": bytes(BEGINNING) + b"de rest"})
    assert unpack(content) == {"mimetype": b"soort", "leeg": b"", "groot": bytes(BEGINNING)}


def test_all_parts_together_may_not_be_too_large():
    content = pack({"een": bytes(600), "twee": bytes(400)})
    assert unpack(content, maximum_unpacked=1_000)
    with pytest.raises(OversizedArchive):
        unpack(content, maximum_unpacked=999)


def test_there_may_not_be_too_many_parts():
    content = pack({"a": "", "b": "", "c": ""})
    assert len(unpack(content, maximum_parts=3)) == 3
    with pytest.raises(OversizedArchive):
        unpack(content, maximum_parts=2)


def test_a_size_that_the_file_lies_about_is_damage():
    content = pack({"groot": bytes(500_000)})
    lying = content.replace((500_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != content
    with pytest.raises(DamagedArchive):
        unpack(lying)


def test_a_password_is_told_from_damage():
    with pytest.raises(LockedArchive):
        unpack(lock(pack({"a": "b"})))


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_no_office_program_packs_is_refused(compression):
    with pytest.raises(DamagedArchive):
        unpack(pack({"a": "b"}, compression=compression))


# Named, because a zip file holds its time: workers that collect in different seconds would name two tests.
@pytest.mark.parametrize(
    "content", [b"", b"geen zip", pack({"a": "b" * 500})[:-30]], ids=["empty", "text", "cut off"]
)
def test_what_is_no_zip_is_damaged(content):
    with pytest.raises(DamagedArchive):
        unpack(content)
