"""What the processes of the site say on stdout, for `logging.config`: a JSON object per line."""

from pythonjsonlogger.core import RESERVED_ATTRS

JSON_LINES = {
    "version": 1,
    "disable_existing_loggers": False,
    # So that whoever collects the log can search it.
    "formatters": {
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "fmt": ["asctime", "levelname", "name", "message"],
            "rename_fields": {"asctime": "time", "levelname": "level", "message": "event"},
            # A request holds its whole address, with what somebody searched for.
            "reserved_attrs": [*RESERVED_ATTRS, "request"],
        }
    },
    "handlers": {
        "stdout": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "json"}
    },
    "root": {"handlers": ["stdout"], "level": "INFO"},
    "loggers": {
        # A refused request is news for the web server's log, not a warning with a path in ours.
        "django.request": {"level": "ERROR"},
        # Two lines for every page that is indexed.
        "django_tasks": {"level": "WARNING"},
        # What editors do stands in Wagtail's own audit log.
        "wagtail": {"level": "WARNING"},
    },
}
