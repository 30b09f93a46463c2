from collections.abc import Mapping
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from surveys.api.answers import (
    LICENCE,
    SOURCE,
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
from surveys.api.queries import describe_municipalities, find_newest_year, list_questions, rate_response
from surveys.measures.models import Measure
from surveys.questionnaire.models import Wave
from surveys.questionnaire.queries import list_public_waves, load_definition
from surveys.results.access import access_public_wave
from surveys.results.publication import public_table
from surveys.results.table import ResultTable
from surveys.territory.queries import UnknownDate


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
        rate = rate_response(wave)
        answer = {
            "wave": wave.code,
            "reference_date": wave.reference_date,
            "responses": {
                "total": rate.overview.submitted,
                "municipalities": rate.overview.submitted_municipalities,
                "youth_regions": rate.overview.submitted_regions,
            },
            "coverage": rate.overview.coverage,
            "size_classes": rate.size_classes,
            "youth_regions": rate.youth_regions,
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
    """The public figures of a choice. Raises ValidationError for figures that this wave does not have."""
    try:
        return public_table(
            wave, unit=query["unit"], dimensions=query.get("by", ()), questions=query.get("question")
        )
    except (ValueError, KeyError) as error:
        raise serializers.ValidationError(
            {
                "by": [
                    serializers.ErrorDetail(
                        "Deze meting heeft geen cijfers voor deze keuze van vragen, uitsplitsing en eenheid. "
                        "Kies minder of andere uitsplitsingen.",
                        code="no_such_figures",
                    )
                ]
            }
        ) from error
