from allauth.account.utils import get_next_redirect_url, perform_login
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from surveys.accounts.models import Person
from surveys.demo.models import DemoWorld
from surveys.demo.signins import SIGN_INS


@never_cache
@require_POST
def sign_in_as(request: HttpRequest, role: str) -> HttpResponse:
    """Sign in as one of the demo's people without any proof; on any other installation this page does not exist."""
    emails = {signin.slug: signin.email for signin in SIGN_INS}
    if not settings.DEMO or role not in emails or not DemoWorld.objects.exists():
        raise Http404
    person = Person.objects.filter(email=emails[role], is_active=True).first()
    if person is None:
        raise Http404
    response: HttpResponse = perform_login(request, person, redirect_url=get_next_redirect_url(request))
    return response
