"""Looking into a zip file that somebody hands in, such as an office document, without being flooded by it. Pure."""

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

BLOCK = 1 << 16
BEGINNING = 128
IS_LOCKED = 1  # the bit of a part that says so
USUAL_COMPRESSION = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What unpacking raises for a file that is broken or packed in an unusual way.
DAMAGES = (
    zipfile.BadZipFile, zlib.error, struct.error, ValueError, KeyError, NotImplementedError, RuntimeError, OSError,
    EOFError, lzma.LZMAError,
)  # fmt: skip


class DamagedArchive(Exception):
    """The file cannot be unpacked, or no office program packs like this."""


class LockedArchive(DamagedArchive):
    """The file can be unpacked with a password only."""


class OversizedArchive(Exception):
    """More comes out of the file than it may hold."""


def unpack_beginnings(file: BinaryIO, *, maximum_unpacked: int, maximum_parts: int) -> dict[str, bytes]:
    """The first bytes of every part by its name, at most 128 of each.

    Every part is unpacked and thrown away, until all of them together are larger than `maximum_unpacked` bytes.
    Raises DamagedArchive, LockedArchive and OversizedArchive.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            if len(parts) > maximum_parts:
                raise OversizedArchive
            if any(part.flag_bits & IS_LOCKED for part in parts):
                raise LockedArchive
            beginnings, unpacked = {}, 0
            for part in parts:
                beginnings[part.filename] = b""
                for block in _unpack(archive, part):
                    beginnings[part.filename] = beginnings[part.filename] or block[:BEGINNING]
                    unpacked += len(block)
                    if unpacked > maximum_unpacked:
                        raise OversizedArchive
            return beginnings
    except DAMAGES as error:
        raise DamagedArchive from error


def _unpack(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """What really comes out, block by block: the size that a zip file says of itself can be a lie."""
    if part.compress_type not in USUAL_COMPRESSION:
        raise DamagedArchive
    with archive.open(part) as content:
        while block := content.read(BLOCK):
            yield block
