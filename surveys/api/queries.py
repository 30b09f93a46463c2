"""What the API reads beside the public tables."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Max

from surveys.questionnaire.definition import Definition
from surveys.territory.models import MunicipalityYear, Province, SizeClass, YouthRegion
from surveys.territory.queries import list_municipalities


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
