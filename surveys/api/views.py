from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.timezone import localdate
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from surveys.api.answers import (
    LICENCE,
    MeasureListSerializer,
    MeasureSerializer,
    MunicipalityListSerializer,
    MunicipalitySerializer,
    QuestionListSerializer,
    QuestionSerializer,
    ResponseRateSerializer,
    ResultRowListSerializer,
    ResultRowSerializer,
    WaveListSerializer,
    WaveSerializer,
)
from surveys.api.open_data import OpenDataView
from surveys.api.openapi import describe
from surveys.api.paging import answer_page
from surveys.api.parameters import NoQuery, PageQuery, RowsQuery, YearQuery
from surveys.api.queries import describe_municipalities, find_newest_year, list_questions
from surveys.fieldwork.overview import Coverage
from surveys.measures.models import Measure
from surveys.questionnaire.models import Wave
from surveys.questionnaire.queries import load_definition
from surveys.results.access import access_public_wave, list_public_waves
from surveys.results.credits import SOURCE
from surveys.results.publication import NotInRelease, find_public_release, public_table
from surveys.results.release.response import read_response
from surveys.results.table import ResultTable
from surveys.territory.queries import UnknownDate

WITHHELD_GROUPS = "Deze groepen tonen we niet: anders is te zien welke gemeente meedeed."


class WaveListView(OpenDataView):
    @describe(
        "De metingen waarvan de resultaten openbaar zijn.",
        name="listWaves",
        query=PageQuery,
        answer=WaveListSerializer,
    )
    def get(self, request: Request) -> Response:
        query = PageQuery.read(request.query_params)
        return answer_page(request, query, list_public_waves(), item=WaveSerializer)


class WaveView(OpenDataView):
    @describe("Eén meting.", name="getWave", answer=WaveSerializer)
    def get(self, request: Request, code: str) -> Response:
        wave = access_public_wave(code)
        NoQuery.read(request.query_params)
        return Response(WaveSerializer(wave).data)


class QuestionListView(OpenDataView):
    @describe(
        "De vragen van een meting, in de volgorde van de vragenlijst.",
        name="listQuestions",
        query=PageQuery,
        answer=QuestionListSerializer,
    )
    def get(self, request: Request, code: str) -> Response:
        wave = access_public_wave(code)
        query = PageQuery.read(request.query_params)
        return answer_page(
            request, query, list_questions(load_definition(wave.version)), item=QuestionSerializer
        )


class ResultListView(OpenDataView):
    @describe(
        "De cijfers van een meting: per vraag, groep en antwoord een rij.",
        name="listResults",
        query=RowsQuery,
        answer=ResultRowListSerializer,
    )
    def get(self, request: Request, code: str) -> Response:
        wave = access_public_wave(code)
        query = RowsQuery.read(request.query_params, definition=load_definition(wave.version))
        table = read_table(wave, query)
        facts = {
            "wave": table.wave,
            "wave_title": table.wave_title,
            "release": table.release or None,
            "released_on_date": table.released_on,
            "unit": table.unit,
            "by": table.dimensions,
            "reference_date": table.reference_date,
            "base_rule": table.base_rule,
            "weighting": table.weighting,
            "caveats": table.caveats,
            "licence": LICENCE,
            "source": SOURCE,
        }
        return answer_page(request, query, table.rows, item=ResultRowSerializer, facts=facts)


class ResponseView(OpenDataView):
    @describe(
        "De respons van een meting, per grootteklasse en per jeugdregio.",
        name="getResponse",
        answer=ResponseRateSerializer,
    )
    def get(self, request: Request, code: str) -> Response:
        wave = access_public_wave(code)
        NoQuery.read(request.query_params)
        release = find_public_release(wave)
        response = read_response(release.facts["response"])
        answer = {
            "wave": wave.code,
            "release": release.code,
            "released_on_date": localdate(release.published_at),
            "reference_date": wave.reference_date,
            "responses": {
                "total": response.submitted,
                "municipalities": response.submitted_municipalities,
                "youth_regions": response.submitted_regions,
            },
            "coverage": response.coverage,
            "size_classes": _show_groups(response.size_classes),
            "youth_regions": _show_groups(response.youth_regions),
            "licence": LICENCE,
            "source": SOURCE,
        }
        return Response(ResponseRateSerializer(answer).data)


class MeasureListView(OpenDataView):
    @describe("De maatregelen.", name="listMeasures", query=PageQuery, answer=MeasureListSerializer)
    def get(self, request: Request) -> Response:
        query = PageQuery.read(request.query_params)
        return answer_page(request, query, Measure.objects.all(), item=MeasureSerializer)


class MunicipalityListView(OpenDataView):
    @describe(
        "De gemeenten van een jaar, met inwoners, provincie, jeugdregio en grootteklasse.",
        name="listMunicipalities",
        query=YearQuery,
        answer=MunicipalityListSerializer,
    )
    def get(self, request: Request) -> Response:
        query = YearQuery.read(request.query_params)
        year = query.get("year") or find_newest_year()
        try:
            municipalities = describe_municipalities(year) if year else []
        except UnknownDate as error:
            raise serializers.ValidationError(
                {"year": [serializers.ErrorDetail(str(error), code="unknown_year")]}
            ) from error
        return answer_page(request, query, municipalities, item=MunicipalitySerializer)


def read_table(wave: Wave, query: Mapping[str, Any]) -> ResultTable:
    """The public figures of a choice. Raises ValidationError for figures that are not in the latest release."""
    try:
        return public_table(
            wave, unit=query["unit"], dimensions=query.get("by", ()), questions=query.get("question")
        )
    except NotInRelease as error:
        release = find_public_release(wave)
        breakdowns = ", ".join(",".join(dimensions) for dimensions in release.breakdowns)
        reason = (
            f"{error} Wel gepubliceerd zijn de eenheden {', '.join(release.units)}, de uitsplitsingen {breakdowns} "
            f"en de vragen {', '.join(release.questions)}."
        )
        raise serializers.ValidationError(
            {"question,by,unit": [serializers.ErrorDetail(reason, code="not_published")]}
        ) from error


def _show_groups(groups: Sequence[Coverage]) -> dict[str, Any]:
    """A release leaves out all groups when one of them would tell who took part."""
    return {
        "status": "ok" if groups else "suppressed",
        "note": "" if groups else WITHHELD_GROUPS,
        "groups": groups,
    }
