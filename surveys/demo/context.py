from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from surveys.demo.models import DemoWorld
from surveys.demo.signins import SIGN_INS, DemoSignIn


def demo_world(request: HttpRequest) -> dict[str, Any]:
    """Let every template show the banner, and the sign-in page its accounts, while the answers are invented."""

    @cache
    def is_demo() -> bool:
        return DemoWorld.objects.exists()

    def list_signins() -> tuple[DemoSignIn, ...]:
        return SIGN_INS if settings.DEMO and is_demo() else ()

    return {"demo_world": is_demo, "demo_signins": list_signins}
