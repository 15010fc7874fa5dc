"""The commands of docs/operating.md that copy through an object store, with a folder as the store."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.docs.test_operating import PAGE
from tests.replica.published_copies_and_test_servers import Copies, TestServer, release_of, stored_name

COMMANDS = dict(re.findall(r"^```sh (store|download)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
pytestmark = pytest.mark.usefixtures("small_application")


def test_copies_arrive_through_a_store_that_may_forge_them(copies: Copies, tmp_path: Path) -> None:
    if shutil.which("rclone") is None:
        pytest.skip("rclone is not installed (Debian: apt-get install rclone)")
    settings, store = tmp_path / "rclone.conf", tmp_path / "store" / "atlas"
    settings.write_text(f"[store]\ntype = alias\nremote = {tmp_path / 'store'}\n", encoding="utf-8")

    def run(commands: str, folder: Path) -> None:
        for line in COMMANDS[commands].splitlines():
            subprocess.run([*line.split(), "--config", str(settings)], cwd=folder, check=True, capture_output=True)

    publisher = tmp_path / "publisher"
    for copy in (copies.first, copies.second):
        shutil.copytree(copy, publisher / "copy", dirs_exist_ok=True)
        run("store", publisher)
        if copy == copies.first:
            server = TestServer(tmp_path / "server", copies, copy)
        run("download", tmp_path / "server")
        assert server.check().status == "ok" and server.release == release_of(copy)
    path = store / "files" / stored_name(copies.second, "indexes/{release}/")
    path.write_bytes(path.read_bytes().replace(b"Huawei", b"Hoawei"))
    before = server.updates.served.prepared.database.read_bytes()
    run("download", tmp_path / "server")
    assert b"Hoawei" in (server.copy / "files" / path.name).read_bytes()
    assert server.updates.served.prepared.database.read_bytes() == before and b"Huawei" in before
    server.updates.close()
