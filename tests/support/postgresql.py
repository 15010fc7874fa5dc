"""A PostgreSQL server for the tests, on a socket in a temporary folder."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_ACCOUNT = "postgres"
"""The account that Debian's package creates. The server refuses to run as root."""


def _program(name: str) -> str | None:
    """Return the path of a PostgreSQL program; None if it isn't installed. On Debian, each version has a folder of its own."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return shutil.which(name, path=os.pathsep.join([*map(str, folders), os.environ.get("PATH", "")]))


@contextmanager
def postgresql_server() -> Iterator[str]:
    """Run a server and yield the address of its database, in the form that SQLAlchemy and overt.toml use.

    Skips the test if PostgreSQL is not installed.
    """
    initdb, server = _program("initdb"), _program("pg_ctl")
    if not initdb or not server:
        pytest.skip("needs PostgreSQL")
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # paths of sockets must be short
    if os.getuid() == 0:
        shutil.chown(folder, _ACCOUNT)

    def run(*words: str) -> None:
        account = ["runuser", "-u", _ACCOUNT, "--"] if os.getuid() == 0 else []
        subprocess.run([*account, *words], check=True, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    data = folder / "data"
    try:
        run(initdb, "--pgdata", str(data), "--username", "overt", "--auth", "trust", "--encoding", "UTF8", "--no-locale")
        options = f"-c listen_addresses= -c unix_socket_directories={folder}"
        run(server, "--pgdata", str(data), "--wait", "--options", options, "--log", str(folder / "log"), "start")
        try:
            yield f"postgresql+psycopg://overt@/postgres?host={folder}"
        finally:
            run(server, "--pgdata", str(data), "--wait", "--mode", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
