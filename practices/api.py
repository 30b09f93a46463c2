"""The practices in the open data; a part of the API of `surveys.api` that needs the library."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from practices.models import PracticePage
from surveys.api.answers import list_of
from surveys.api.open_data import OpenDataView
from surveys.api.openapi import describe
from surveys.api.paging import answer_page
from surveys.api.parameters import PageQuery


class FactSerializer(serializers.Serializer):
    value = serializers.CharField()
    text = serializers.CharField()
    kind = serializers.CharField()


class SourceSerializer(serializers.Serializer):
    title = serializers.CharField(source="source_title")
    period = serializers.CharField(source="source_date", help_text="Wanneer de bron verscheen, in woorden.")
    section = serializers.CharField(source="source_section")


class TextsField(serializers.ListField):
    """The texts of a list in the page."""

    child = serializers.CharField()

    def to_representation(self, data: Any) -> list[str]:
        return [str(block.value) for block in data]


class FactsField(serializers.ListField):
    """The figures of a list in the page."""

    def to_representation(self, data: Any) -> list[dict[str, str]]:
        return [self.child.to_representation(block.value) for block in data]


class PracticeSerializer(serializers.ModelSerializer):
    """Codes lead to the measures and to the territory of this API."""

    url = serializers.CharField(source="full_url", help_text="De pagina op deze site.")
    measures = serializers.SlugRelatedField("slug", many=True, read_only=True)
    municipalities = serializers.SlugRelatedField("code", many=True, read_only=True)
    youth_regions = serializers.SlugRelatedField("code", many=True, read_only=True)
    provinces = serializers.SlugRelatedField("code", many=True, read_only=True)
    outline = TextsField()
    conditions = TextsField()
    lessons = TextsField()
    caveats = TextsField()
    facts = FactsField(child=FactSerializer())
    source = SourceSerializer(source="*")

    class Meta:
        model = PracticePage
        fields = (
            "slug",
            "title",
            "url",
            "summary",
            "intro",
            "year",
            "organisation",
            "place_label",
            "measures",
            "municipalities",
            "youth_regions",
            "provinces",
            "outline",
            "conditions",
            "facts",
            "lessons",
            "caveats",
            "source",
        )


PracticeListSerializer = list_of(PracticeSerializer)


class PracticeListView(OpenDataView):
    @describe("De praktijkvoorbeelden.", name="listPractices", query=PageQuery, answer=PracticeListSerializer)
    def get(self, request: Request) -> Response:
        query = PageQuery.read(request.query_params)
        pages = PracticePage.objects.live().order_by("slug")
        return answer_page(
            request,
            query,
            pages.prefetch_related("measures", "municipalities", "youth_regions", "provinces"),
            item=PracticeSerializer,
        )
