"""The systemd unit and the container file agree with the documentation, and leave little to attack."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.test_operating import BLOCKS, PAGE, free_port, serving
from tests.packaging.test_documented_release_recomputation import container_steps
from tests.packaging.test_wheel import ROOT
from tests.support.small_atlas import SmallAtlas

UNIT = ROOT / "deploy" / "overt.service"
CONTAINER = (ROOT / "Containerfile").read_text(encoding="utf-8")
MAX_EXPOSURE = 1.5
"""Highest score allowed on the scale of `systemd-analyze security`, from 0 (nothing left to attack) to 10."""
with_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")


def analyze(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["systemd-analyze", "--no-pager", *map(str, words)], capture_output=True, text=True, check=False)


def test_the_page_includes_the_unit() -> None:
    assert BLOCKS["ini"] == UNIT.read_text(encoding="utf-8")


@with_systemd
def test_systemd_knows_every_line_of_the_unit(tmp_path: Path) -> None:
    for text, complains in ((BLOCKS["ini"], False), (BLOCKS["ini"].replace("ProtectHome", "ProtectHoem"), True)):
        path = tmp_path / "overt.service"
        path.write_text(text.replace("/opt/overt/.venv/bin/overt", sys.executable), encoding="utf-8")
        done = analyze("verify", path)
        assert bool([line for line in done.stderr.splitlines() if "overt.service" in line]) == complains, done.stderr


@with_systemd
def test_the_unit_leaves_little_to_attack() -> None:
    done = analyze("security", "--offline=true", f"--threshold={MAX_EXPOSURE * 10:.0f}", UNIT)
    assert done.returncode == 0, done.stdout
    exposed = analyze("security", "--offline=true", "--threshold=5", UNIT)
    assert exposed.returncode != 0, "the threshold counts"


def test_the_container_is_not_root_and_serves_the_public() -> None:
    [user] = re.findall(r"^USER (\S+)$", CONTAINER, re.MULTILINE)
    assert all(int(part) > 1000 for part in user.split(":"))
    [command] = re.findall(r"^CMD (\[.*\])$", CONTAINER, re.MULTILINE)
    assert json.loads(command)[:2] == ["serve", "--public"]
    ignored = (ROOT / ".containerignore").read_text(encoding="utf-8").splitlines()
    assert ignored[0] == "*" and len(ignored) == 3, "nothing else of the checkout gets into an image"


def test_the_health_check_tells_a_server_from_none(atlas: SmallAtlas) -> None:
    [text] = re.findall(r"^HEALTHCHECK [^\[]*CMD (\[.*\])$", CONTAINER, re.MULTILINE)
    python, *words = json.loads(text)
    assert python == "python"

    def code(port: int) -> int:
        command = [sys.executable, *(word.replace("8765", str(port)) for word in words)]
        return subprocess.run(command, check=False, stderr=subprocess.DEVNULL).returncode

    with serving(atlas, "[site]\npublic = true\n") as port:
        assert code(port) == 0
    assert code(free_port()) != 0


def test_the_page_installs_as_the_container_does() -> None:
    match = re.search(r"```bash install\n(.*?)```", PAGE, re.DOTALL)
    assert match is not None
    steps = [
        re.sub(r"requirements/|dist/", "", line).replace("/opt/overt/.venv", "environment") for line in match[1].splitlines()
    ]
    assert steps == container_steps()
