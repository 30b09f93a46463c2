from typing import Any

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings

ADMIN_PATH = "/beheer/"


class PathCSPMiddleware(CSPMiddleware):
    """Strict everywhere; relaxed only under /beheer/, where Wagtail's editor needs it."""

    def get_policy_parts(self, request: Any, response: Any, report_only: bool = False) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path.startswith(ADMIN_PATH) and not report_only:
            parts.config = settings.ADMIN_CONTENT_SECURITY_POLICY
        return parts
