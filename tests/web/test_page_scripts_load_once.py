"""The built scripts: pages load map.js, search.js and downloads.js themselves, so no other script may load one of them again."""

import re
from pathlib import Path

import overt.static

BUILT = Path(overt.static.__path__[0]) / "built"


def test_no_script_loads_the_script_of_a_page_again() -> None:
    scripts = [*BUILT.rglob("*.js")]
    assert {"map.js", "search.js"} <= {path.name for path in scripts}
    loading = {
        path.name: names
        for path in scripts
        if (names := re.findall(r"[\"'`]\./(map|search|downloads)\.js[\"'`]", path.read_text(encoding="utf-8")))
    }
    assert loading == {}
