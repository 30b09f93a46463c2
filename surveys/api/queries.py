"""What the API reads beside the public tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max

from surveys.api.response_rates import GroupRate, rate_groups
from surveys.fieldwork.overview import NO_REGION, FrameRow, ResponseOverview, build_overview
from surveys.fieldwork.queries import list_frame_rows, list_response_rows
from surveys.questionnaire.definition import Definition
from surveys.questionnaire.models import Wave
from surveys.responses.models import Response, ResponseMunicipality
from surveys.territory.models import MunicipalityYear, Province, SizeClass, YouthRegion
from surveys.territory.queries import list_municipalities


@dataclass(frozen=True)
class ResponseRate:
    """How far the response of a wave reaches, as the public may know it."""

    overview: ResponseOverview
    size_classes: list[GroupRate]
    youth_regions: list[GroupRate]


def rate_response(wave: Wave) -> ResponseRate:
    """In four queries, however many responses there are."""
    frame = list_frame_rows(wave)
    responses = list_response_rows(wave)
    delivered = {
        code for response in responses if response.is_submitted for code in response.municipality_codes
    }
    unnamed = set(
        ResponseMunicipality.objects.filter(
            response__wave=wave, response__status=Response.Status.SUBMITTED, may_be_named=False
        ).values_list("municipality", flat=True)
    )

    def rate(places: list[tuple[FrameRow, tuple[str, str]]]) -> list[GroupRate]:
        return rate_groups(places, delivered=delivered, unnamed=unnamed, minimum=wave.minimum_public_base)

    by_size = sorted(frame, key=lambda row: row.size_class)
    by_region = sorted(frame, key=lambda row: row.youth_region or ("\uffff", "", NO_REGION))
    return ResponseRate(
        overview=build_overview(frame, responses=responses),
        size_classes=rate([(row, row.size_class[1:]) for row in by_size]),
        youth_regions=rate(
            [(row, row.youth_region[1:] if row.youth_region else ("", NO_REGION)) for row in by_region]
        ),
    )


def list_questions(definition: Definition) -> list[dict[str, Any]]:
    """Every question with the part of the questionnaire in which it is asked."""
    return [
        {
            "section": section.code,
            "section_title": section.title,
            "measure": section.measure,
            **{
                name: getattr(question, name)
                for name in (
                    "code",
                    "kind",
                    "text",
                    "help",
                    "definition",
                    "unit",
                    "options",
                    "missing",
                    "conditions",
                )
            },
        }
        for section in definition.sections
        for question in section.questions
    ]


def find_newest_year() -> int | None:
    """The newest year with facts about municipalities."""
    newest: int | None = MunicipalityYear.objects.aggregate(year=Max("year"))["year"]
    return newest


def describe_municipalities(year: int) -> list[dict[str, Any]]:
    """The municipalities on 1 January in order of code, in seven queries. Raises UnknownDate."""
    municipalities = list_municipalities(date(year, 1, 1))
    provinces = dict(Province.objects.values_list("code", "name"))
    regions = dict(YouthRegion.objects.values_list("code", "name"))
    classes = dict(SizeClass.objects.values_list("code", "name"))
    return [
        {
            "code": row.code,
            "name": row.name,
            "year": year,
            "population": row.population,
            "province": _name(row.province_code, provinces),
            "youth_region": _name(row.youth_region_code, regions) if row.youth_region_code else None,
            "size_class": _name(row.size_class_code, classes),
        }
        for row in municipalities
    ]


def _name(code: str, names: Mapping[str, str]) -> dict[str, str]:
    return {"code": code, "name": names[code]}
