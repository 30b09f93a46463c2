from django.urls import include, path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from config.health import live, ready, security_txt

urlpatterns = [
    path("gezondheid/live", live, name="health_live"),
    path("gezondheid/ready", ready, name="health_ready"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
    # Wagtail's own sign-in is not rate-limited: there is one door.
    path("beheer/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("beheer/", include(wagtailadmin_urls)),
    path("documenten/", include(wagtaildocs_urls)),
    path("account/", include("allauth.account.urls")),
    path("invullen/", include("surveys.responses.urls")),
    path("resultaten/", include("surveys.results.urls")),
    path("", include(wagtail_urls)),
]
