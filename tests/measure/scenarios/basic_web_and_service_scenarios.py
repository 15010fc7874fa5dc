"""Scenarios: generated measurements, each with the expected verdict and mechanism.

`python -m tests.measure.scenarios.basic_web_and_service_scenarios DIR` writes these scenarios and those in
detailed_service_scenarios.py as files.
"""

import json
import sys
from pathlib import Path
from typing import Any

from tests.measure.scenarios.basic_service_scenarios import service_verdict_scenarios
from tests.measure.scenarios.basic_web_scenarios import web_verdict_scenarios


def scenarios() -> dict[str, tuple[dict[str, Any], str, str | None]]:
    """Return scenarios by name: measurement, expected verdict, expected mechanism."""
    return web_verdict_scenarios() | service_verdict_scenarios()


def main(folder: Path, measurements: dict[str, dict[str, Any]] | None = None) -> None:
    """Write each measurement to a file named after it; by default, the scenarios of this module."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, measurement in (measurements or {name: entry[0] for name, entry in scenarios().items()}).items():
        (folder / f"{name}.json").write_text(json.dumps(measurement), encoding="utf-8")


if __name__ == "__main__":
    from tests.measure.scenarios.detailed_service_scenarios import cases

    main(Path(sys.argv[1]))
    main(Path(sys.argv[1]), {name: case.measurement for name, case in cases().items()})
