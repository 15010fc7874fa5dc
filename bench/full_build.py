"""The whole atlas from the real files: seconds, peak memory and the account of every source.

    python -m bench.full_build [--data ../shared/data] [--json]

Runs `overt init` and `overt build --from DATA` as a user does, in a new directory. Target: under 60 s and 2 GB. There is no peer:
no other tool reads these sources.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

DATA = Path(os.environ.get("OVERT_DATA", Path(__file__).parents[2] / "shared" / "data"))


def run(data: Path) -> dict[str, Any]:
    """One measured build; raises CalledProcessError when a command fails."""
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as temporary:
        atlas = str(Path(temporary) / "atlas")
        overt = [sys.executable, "-m", "overt"]
        subprocess.run([*overt, "init", atlas], check=True, capture_output=True)
        begin = time.monotonic()
        built = subprocess.run(
            [*overt, "build", "--workspace", atlas, "--from", str(data), "--retrieved", "2026-11-24"],
            check=True,
            capture_output=True,
            text=True,
        )
        seconds = time.monotonic() - begin
    lines = built.stdout.splitlines()
    return {
        "seconds": round(seconds, 1),
        "peak_gigabytes": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6, 2),
        "release": lines[-1],
        "account": [line for line in lines if " rows = " in line],
    }


def main() -> None:
    """Print the account and the verdict, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    if not given.data.is_dir():
        print(f"{given.data}: the real data is not there; set OVERT_DATA or --data")
        return
    result = run(given.data)
    if given.json:
        print(json.dumps(result, indent=2))
        return
    print(*result["account"], sep="\n")
    print(f"{result['seconds']} s (target 60), {result['peak_gigabytes']} GB (target 2), release {result['release']}")


if __name__ == "__main__":
    main()
