import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
READ = """
import json
from config import settings
print(json.dumps({name: getattr(settings, name) for name in (
    "SESSION_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "SESSION_COOKIE_SAMESITE",
    "CSRF_COOKIE_SECURE", "CSRF_COOKIE_HTTPONLY", "CSRF_COOKIE_SAMESITE",
    "SECURE_SSL_REDIRECT", "DEBUG", "DEMO",
)}))
"""


def test_in_production_cookies_travel_over_https_only(tmp_path: Path) -> None:
    environment = os.environ | {  # noqa: TID251 - of another process
        "DATABASE_URL": "postgresql://site@db.example/monitor",
        "DEBUG": "0",
        "DEMO": "0",
        "SECRET_KEY": "only-for-this-test",
        "VAR_DIR": str(tmp_path),
    }

    output = subprocess.run(
        [sys.executable, "-c", READ], cwd=ROOT, env=environment, capture_output=True, check=True, text=True
    ).stdout

    assert json.loads(output) == {
        "SESSION_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_SECURE": True,
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SAMESITE": "Lax",
        "SECURE_SSL_REDIRECT": True,
        "DEBUG": False,
        "DEMO": False,
    }
