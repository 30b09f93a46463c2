"""The second step: who must have one, and the words of allauth.mfa."""

from collections.abc import Callable
from typing import Any, ClassVar

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from qrcode.image.svg import SvgPathImage
from qrcode.main import QRCode

from surveys.accounts.models import Person


def must_set_up_second_step(person: Person) -> bool:
    """Whoever may enter the administration works with other people's data, so a stolen mailbox must not be enough."""
    return (
        settings.REQUIRE_SECOND_FACTOR
        and person.has_perm("wagtailadmin.access_admin")
        and not is_mfa_enabled(person)
    )


class SecondStepMiddleware:
    """Keeps the administration closed to administrators and editors until they have a second step."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_administration = request.path.startswith(reverse("wagtailadmin_home"))
        if is_administration and request.user.is_authenticated and must_set_up_second_step(request.user):
            return redirect("mfa_index")
        return self.get_response(request)


class SecondStepAdapter(DefaultMFAAdapter):
    error_messages: ClassVar = DefaultMFAAdapter.error_messages | {
        # Said of a code and of a passkey.
        "incorrect_code": "Dit klopt niet, of is niet meer geldig. Kijk het na en probeer het nog een keer.",
        "cannot_generate_recovery_codes": "Stel eerst een app of een passkey in. Daarna krijgt u herstelcodes.",
    }

    def build_totp_svg(self, url: str) -> str:
        """Without the XML declaration, which has no place inside a page."""
        code = QRCode(image_factory=SvgPathImage, border=2)
        code.add_data(url)
        return str(code.make_image().to_string(encoding="unicode"))

    def generate_authenticator_name(self, user: Person, type: Authenticator.Type) -> str:  # noqa: A002
        return f"Passkey {Authenticator.objects.filter(user=user, type=type).count() + 1}"

    def get_public_key_credential_rp_entity(self) -> dict[str, Any]:
        site: dict[str, Any] = super().get_public_key_credential_rp_entity()
        return site | {"name": settings.WAGTAIL_SITE_NAME}
