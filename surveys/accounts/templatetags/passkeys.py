import json
from collections.abc import Mapping

from django import template
from django.core.serializers.json import DjangoJSONEncoder

register = template.Library()


@register.filter
def as_json(value: Mapping[str, object]) -> str:
    """For a data- attribute: what the browser has to know before it asks for a passkey."""
    return json.dumps(value, cls=DjangoJSONEncoder)
