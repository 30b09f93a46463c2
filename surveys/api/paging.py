"""A page of a list as an answer."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param


def answer_page(
    request: Request,
    query: Mapping[str, Any],
    items: Any,
    *,
    item: type[serializers.Serializer],
    facts: Mapping[str, Any] | None = None,
) -> Response:
    """The page of `query` from a list or a queryset, after the `facts`. Raises NotFound beyond the last page."""
    page, size = query["page"], query["pageSize"]
    count = items.count() if hasattr(items, "query") else len(items)
    first, last = (page - 1) * size, page * size
    if page > 1 and first >= count:
        raise NotFound
    return Response(
        {
            **(facts or {}),
            "count": count,
            "next": _link(request, page + 1) if last < count else None,
            "previous": _link(request, page - 1) if page > 1 else None,
            "results": item(items[first:last], many=True).data,
        }
    )


def _link(request: Request, page: int) -> str:
    """Under the public address of the site, whatever host the visitor named."""
    link: str = replace_query_param(f"{settings.SITE_URL}{request.get_full_path()}", "page", page)
    return link
