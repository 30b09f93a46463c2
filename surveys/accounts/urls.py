"""The part of allauth that this site uses, under the names that allauth expects.

Nobody makes their own account or changes their own address, so those pages do not exist.
"""

from allauth.account import views as allauth_views
from allauth.mfa.base import views as mfa_views
from allauth.mfa.recovery_codes import views as recovery_views
from allauth.mfa.totp import views as totp_views
from allauth.mfa.webauthn import views as passkey_views
from allauth.socialaccount import views as social_views
from django.urls import path, re_path

from surveys.accounts.confirmation import ConfirmByCodeView, confirm_first
from surveys.accounts.identity_providers import return_from_elsewhere, sign_in_elsewhere
from surveys.accounts.views import SecondStepView, SignInView, explain_accounts, show_account

urlpatterns = [
    path("", show_account, name="account_overview"),
    # The door
    path("login/", SignInView.as_view(), name="account_login"),
    path("login/code/", allauth_views.request_login_code, name="account_request_login_code"),
    path("login/code/invullen/", allauth_views.confirm_login_code, name="account_confirm_login_code"),
    path("login/tweede-stap/", mfa_views.authenticate, name="mfa_authenticate"),
    path("login/via/<slug:provider_id>/", sign_in_elsewhere, name="openid_connect_login"),
    path("login/via/<slug:provider_id>/terug/", return_from_elsewhere, name="openid_connect_callback"),
    path("login/afgebroken/", social_views.login_cancelled, name="socialaccount_login_cancelled"),
    path("login/mislukt/", social_views.login_error, name="socialaccount_login_error"),
    # allauth's mail to an unknown address leads here.
    path("geen-account/", explain_accounts, name="account_signup"),
    path("logout/", allauth_views.logout, name="account_logout"),
    path("inactief/", allauth_views.account_inactive, name="account_inactive"),
    # The password
    path("wachtwoord/", allauth_views.password_change, name="account_change_password"),
    path("wachtwoord/kiezen/", confirm_first(allauth_views.password_set), name="account_set_password"),
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
    # Who are you, once more?
    path("bevestigen/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("bevestigen/code/", ConfirmByCodeView.as_view(), name="account_confirm_by_code"),
    path("bevestigen/tweede-stap/", mfa_views.reauthenticate, name="mfa_reauthenticate"),
    path("bevestigen/passkey/", passkey_views.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    # The second step
    path("tweede-stap/", SecondStepView.as_view(), name="mfa_index"),
    path("tweede-stap/app/", confirm_first(totp_views.activate_totp), name="mfa_activate_totp"),
    path("tweede-stap/app/verwijderen/", totp_views.deactivate_totp, name="mfa_deactivate_totp"),
    path("tweede-stap/herstelcodes/", recovery_views.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "tweede-stap/herstelcodes/nieuw/",
        confirm_first(recovery_views.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    # The passkeys stand on the same page; allauth returns to this name.
    path("tweede-stap/", SecondStepView.as_view(), name="mfa_list_webauthn"),
    path("tweede-stap/passkey/", confirm_first(passkey_views.add_webauthn), name="mfa_add_webauthn"),
    path("tweede-stap/passkey/<int:pk>/", passkey_views.edit_webauthn, name="mfa_edit_webauthn"),
    path(
        "tweede-stap/passkey/<int:pk>/verwijderen/", passkey_views.remove_webauthn, name="mfa_remove_webauthn"
    ),
]
