"""A frame of four municipalities in two regions, and responses in it."""

from datetime import UTC, datetime

from surveys.fieldwork.overview import FrameRow, ResponseRow

SMALL, LARGE = (0, "klein", "Klein"), (100, "groot", "Groot")
NORTH, SOUTH = ("Noord", "PV1", "Noord"), ("Zuid", "PV2", "Zuid")
REGION_A, REGION_B = ("A", "JZ1", "A"), ("B", "JZ2", "B")

FRAME = [
    FrameRow("GM1", "Een", 10, SMALL, NORTH, REGION_A),
    FrameRow("GM2", "Twee", 20, SMALL, SOUTH, REGION_A),
    FrameRow("GM3", "Drie", 300, LARGE, SOUTH, REGION_B),
    FrameRow("GM4", "Vier", 400, LARGE, SOUTH, None),
]


def make_row(organisation, *municipalities, status="submitted", missing=None):
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
        missing=missing,
    )
