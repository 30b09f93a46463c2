"""What the answers of the API hold. The same classes write the answers and describe them in the OpenAPI document."""

from datetime import UTC
from typing import Any

from rest_framework import serializers

from surveys.api.columns import DATATYPES
from surveys.measures.models import Measure

LICENCE = "https://creativecommons.org/licenses/by/4.0/deed.nl"


class ProblemErrorSerializer(serializers.Serializer):
    def get_fields(self) -> dict[str, serializers.Field]:
        """`in` is a word of Python, so the fields have to be named here."""
        return {
            "in": serializers.CharField(help_text="Waar de fout zit: query."),
            "name": serializers.CharField(help_text="De naam van de parameter."),
            "code": serializers.CharField(help_text="Een vaste code voor programma's."),
            "detail": serializers.CharField(help_text="Wat er niet klopt en wat wel kan."),
        }


class ProblemSerializer(serializers.Serializer):
    """An answer with a mistake, as RFC 9457 has it."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = ProblemErrorSerializer(many=True, required=False)


class WaveSerializer(serializers.Serializer):
    code = serializers.CharField(help_text="De code van de meting in alle adressen.")
    title = serializers.CharField()
    version = serializers.IntegerField(source="version.number", help_text="De versie van de vragenlijst.")
    reference_date = serializers.DateField(
        help_text="De peildatum: gemeenten en inwoners zijn die van deze dag."
    )
    opened_on_date = serializers.DateField(source="opens_on", help_text="De eerste dag van invullen.")
    closed_on_date = serializers.DateField(source="closes_on", help_text="De laatste dag van invullen.")
    published_at = serializers.DateTimeField(
        source="results_published_at", default_timezone=UTC, help_text="Openbaar sinds."
    )
    licence = serializers.CharField(default=LICENCE)


class OptionSerializer(serializers.Serializer):
    code = serializers.CharField()
    text = serializers.CharField()


class ConditionSerializer(serializers.Serializer):
    question = serializers.CharField()
    any_of = serializers.ListField(child=serializers.CharField())


class QuestionSerializer(serializers.Serializer):
    """Of a pair of section and question."""

    code = serializers.CharField()
    section = serializers.CharField()
    section_title = serializers.CharField()
    measure = serializers.CharField(help_text="De sleutel van de maatregel; leeg bij een algemene vraag.")
    kind = serializers.CharField(help_text="single is één keuze, multiple zijn meer keuzes.")
    text = serializers.CharField()
    help = serializers.CharField()
    definition = serializers.CharField()
    unit = serializers.CharField()
    options = OptionSerializer(many=True)
    missing = serializers.ListField(
        child=serializers.CharField(), help_text="Welke soorten van geen antwoord er zijn."
    )
    conditions = ConditionSerializer(many=True, help_text="De vraag is alleen gesteld na deze antwoorden.")


class ResultRowSerializer(serializers.Serializer):
    """A row of the long file, column by column."""

    def get_fields(self) -> dict[str, serializers.Field]:
        kinds: dict[str, type[serializers.Field]] = {
            "integer": serializers.IntegerField,
            "number": serializers.FloatField,
            "string": serializers.CharField,
        }
        numbers = {"n", "base", "share", "lower", "upper", "value"}
        return {name: kinds[datatype](allow_null=name in numbers) for name, datatype in DATATYPES.items()}


class ResponseCountSerializer(serializers.Serializer):
    total = serializers.IntegerField()
    municipalities = serializers.IntegerField(help_text="Reacties van een gemeente.")
    youth_regions = serializers.IntegerField(help_text="Reacties van een jeugdregio.")


class CoverageSerializer(serializers.Serializer):
    municipalities = serializers.IntegerField()
    municipalities_total = serializers.IntegerField()
    municipality_share = serializers.FloatField(allow_null=True)
    inhabitants = serializers.IntegerField(
        allow_null=True, help_text="Leeg als de som zou verraden wie meedeed."
    )
    inhabitants_total = serializers.IntegerField()
    inhabitant_share = serializers.FloatField(allow_null=True)


class GroupRateSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField(source="label")
    municipalities = serializers.IntegerField(help_text="Voor hoeveel gemeenten er een reactie is.")
    municipalities_total = serializers.IntegerField(help_text="Hoeveel gemeenten er in de groep zijn.")
    municipality_share = serializers.FloatField(allow_null=True)


class GroupingSerializer(serializers.Serializer):
    """Of all groups together: one that is withheld would follow from the others."""

    status = serializers.ChoiceField(["ok", "suppressed"], help_text="suppressed is afgeschermd.")
    note = serializers.CharField()
    groups = GroupRateSerializer(many=True)


class ResponseRateSerializer(serializers.Serializer):
    wave = serializers.CharField()
    release = serializers.CharField(help_text="De publicatie waaruit de cijfers komen.")
    released_on_date = serializers.DateField()
    reference_date = serializers.DateField()
    responses = ResponseCountSerializer()
    coverage = CoverageSerializer()
    size_classes = GroupingSerializer()
    youth_regions = GroupingSerializer()
    licence = serializers.CharField()
    source = serializers.CharField()


class MeasureSerializer(serializers.ModelSerializer):
    class Meta:
        model = Measure
        fields = (
            "slug",
            "code",
            "name",
            "short_name",
            "summary",
            "explanation",
            "expected_effect_2022_million",
            "source",
        )


class PlaceSerializer(serializers.Serializer):
    code = serializers.CharField()
    name = serializers.CharField()


class MunicipalitySerializer(serializers.Serializer):
    code = serializers.CharField(help_text="De code van CBS.")
    name = serializers.CharField()
    year = serializers.IntegerField()
    population = serializers.IntegerField(help_text="Inwoners op 1 januari van dat jaar.")
    province = PlaceSerializer()
    youth_region = PlaceSerializer(allow_null=True)
    size_class = PlaceSerializer()


def list_of(item: type[serializers.Serializer], **facts: serializers.Field) -> type[serializers.Serializer]:
    """The answer that is a page of a list: how many there are, where the pages before and after are, and the items.

    `facts` are the fields that stand before the list.
    """
    name = item.__name__.removesuffix("Serializer")
    fields: dict[str, Any] = {
        **facts,
        "count": serializers.IntegerField(help_text="Hoeveel er in alle bladzijden samen zijn."),
        "next": serializers.CharField(allow_null=True, help_text="Het adres van de volgende bladzijde."),
        "previous": serializers.CharField(allow_null=True, help_text="Het adres van de vorige bladzijde."),
        "results": item(many=True),
    }
    return type(f"{name}ListSerializer", (serializers.Serializer,), fields)


WaveListSerializer = list_of(WaveSerializer)
QuestionListSerializer = list_of(QuestionSerializer)
MeasureListSerializer = list_of(MeasureSerializer)
MunicipalityListSerializer = list_of(MunicipalitySerializer)
ResultRowListSerializer = list_of(
    ResultRowSerializer,
    wave=serializers.CharField(),
    wave_title=serializers.CharField(),
    release=serializers.CharField(allow_null=True, help_text="De publicatie waaruit de cijfers komen."),
    released_on_date=serializers.DateField(allow_null=True),
    unit=serializers.CharField(),
    by=serializers.ListField(child=serializers.CharField()),
    reference_date=serializers.DateField(),
    base_rule=serializers.CharField(help_text="Waarop een aandeel is gebaseerd."),
    weighting=serializers.CharField(help_text="Hoe er is gewogen; leeg als er niet is gewogen."),
    caveats=serializers.ListField(child=serializers.CharField(), help_text="Lees dit bij de cijfers."),
    licence=serializers.CharField(),
    source=serializers.CharField(),
)
