"""The part of allauth that this site uses, under the names that allauth expects.

Nobody makes their own account or changes their own address, so those pages do not exist.
"""

from allauth.account import views as allauth_views
from django.urls import path, re_path

from surveys.accounts.views import show_account

urlpatterns = [
    path("", show_account, name="account_overview"),
    path("login/", allauth_views.login, name="account_login"),
    path("logout/", allauth_views.logout, name="account_logout"),
    path("inactief/", allauth_views.account_inactive, name="account_inactive"),
    path("wachtwoord/", allauth_views.password_change, name="account_change_password"),
    path("wachtwoord/vergeten/", allauth_views.password_reset, name="account_reset_password"),
    path(
        "wachtwoord/vergeten/verstuurd/",
        allauth_views.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^wachtwoord/nieuw/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        allauth_views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
]
