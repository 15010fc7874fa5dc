"""What the benchmarks share: how a command is measured, a server started, and how a result and its targets are told."""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

DATA = Path(os.environ.get("OVERT_DATA", Path(__file__).parents[2] / "shared" / "data"))
"""Where the real files are."""
OVERT = (sys.executable, "-m", "overt")


class Missing(Exception):
    """What a benchmark cannot run without is not there; the message is the one line to print."""


@dataclass(frozen=True)
class Target:
    """A bound that a measured number must keep."""

    what: str
    measured: float
    bound: float
    unit: str
    at_least: bool = False

    @property
    def met(self) -> bool:
        """Whether the bound is kept."""
        return self.measured >= self.bound if self.at_least else self.measured < self.bound

    def __str__(self) -> str:
        wanted = f"{'at least' if self.at_least else 'under'} {self.bound:g}{self.unit}"
        return f"{self.what} {self.measured:g}{self.unit} ({wanted}: {'met' if self.met else 'MISSED'})"


@dataclass(frozen=True)
class Child:
    """A command that ran to its end."""

    seconds: float
    cpu_seconds: float
    peak_gigabytes: float
    output: str


def run_child(command: Sequence[str | Path]) -> Child:
    """Run a command and measure it; raises RuntimeError with its last words when it fails."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        begin = monotonic()
        process = subprocess.Popen([str(part) for part in command], stdout=out, stderr=errors)
        _, status, used = os.wait4(process.pid, 0)
        seconds = monotonic() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        errors.seek(0)
        if process.returncode:
            raise RuntimeError(f"`{' '.join(str(part) for part in command)}` failed: {errors.read().decode().strip()[-500:]}")
        return Child(seconds, used.ru_utime + used.ru_stime, peak_gigabytes(used), out.read().decode())


def peak_gigabytes(used: resource.struct_rusage) -> float:
    """The most memory that was held at once, of what the system says that a process used."""
    # Linux counts in units of 1,024 bytes, macOS in bytes.
    return used.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e9


@contextmanager
def folder(kept: Path | None) -> Iterator[Path]:
    """The folder that is to be kept, or one that is gone afterwards."""
    if kept:
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as temporary:
        yield Path(temporary)


@contextmanager
def served(workspace: Path | None, *words: str, said: str = "Overt is at ") -> Iterator[tuple[str, Path]]:
    """A server of an atlas, the shipped edition where none is given: the address that the command prints after `said`, and the
    atlas's directory. `words`: more for the command. Raises RuntimeError with its last words when it gives no address.
    """
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as temporary:
        atlas = workspace or Path(temporary) / "atlas"
        command = ["serve", "--workspace", str(atlas)] if workspace else ["demo", "--directory", str(atlas)]
        whole = [*OVERT, *command, "--port", "0", *words]
        # What building prints must not stand before a benchmark's JSON.
        with subprocess.Popen(whole, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as server:
            try:
                assert server.stderr is not None
                before: list[str] = []
                for line in server.stderr:
                    if line.startswith(said):
                        yield line.removeprefix(said).split()[0].rstrip("/"), atlas
                        return
                    before.append(line)
                raise RuntimeError(f"`overt {command[0]}` gave no address: {''.join(before).strip()[-500:]}")
            finally:
                server.terminate()


def machine() -> dict[str, Any]:
    """What a number depends on: how many cores, and how many processes want them before the benchmark begins."""
    return {"cores": os.cpu_count(), "load_before": round(os.getloadavg()[0], 1)}


def parser(description: str | None) -> argparse.ArgumentParser:
    """The options that every benchmark has."""
    made = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--json", action="store_true", help="print the result as JSON alone")
    made.add_argument("--quick", action="store_true", help="a tiny run that shows that the benchmark works; no target is judged")
    return made


def report(result: Mapping[str, Any], targets: Sequence[Target], given: argparse.Namespace) -> int:
    """Print a result and the verdict; returns the exit code, 1 when a target is missed."""
    missed = [target for target in targets if not target.met]
    verdict = "quick run, no target is judged" if given.quick else "; ".join(str(target) for target in targets)
    print(json.dumps({**result, "verdict": verdict}, indent=2))
    if not given.json:
        print(f"verdict: {verdict}")
    return int(bool(missed) and not given.quick)
