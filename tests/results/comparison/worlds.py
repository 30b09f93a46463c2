"""A published wave with people who compare: who said what, and who may be named."""

from collections.abc import Iterable
from dataclasses import replace
from unittest.mock import patch

from surveys.accounts.models import Organisation
from surveys.questionnaire.lifecycle import close_wave
from surveys.questionnaire.models import Wave
from surveys.responses.lifecycle.naming import decide_naming
from surveys.responses.lifecycle.submission import submit_response
from surveys.results.release import tables
from surveys.results.table import ResultTable, Status
from tests.responses.factories import (
    DONT_KNOW,
    MEMBER,
    NOW,
    OTHER_MEMBER,
    REGION,
    STRANGER,
    choose,
    make_person,
    make_response,
    make_wave,
    write,
)
from tests.results.release.factories import publish_wave

# Of the same region: for one the region speaks, the other answers itself; the last is nobody's.
SPOKEN_FOR, THIRD_MEMBER, SILENT = "GM0575", "GM0537", "GM0363"


def withhold_small_groups(counted: Iterable[ResultTable], **_: object) -> tuple[ResultTable, ...]:
    """In the place of the real protection, which has tests of its own and takes its time: groups of one or two."""
    return tuple(
        replace(
            table,
            rows=tuple(
                row._replace(status=Status.SUPPRESSED, n=None, base=None, share=None, lower=None, upper=None)
                if row.dimension_1 and 0 < row.units < 3
                else row
                for row in table.rows
            ),
        )
        for table in counted
    )


def publish_compared_wave() -> Wave:
    """Three municipalities of a region and one elsewhere answer themselves, and the region speaks for a fourth member.

    Nobody agreed to be named yet.
    """
    wave = make_wave(code="2026")
    said = {
        MEMBER: choose("ja"),
        OTHER_MEMBER: choose("ja"),
        THIRD_MEMBER: DONT_KNOW,
        STRANGER: choose("nee"),
    }
    for code, access in said.items():
        answers = {"beperkt": access, "poh": choose("nee"), "knelpunten": write("Geheim antwoord")}
        submit_response(make_response(wave, code, answers=answers), by=None, at=NOW)
    answers = {"beperkt": choose("nee"), "poh": choose("overig"), "verzekeraar": choose("ja")}
    region = make_response(wave, REGION, answers=answers, covers=[SPOKEN_FOR, MEMBER])
    submit_response(region, by=None, at=NOW)
    close_wave(wave)
    with patch.object(tables, "protect", withhold_small_groups):
        publish_wave(
            wave,
            questions=["beperkt", "hoe", "poh", "verzekeraar"],
            breakdowns=[("size_class",), ("youth_region",)],
            units=("municipality",),
        )
    return Wave.objects.select_related("version").get(pk=wave.pk)


def agree(wave: Wave, *codes: str, organisation: str = "", named: bool = True) -> None:
    """The municipalities may be named, or no longer: decided by themselves, or by another organisation."""
    for code in codes:
        decide_naming(
            wave,
            organisation=Organisation.objects.get(pk=organisation or code),
            named=[code] if named else [],
            asked=[code],
            by=make_person(f"beslist-{code}-{organisation}-{named}"),
            at=NOW,
        )
