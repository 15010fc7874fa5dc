"""Each check that a test names is a script of `checks/`; most of these tests run in `make test-all` only."""

import re
from pathlib import Path

from tests.validators import HERE


def test_every_named_check_is_there() -> None:
    texts = (path.read_text(encoding="utf-8") for path in HERE.parent.rglob("test_*.py"))
    named = {name for text in texts for name in re.findall(r'\bcheck\(\s*"(\w+)"', text)}
    assert len(named) > 10
    assert named <= {path.stem for path in Path(HERE / "checks").glob("*.py")}
