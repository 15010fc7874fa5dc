"""The files that the front end build puts into the package: their names and compressed copies."""

import json
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

ROOT = Path(__file__).parents[2]
BUILT = Path(str(files("overt"))) / "static/built"
STABLE = {
    "map.js",
    "map.css",
    "search.js",
    "downloads.js",
    "still-map.js",
    "still-search.js",
    "world.json",
    "world-steps.json",
    *(
        f"{face}.woff2"
        for part in ("latin", "latin-ext")
        for face in (f"source-sans-3-{part}-400", f"source-sans-3-{part}-600", f"source-serif-4-{part}-600")
    ),
}


def test_names_that_pages_rely_on() -> None:
    assert {path.name for path in BUILT.iterdir()} >= STABLE


def test_each_text_file_has_a_compressed_copy() -> None:
    texts = [path for path in BUILT.iterdir() if path.suffix in (".js", ".css", ".json")]
    assert len(texts) >= 6
    for path in texts:
        assert path.with_name(f"{path.name}.br").stat().st_size < path.stat().st_size * 0.6, path.name


def test_the_lock_names_no_host_to_fetch_from() -> None:
    packages = json.loads((ROOT / "web/package-lock.json").read_bytes())["packages"]
    assert not [name for name, package in packages.items() if "resolved" in package]


def test_a_second_build_does_nothing() -> None:
    process = subprocess.run([sys.executable, ROOT / "web/build.py"], capture_output=True, text=True, check=True)
    assert process.stdout == "front end: up to date\n"
