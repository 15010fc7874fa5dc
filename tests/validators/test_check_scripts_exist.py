"""Each check that a test or benchmark names is a script in `checks/`. Most checks run only in `make test-all` or by hand."""

import re

from tests.validators import HERE, ROOT


def test_every_named_check_is_there() -> None:
    texts = (path.read_text(encoding="utf-8") for folder in ("tests", "bench") for path in (ROOT / folder).rglob("*.py"))
    named = {name for text in texts for name in re.findall(r'\b(?:run_)?check\(\s*"(\w+)"', text)}
    assert len(named) > 10
    assert named <= {path.stem for path in (HERE / "checks").glob("*.py")}
