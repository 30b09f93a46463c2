"""What every answer of the API has in common: read only, for everybody, kept by caches, compared by ETag."""

from hashlib import sha256
from typing import Any

from csp.constants import NONE
from csp.decorators import csp_replace
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.decorators import method_decorator
from django.utils.http import quote_etag
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from surveys.api.problems import answer_problem

VERSION = "1.1.0"
READING = "GET, HEAD, OPTIONS"
# How long a cache may hand out an answer without asking whether it changed, in seconds.
FRESH_FOR = 300
HEADERS = {
    "API-Version": VERSION,
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": READING,
    "Access-Control-Expose-Headers": "API-Version, ETag, Link",
    "X-Frame-Options": "DENY",
    # Figures may be read by programs of other sites; pages of this site stay closed to them.
    "Cross-Origin-Resource-Policy": "cross-origin",
}


class OneRepresentation(BaseContentNegotiation):
    """Every address has one representation; what the visitor accepts changes nothing."""

    def select_parser(self, request: Request, parsers: Any) -> None:
        return None

    def select_renderer(
        self, request: Request, renderers: list[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        return renderers[0], renderers[0].media_type


@method_decorator(csp_replace({"frame-ancestors": [NONE]}), name="dispatch")
class OpenDataView(APIView):
    """A view that anybody may read, without session or key."""

    http_method_names = ["get", "head", "options"]
    authentication_classes = ()
    permission_classes = ()
    throttle_classes = ()
    parser_classes = ()
    renderer_classes = (JSONRenderer,)
    content_negotiation_class = OneRepresentation

    def get_exception_handler(self) -> Any:
        return answer_problem

    def options(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What a browser asks before a program of another site may read."""
        return Response(
            status=204, headers={"Access-Control-Allow-Headers": "*", "Access-Control-Max-Age": "86400"}
        )

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The ETag is strong: it is the checksum of what is sent, and so of the release it was read from."""
        response = super().dispatch(request, *args, **kwargs)
        if isinstance(response, Response):
            response.render()
        if response.status_code == 200:
            etag = quote_etag(sha256(response.content).hexdigest())
            response["ETag"] = etag
            patch_cache_control(response, public=True, max_age=FRESH_FOR)
            response = get_conditional_response(request, etag=etag, response=response)
        else:
            patch_cache_control(response, no_store=True)
        for name, value in HEADERS.items():
            response[name] = value
        return response  # type: ignore[no-any-return]


class NotFoundView(OpenDataView):
    """Every other address under the API: a problem like all others, and no page."""

    schema = None

    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        raise Http404
