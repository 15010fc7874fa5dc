"""A public server leaves no trace of its readers: while they read, it writes no file and sends nothing to anyone else."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.support.small_atlas import make_atlas

WRITING = (
    "openat,open,creat,write,pwrite64,writev,pwritev,pwritev2,sendto,sendmsg,sendmmsg,sendfile,connect,rename,renameat,renameat2,"
    "unlink,unlinkat,mkdir,mkdirat,link,linkat,symlink,symlinkat,truncate,ftruncate,utimensat,copy_file_range,fallocate"
)
OPENS = re.compile(r'^(?:open|openat|creat)\((?:[^,]*, )?"([^"]*)", ([A-Z_|0-9a-z]*)')
DESCRIPTOR = re.compile(r"^(\w+)\(\d+<(.*?)>[,)]")
HARMLESS = re.compile(r"^(/dev/null|(pipe|anon_inode|UNIX(-STREAM|-DGRAM)?|socket|NETLINK):?.*)$")
"""Matches `/dev/null`, and pipes and sockets between the server's own processes and threads."""


@contextmanager
def traced(pid: int, log: Path) -> Iterator[None]:
    """Record the system calls of a process that write or send, until the block ends."""
    command = ["strace", "-f", "-yy", "-s", "200", "-e", f"trace={WRITING}", "-o", str(log), "-p", str(pid)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    if "attached" not in (line := process.stderr.readline()):
        process.kill()
        pytest.skip(f"strace cannot attach here: {line}")
    try:
        yield
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate()


def traces(log: str, port: int) -> list[str]:
    """Return the successful calls that write to a file, or send to anyone but the readers connected to `port`.

    Lines of an unknown form are returned, too.
    """
    reader = re.compile(rf"^TCP(v6)?:\[127\.0\.0\.1:{port}->127\.0\.0\.1:\d+\]$")
    suspicious = []
    for line in log.splitlines():
        call = line.partition(" ")[2].strip()
        if re.search(r"= -1 E", call) or call.startswith(("<...", "+++", "---")):
            continue
        if opened := OPENS.match(call):
            if re.search(r"O_WRONLY|O_RDWR|O_CREAT|O_TMPFILE|^creat", opened[2]) and opened[1] != "/dev/null":
                suspicious.append(call)
        elif written := DESCRIPTOR.match(call):
            if not (reader.match(written[2]) or HARMLESS.match(written[2])):
                suspicious.append(call)
        else:
            suspicious.append(call)
    return suspicious


def test_the_check_sees_writes_and_connections() -> None:
    log = """1 openat(AT_FDCWD, "/tmp/x", O_RDONLY|O_CLOEXEC) = 3</tmp/x>
1 openat(AT_FDCWD, "/tmp/y", O_WRONLY|O_CREAT|O_CLOEXEC, 0666) = 3</tmp/y>
1 write(4</tmp/y>, "huawei", 6) = 6
1 write(5<pipe:[81]>, "x", 1) = 1
1 sendto(6<TCP:[127.0.0.1:80->127.0.0.1:999]>, "page", 4, 0, NULL, 0) = 4
1 sendto(6<TCP:[127.0.0.1:81->192.0.2.1:443]>, "huawei", 6, 0, NULL, 0) = 6
1 mkdir("/tmp/z", 0777) = 0
1 openat(AT_FDCWD, "/tmp/none", O_RDWR) = -1 ENOENT (No such file or directory)"""
    assert [call.partition("(")[0] for call in traces(log, 80)] == ["openat", "write", "sendto", "mkdir"]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_a_day_of_a_reader_leaves_no_trace(tmp_path: Path) -> None:
    workspace, first = make_atlas(tmp_path / "atlas")
    make_atlas(workspace.root, note="the second")
    command = [sys.executable, "-m", "overt", "-w", str(workspace.root), "serve", "--public", "--port", "0"]
    environment = {**os.environ, "OTEL_TRACES_EXPORTER": "otlp", "XDG_STATE_HOME": str(tmp_path / "state")}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as server:
        try:
            assert server.stderr is not None
            address = next(line for line in server.stderr if line.startswith("Overt is at ")).split()[3].rstrip("/")
            with httpx.Client(base_url=address, timeout=120, follow_redirects=True) as client:
                _wait_until_quiet(server.pid)
                with traced(server.pid, tmp_path / "log"):
                    statuses = {path: client.get(path).status_code for path in _day(client, first)}
                    form = {"queries": '{"q0": {"query": "Huawei"}}'}
                    assert client.post("/reconcile", data=form).json()["q0"]
                    assert client.head("/country/KE").status_code == 200
            assert {status for path, status in statuses.items() if "nothing" not in path} == {200}, statuses
            log = (tmp_path / "log").read_text()
            assert log.count("HTTP/1.1 200 OK") > 20, "the answers were traced"
            assert traces(log, int(address.rpartition(":")[2])) == []
        finally:
            server.terminate()
        printed = server.stderr.read()
        assert not [word for word in ("127.0.0.1:", "words", "huawei", "nairobi", "Traceback") if word in printed]


def _day(client: httpx.Client, older: str) -> list[str]:
    record = client.get("/api/v1/projects?limit=1").json()["items"][0]["id"]
    return [
        "/", "/explorer", "/explorer?year_from=2015&q=nairobi", "/search?q=huawei+kenya", "/api/v1/search?q=hauwei",
        "/countries", "/country/KE", "/zh/country/LA", "/country/KE/print", "/country/KE/charts/timeline.svg",
        f"/project/{record}", f"/project/{record}.bib", "/figures", "/figure/test-projects", "/figure/test-projects.csv",
        "/projects.csv?year_from=2011", "/projects.parquet?year_from=2012", "/projects.geojson?year_from=2013",
        "/map.svg?year_from=2014", "/map.png?year_from=2016", "/tiles/0/0/0.mvt", "/tiles/3/4/4.mvt",
        "/api/v1/facets?year_from=2017", "/ogc/collections/projects/items?limit=5", f"/api/v1/releases/{older}/figures",
        f"/api/v1/changes?since={older}", "/releases", "/nothing-here?secret=words", "/static/style.css", "/api/openapi.json",
        "/healthz", "/overlaps", "/compare?country=KE&country=LA", "/corrections",
        "/share/country/KE.png", "/zh/share/home.png", f"/country/KE?known={older}",
        f"/api/v1/projects?known={older}&year_from=2018",
    ]  # fmt: skip


def _wait_until_quiet(pid: int) -> None:
    """Wait until the server and its helpers have used hardly any processor time for five seconds, but at most five minutes."""
    used, quiet_since, end = -1, time.monotonic(), time.monotonic() + 300
    while time.monotonic() < min(end, quiet_since + 5):
        time.sleep(0.2)
        now = _processor_ticks(pid)
        if now > used + 2:
            used, quiet_since = now, time.monotonic()


def _processor_ticks(pid: int) -> int:
    stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    children = (child for task in Path(f"/proc/{pid}/task").iterdir() for child in _children(task))
    return int(stat[11]) + int(stat[12]) + sum(_processor_ticks(int(child)) for child in children)


def _children(task: Path) -> list[str]:
    try:
        return (task / "children").read_text().split()
    except FileNotFoundError:  # The thread has ended since it was listed.
        return []
