"""Settings, read from the environment; every variable is documented in .env.example and docs/settings.md."""

from pathlib import Path

from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF, UNSAFE_INLINE
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from environs import Env

from config.identity_providers import read_identity_providers
from config.logs import JSON_LINES
from surveys.outreach.reminding import REMINDER_HOUR

BASE_DIR = Path(__file__).resolve().parent.parent

env = Env()
env.read_env(BASE_DIR / ".env", recurse=False)

VAR_DIR = Path(env.str("VAR_DIR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

# Without a database server this is a first look on one machine; with one it is production unless said otherwise.
DEMO = env.bool("DEMO", env.str("DATABASE_URL", "").partition(":")[0] in {"", "sqlite"})
DEBUG = env.bool("DEBUG", False)
PORT = env.int("PORT", 8000)
SITE_URL = env.str("SITE_URL", f"http://localhost:{PORT}")


def read_or_create_secret_key(path: Path) -> str:
    """Keep one key per demo installation, so that sessions survive a restart."""
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(get_random_secret_key())
    return path.read_text()


SECRET_KEY = env.str("SECRET_KEY", "")
if not SECRET_KEY:
    if not DEMO:
        raise ImproperlyConfigured("Set SECRET_KEY: only a demo installation makes one by itself.")
    SECRET_KEY = read_or_create_secret_key(VAR_DIR / "secret_key")

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"] if DEMO else [])
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# --- What the site consists of -------------------------------------------------------------------

INSTALLED_APPS = [
    "config",
    "practices",
    "surveys.demo",
    "surveys.api",
    "surveys.downloads",
    "surveys.results",
    "surveys.coding",
    "surveys.fieldwork",
    "surveys.outreach",
    "surveys.drafts",
    "surveys.offline",
    "surveys.responses",
    "surveys.teamwork",
    "surveys.questionnaire",
    "surveys.accounts",
    "surveys.measures",
    "surveys.territory",
    "wagtail.contrib.redirects",
    "wagtail.sites",
    "surveys.accounts.wagtail_apps.PeopleAdminConfig",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.content_security.PathCSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "surveys.accounts.second_factor.SecondStepMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "surveys.demo.context.demo_world",
            ],
        },
    },
]

# --- Data ----------------------------------------------------------------------------------------

DATABASES = {"default": env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR_DIR}/db.sqlite3")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Writers take their lock at the start of a transaction and wait for each other, instead of failing half-way.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    # Connecting takes as long as many queries: a connection is used again, once it answers.
    DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
    # For the statements of `surveys/statements.py`; everything else Django sends unprepared.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("prepare_threshold", 5)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Files: the limit on sign-in attempts holds for all processes of the site together.
# Past its number of entries a cache of files throws away a third at random, limits on sign-in attempts included.
CACHES = {"default": env.dj_cache_url("CACHE_URL", f"file://{VAR_DIR}/cache?max_entries=10000")}

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEMO
        else "config.storage.HashedFilesStorage"
    },
}
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = DEMO
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
EXPORT_DIR = VAR_DIR / "exports"
EVIDENCE_DIR = VAR_DIR / "evidence"

# --- Background work -----------------------------------------------------------------------------

CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", "filesystem://localhost")
if CELERY_BROKER_URL.startswith("filesystem:"):
    # Messages are files: site and worker are two real processes without a broker service between them.
    CELERY_BROKER_TRANSPORT = "config.broker:FileTransport"
    BROKER_DIR = VAR_DIR / "broker"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(BROKER_DIR / "messages"),
        "data_folder_out": str(BROKER_DIR / "messages"),
        "control_folder": str(BROKER_DIR / "control"),
        "polling_interval": 0.2,
    }
    for folder in ("messages", "control"):
        (BROKER_DIR / folder).mkdir(parents=True, exist_ok=True)
CELERY_TASK_IGNORE_RESULT = True
# A task is acknowledged when it is done, so that one cut off by a stopped worker is done again.
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_IMPORTS = [
    "practices.ageing.tasks",
    "practices.links.tasks",
    "practices.contributing.tasks",
    "surveys.outreach.reminder_tasks",
    "surveys.results.release.schedule",
    "surveys.results.release.tasks",
]
# What happens by itself, at hours of TIME_ZONE; one beat process keeps the time (docs/deployment.md).
CELERY_BEAT_SCHEDULE = {
    "send-reminders-of-today": {
        "task": "surveys.outreach.reminder_tasks.send_reminders_of_today",
        "schedule": crontab(hour=REMINDER_HOUR, minute=0),
    },
    # Of a mailing that is still going on, a message can be lost with the broker: ten minutes of silence tell.
    "resume-sending": {
        "task": "surveys.outreach.tasks.resume_sending",
        "schedule": crontab(minute="*/10"),
        "kwargs": {"quiet_minutes": 10},
    },
    "publish-releases-of-now": {
        "task": "surveys.results.release.schedule.publish_releases_of_now",
        "schedule": crontab(minute="*/5"),
    },
    "ask-reviews-of-today": {
        "task": "practices.contributing.tasks.ask_reviews_of_today",
        "schedule": crontab(hour=7, minute=0),
    },
    "check-links": {
        "task": "practices.links.tasks.start_checking",
        "schedule": crontab(day_of_week="mon", hour=4, minute=0),
    },
    "tell-of-ageing-cases": {
        "task": "practices.ageing.tasks.tell_of_ageing_cases",
        "schedule": crontab(day_of_week="mon", hour=7, minute=0),
    },
    "publish-pages-of-now": {
        "task": "practices.tasks.publish_pages_of_now",
        "schedule": crontab(minute="*/5"),
    },
    "erase-old-contacts": {
        "task": "surveys.outreach.tasks.erase_old_contacts",
        "schedule": crontab(hour=3, minute=0),
    },
    "mail-waiting-reactions": {
        "task": "practices.tasks.mail_waiting_reactions",
        "schedule": crontab(hour=8, minute=0),
    },
}
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "beat-schedule")
# Asks addresses on other sites that pages lead to whether they are still there; never one in a network of our own.
LINK_CHECKS = env.bool("LINK_CHECKS", True)
# How long after a wave's last day the researchers keep whom they wrote to.
CONTACT_RETENTION_DAYS = env.int("CONTACT_RETENTION_DAYS", 365)

# --- People and sign-in --------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["surveys.accounts.backends.PersonBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "surveys.accounts.password_rules.NotLikeThePerson"},
    {"NAME": "surveys.accounts.password_rules.MinimumLength", "OPTIONS": {"min_length": 12}},
    {"NAME": "surveys.accounts.password_rules.NotCommon"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "responses:overview"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "surveys.accounts.adapter.ClosedAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "request_login_code": "20/m/ip,5/5m/key",
}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
# An unknown address gets a mail that says so: the page can then answer everybody in the same words and time.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {
    "login": "surveys.accounts.forms.SignInForm",
    "request_login_code": "surveys.accounts.forms.RequestCodeForm",
    "confirm_login_code": "surveys.accounts.forms.CodeForm",
    "reauthenticate": "surveys.accounts.forms.ConfirmByPasswordForm",
    "set_password": "surveys.accounts.forms.FirstPasswordForm",
    "change_password": "surveys.accounts.forms.ReplacePasswordForm",
    "reset_password": "surveys.accounts.forms.RequestPasswordForm",
    "reset_password_from_key": "surveys.accounts.forms.NewPasswordForm",
}

# In the demo everybody may be everybody with one click, and nothing is real.
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", not DEMO)
MFA_ADAPTER = "surveys.accounts.second_factor.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Maatregelenmonitor jeugdhulp"
# A clock may be half a minute off.
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "surveys.accounts.second_factor_forms.SecondStepForm",
    "reauthenticate": "surveys.accounts.second_factor_forms.ConfirmBySecondStepForm",
    "activate_totp": "surveys.accounts.second_factor_forms.SetUpAppForm",
    "deactivate_totp": "surveys.accounts.second_factor_forms.RemoveAppForm",
    "generate_recovery_codes": "surveys.accounts.second_factor_forms.NewRecoveryCodesForm",
    "add_webauthn": "surveys.accounts.second_factor_forms.AddPasskeyForm",
    "edit_webauthn": "surveys.accounts.second_factor_forms.RenamePasskeyForm",
    "authenticate_webauthn": "surveys.accounts.second_factor_forms.PasskeySignInForm",
    "reauthenticate_webauthn": "surveys.accounts.second_factor_forms.ConfirmByPasskeyForm",
}

SOCIALACCOUNT_ADAPTER = "surveys.accounts.identity_providers.OwnPeopleAdapter"
SOCIALACCOUNT_PROVIDERS = read_identity_providers(env.json("OIDC_PROVIDERS", []), needs_https=not DEMO)
# A link, not a form: browsers refuse a form that ends up at another site, as the Content-Security-Policy asks.
SOCIALACCOUNT_LOGIN_ON_GET = True

# --- Mail ----------------------------------------------------------------------------------------

# Every mail goes to the worker; what stands behind it follows from EMAIL_URL.
EMAIL_BACKEND = "surveys.accounts.mail_backends.QueueBackend"
MAIL_DIR = VAR_DIR / "mail"
EMAIL_CONFIG = env.dj_email_url("EMAIL_URL") if env.str("EMAIL_URL", "") else {}
DELIVERY_EMAIL_BACKEND = EMAIL_CONFIG.get(
    "EMAIL_BACKEND",
    "surveys.accounts.mail_backends.FolderBackend" if DEMO else "django.core.mail.backends.smtp.EmailBackend",
)
EMAIL_HOST = EMAIL_CONFIG.get("EMAIL_HOST", "localhost")
EMAIL_PORT = EMAIL_CONFIG.get("EMAIL_PORT", 25)
EMAIL_HOST_USER = EMAIL_CONFIG.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = EMAIL_CONFIG.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = EMAIL_CONFIG.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = EMAIL_CONFIG.get("EMAIL_USE_SSL", False)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "maatregelenmonitor@localhost")
SECURITY_CONTACT = env.str("SECURITY_CONTACT", f"mailto:{DEFAULT_FROM_EMAIL}")
REST_FRAMEWORK = {"DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema"}
OPEN_DATA_PUBLISHER = env.str("OPEN_DATA_PUBLISHER", "Maatregelenmonitor jeugdhulp")

# --- Security ------------------------------------------------------------------------------------

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = not DEMO
SECURE_REDIRECT_EXEMPT = [r"^gezondheid/"]
SECURE_HSTS_SECONDS = 0 if DEMO else 31536000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEMO
SECURE_REFERRER_POLICY = "same-origin"
if env.bool("BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Otherwise the whole world would share the proxy's address, and its limit on sign-in attempts.
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = [
    "security.W019",  # the page editor shows its preview in a frame of the same site
    "security.W021",  # the preload list is the domain owner's decision
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
# Wagtail's page editor and date pickers still need inline scripts and styles.
ADMIN_CONTENT_SECURITY_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
}

# --- Language ------------------------------------------------------------------------------------

LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
CELERY_TIMEZONE = TIME_ZONE
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

# --- Wagtail -------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Maatregelenmonitor jeugdhulp"
WAGTAILADMIN_BASE_URL = SITE_URL
# A page that moves or gets another address is still found at the old one.
WAGTAILREDIRECTS_AUTO_CREATE = True
# Everybody chooses their own password, by e-mail.
WAGTAILUSERS_PASSWORD_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
# These three would make the editor's browser or the site ask third parties.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
# Who is waited for is mailed by practices/contributing, in our own words.
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_I18N_ENABLED = False
WAGTAILADMIN_PERMITTED_LANGUAGES = [("nl", "Nederlands")]
# No drawings (SVG), which can hold scripts, and no images that move.
WAGTAILIMAGES_EXTENSIONS = ["avif", "jpeg", "jpg", "png", "webp"]
WAGTAILSEARCH_BACKENDS = {
    "default": {
        "BACKEND": "wagtail.search.backends.database",
        "SEARCH_CONFIG": "dutch",
    }
}

# --- Log -----------------------------------------------------------------------------------------

LOGGING = JSON_LINES
