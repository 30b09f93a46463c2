import os
import signal
import socket
import subprocess
import sys
from typing import Any, NoReturn
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

# A browser keeps idle connections open: threads, so that one of those does not hold up a whole process.
SITE = "gunicorn config.wsgi --bind 127.0.0.1:{port} --workers 2 --threads 4 --no-control-socket --log-level warning"
# With --beat: on one machine the worker itself keeps the time of what happens daily.
WORKER = "celery --app config --quiet worker --pool solo --beat --loglevel warning"
READY_TRIES = 120
TRY_SECONDS = 0.5
STOP_SECONDS = 15


class Command(BaseCommand):
    help = "Maakt de site klaar en start haar, samen met het werkproces op de achtergrond. Stop met Ctrl-C."

    def handle(self, *args: Any, **options: Any) -> None:
        """The same two processes as on a server; when one of them stops, so does the other."""
        _check_port()
        signal.signal(signal.SIGINT, _interrupt)
        signal.signal(signal.SIGTERM, _interrupt)
        processes: list[subprocess.Popen[bytes]] = []
        try:
            call_command("prepare_site", stdout=self.stdout)
            processes += [_start(WORKER), _start(SITE.format(port=settings.PORT))]
            _wait_until_ready(processes[1])
            self.stdout.write(f"\nDe site draait op {settings.SITE_URL}/  (stoppen: Ctrl-C)")
            self.stdout.flush()
            os.wait()
        except KeyboardInterrupt:
            return
        finally:
            _stop(processes)
        raise CommandError("De site of het werkproces is gestopt; de reden staat hierboven.")


def _check_port() -> None:
    """Say so at once, rather than after all the preparation or from another site that answers there."""
    try:
        socket.create_server(("127.0.0.1", settings.PORT)).close()
    except OSError as error:
        raise CommandError(f"Poort {settings.PORT} is al in gebruik. Kies een andere met PORT=…") from error


def _start(command: str) -> subprocess.Popen[bytes]:
    """Start in a session of its own: Ctrl-C reaches only us, and we stop both in order."""
    return subprocess.Popen(
        [sys.executable, "-m", *command.split()], cwd=settings.BASE_DIR, start_new_session=True
    )


def _wait_until_ready(site: subprocess.Popen[bytes]) -> None:
    for _ in range(READY_TRIES):
        try:
            with urlopen(f"http://127.0.0.1:{settings.PORT}/gezondheid/ready", timeout=TRY_SECONDS):
                return
        except (URLError, TimeoutError):
            pass
        try:
            site.wait(TRY_SECONDS)
        except subprocess.TimeoutExpired:
            continue
        break
    raise CommandError("De site is niet gestart; de reden staat hierboven.")


def _stop(processes: list[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _interrupt(signal_number: int, frame: object) -> NoReturn:
    raise KeyboardInterrupt
