"""The practices in the open data; a part of the API of `surveys.api` that needs the library."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from practices.models import PracticeFact, PracticeMeasure, PracticePage, PracticeStatus
from surveys.api.answers import list_of
from surveys.api.open_data import OpenDataView
from surveys.api.openapi import describe
from surveys.api.paging import answer_page
from surveys.api.parameters import PageQuery

PARTS = (
    "measure_links",
    "themes",
    "audiences",
    "municipalities",
    "youth_regions",
    "provinces",
    "earlier_statuses",
    "facts",
    "sources__document",
)


class FactSerializer(serializers.ModelSerializer):
    value = serializers.CharField(
        source="figure", help_text="Zoals het op de pagina staat, met het voorbehoud."
    )

    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)

    class Meta:
        model = PracticeFact
        fields = (
            "value",
            "text",
            "low",
            "high",
            "qualifier",
            "unit",
            "wording",
            "period",
            "denominator",
            "kind",
            "topic",
            "section",
        )


class MeasureLinkSerializer(serializers.ModelSerializer):
    measure = serializers.CharField(source="measure_id")

    class Meta:
        model = PracticeMeasure
        fields = ("measure", "strength", "direction", "note", "is_editorial")


class StatusSerializer(serializers.ModelSerializer):
    class Meta:
        model = PracticeStatus
        fields = ("status", "when")


class SourceSerializer(serializers.Serializer):
    title = serializers.CharField(source="name")
    period = serializers.CharField(source="date_text", help_text="Wanneer de bron verscheen, in woorden.")
    section = serializers.CharField()


class TextsField(serializers.ListField):
    """The texts of a list in the page."""

    child = serializers.CharField()

    def to_representation(self, data: Any) -> list[str]:
        return [str(block.value) for block in data]


class PracticeSerializer(serializers.ModelSerializer):
    """Codes lead to the measures and to the territory of this API."""

    url = serializers.CharField(source="full_url", help_text="De pagina op deze site.")
    measures = serializers.SerializerMethodField()
    measure_links = MeasureLinkSerializer(many=True)
    themes = serializers.SlugRelatedField("code", many=True, read_only=True)
    audiences = serializers.SlugRelatedField("code", many=True, read_only=True)
    municipalities = serializers.SlugRelatedField("code", many=True, read_only=True)
    youth_regions = serializers.SlugRelatedField("code", many=True, read_only=True)
    provinces = serializers.SlugRelatedField("code", many=True, read_only=True)
    outline = TextsField()
    conditions = TextsField()
    costs = TextsField()
    lessons = TextsField()
    setbacks = TextsField()
    parties = TextsField()
    caveats = TextsField()
    earlier_statuses = StatusSerializer(many=True)
    facts = FactSerializer(many=True)
    source = SourceSerializer(source="main_source", allow_null=True)
    sources = SourceSerializer(many=True)

    class Meta:
        model = PracticePage
        fields = (
            "slug",
            "title",
            "url",
            "summary",
            "intro",
            "reason",
            "year",
            "status",
            "status_when",
            "earlier_statuses",
            "effect",
            "effect_note",
            "evidence",
            "review_by",
            "place_kind",
            "place_label",
            "organisation",
            "municipalities",
            "youth_regions",
            "provinces",
            "measures",
            "measure_links",
            "themes",
            "audience",
            "audiences",
            "outline",
            "conditions",
            "facts",
            "costs",
            "lessons",
            "setbacks",
            "parties",
            "caveats",
            "source",
            "sources",
        )

    def get_measures(self, page: PracticePage) -> list[str]:
        return [link.measure_id for link in page.measure_links.all()]


PracticeListSerializer = list_of(PracticeSerializer)


class PracticeListView(OpenDataView):
    @describe("De praktijkvoorbeelden.", name="listPractices", query=PageQuery, answer=PracticeListSerializer)
    def get(self, request: Request) -> Response:
        query = PageQuery.read(request.query_params)
        pages = PracticePage.objects.live().order_by("slug")
        return answer_page(
            request,
            query,
            pages.prefetch_related(*PARTS),
            item=PracticeSerializer,
        )
