"""What may stand after the question mark of an address. Every mistake is told at once, with what is allowed."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import QueryDict
from rest_framework import serializers

from surveys.questionnaire.definition import Definition
from surveys.results.dimensions import MAXIMUM_DIMENSIONS, UNIT_NAMES, Dimension, Unit, parse_dimensions

PAGE_SIZE = 1000
LARGEST_PAGE = 10_000
LAST_PAGE = 100_000
UNKNOWN_PARAMETER = "Deze parameter bestaat niet. Wat kan: {allowed}."
NOT_A_NUMBER = "Vul een heel getal in."
TOO_SMALL = "Vul een getal in van {min_value} of hoger."
TOO_LARGE = "Vul een getal in van {max_value} of lager."
NUMBER_MESSAGES = {
    "invalid": NOT_A_NUMBER,
    "max_string_length": NOT_A_NUMBER,
    "min_value": TOO_SMALL,
    "max_value": TOO_LARGE,
}


class Query(serializers.Serializer):
    """A parameter that is empty counts as left out; one that does not exist is refused: it is a typing error."""

    @classmethod
    def read(cls, parameters: QueryDict, **context: Any) -> Mapping[str, Any]:
        """Raises ValidationError with everything that is wrong."""
        filled = QueryDict(mutable=True)
        for name, values in parameters.lists():
            if any(values):
                filled.setlist(name, values)
        query = cls(data=filled, context=context)
        query.is_valid(raise_exception=True)
        return query.validated_data  # type: ignore[no-any-return]

    def to_internal_value(self, data: QueryDict) -> Any:
        unknown = [name for name in data if name not in self.fields]
        errors: dict[str, Any] = {}
        values: Any = {}
        try:
            values = super().to_internal_value(data)
        except serializers.ValidationError as error:
            errors = dict(error.detail)
        allowed = ", ".join(self.fields) or "geen enkele"
        for name in unknown:
            errors[name] = [
                serializers.ErrorDetail(UNKNOWN_PARAMETER.format(allowed=allowed), code="unknown_parameter")
            ]
        if errors:
            raise serializers.ValidationError(errors)
        return values


class NoQuery(Query):
    """An address without parameters."""


class PageQuery(Query):
    page = serializers.IntegerField(
        min_value=1,
        max_value=LAST_PAGE,
        default=1,
        error_messages=NUMBER_MESSAGES,
        help_text="Welke bladzijde van een lange lijst u wilt.",
    )
    pageSize = serializers.IntegerField(  # noqa: N815
        min_value=1,
        max_value=LARGEST_PAGE,
        default=PAGE_SIZE,
        error_messages=NUMBER_MESSAGES,
        help_text="Hoeveel rijen er op een bladzijde staan.",
    )


class YearQuery(PageQuery):
    year = serializers.IntegerField(
        min_value=1900,
        max_value=2200,
        required=False,
        error_messages=NUMBER_MESSAGES,
        help_text="De gemeenten op 1 januari van dit jaar. Zonder jaar krijgt u het nieuwste jaar.",
    )


class CodesField(serializers.ListField):
    """Codes with commas between them, or the parameter more than once."""

    child = serializers.CharField()

    def get_value(self, dictionary: QueryDict) -> Any:
        values = dictionary.getlist(self.field_name)
        codes = [code.strip() for value in values for code in value.split(",")]
        return codes if values else serializers.empty


class TableQuery(Query):
    """Which figures of a wave; `definition` in the context is the questionnaire that it asks."""

    question = CodesField(
        required=False,
        help_text="De code van een vraag, of meer codes met komma's ertussen. Zonder code krijgt u alle vragen.",
    )
    by = CodesField(
        required=False,
        help_text=(
            "Waarnaar u wilt uitsplitsen, hoogstens twee met een komma ertussen: size_class (grootteklasse), "
            "youth_region (jeugdregio), province (provincie), respondent_type (soort respondent), question:<code> "
            "(een vraag met één keuze) of question:<code>:<antwoord> (een antwoord op een vraag met meer keuzes)."
        ),
    )
    unit = serializers.ChoiceField(
        choices=[(unit.value, name) for unit, name in UNIT_NAMES.items()],
        default=Unit.RESPONSE.value,
        error_messages={"invalid_choice": f"Deze eenheid bestaat niet. Kies uit: {', '.join(Unit)}."},
        help_text="Wat er geteld wordt: response (reacties), municipality (gemeenten) of inhabitants (inwoners).",
    )

    def validate_question(self, codes: list[str]) -> list[str]:
        asked = self.definition.questions
        unknown = [code for code in codes if code not in asked]
        if unknown:
            raise serializers.ValidationError(
                f"Deze meting heeft de vraag {_quote(unknown)} niet. Kies uit: {', '.join(asked)}.",
                code="unknown_question",
            )
        return codes

    def validate_by(self, codes: list[str]) -> tuple[str, ...]:
        try:
            return tuple(parse_dimensions(codes))
        except ValueError:
            raise serializers.ValidationError(
                f"Hiernaar kunt u niet uitsplitsen: {_quote(codes)}. Kies hoogstens {MAXIMUM_DIMENSIONS} verschillende "
                f"uit: {', '.join(Dimension)}, question:<code> en question:<code>:<antwoord>.",
                code="unknown_dimension",
            ) from None

    @property
    def definition(self) -> Definition:
        return self.context["definition"]  # type: ignore[no-any-return]


class RowsQuery(TableQuery, PageQuery):
    """The same figures, a page at a time."""


def _quote(codes: Iterable[str]) -> str:
    return ", ".join(f"„{code}”" for code in codes)
