import io
import zipfile

import pytest

from surveys.offline.spreadsheets import UnreadableSpreadsheet, read_spreadsheet

TYPE = b"application/vnd.oasis.opendocument.spreadsheet" * 20


def pack(compression: int) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as archive:
        archive.writestr("mimetype", TYPE)
    return packed.getvalue()


@pytest.mark.parametrize("compression", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_part_that_cannot_be_unpacked_is_refused_in_words(compression):
    whole = pack(compression)
    start = len("mimetype") + 30  # after the header of the part and its name
    for position in range(start, start + 24):
        damaged = bytearray(whole)
        damaged[position] ^= 0xFF
        with pytest.raises(UnreadableSpreadsheet):
            read_spreadsheet(bytes(damaged), maximum_bytes=5_000_000)
