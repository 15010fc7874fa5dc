"""The benchmark harness: measure a command, start a server, install a peer, and report a result with its targets."""

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
"""Folder with the real data."""
OVERT = (sys.executable, "-m", "overt")


class Missing(Exception):
    """Raised if something that a benchmark needs is missing. The message is a single line for the user."""


@dataclass(frozen=True)
class Target:
    """A measured number and its bound. The number must be below the bound or, with `at_least`, not below it."""

    what: str
    measured: float
    bound: float
    unit: str
    at_least: bool = False

    @property
    def met(self) -> bool:
        """Whether the measured number is below the bound or, with `at_least`, not below it."""
        return self.measured >= self.bound if self.at_least else self.measured < self.bound

    def __str__(self) -> str:
        bound = f"{'at least' if self.at_least else 'under'} {self.bound:g}{self.unit}"
        return f"{self.what} {self.measured:g}{self.unit} ({bound}: {'met' if self.met else 'MISSED'})"


@dataclass(frozen=True)
class Child:
    """A finished command: its resource usage and its standard output."""

    seconds: float
    cpu_seconds: float
    peak_gigabytes: float
    output: str


def run_child(command: Sequence[str | Path]) -> Child:
    """Run a command and measure it. Raises RuntimeError with the end of its standard error if it fails."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        begin = monotonic()
        process = subprocess.Popen([str(part) for part in command], stdout=out, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = monotonic() - begin
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        errors.seek(0)
        if process.returncode:
            raise RuntimeError(f"`{' '.join(str(part) for part in command)}` failed: {errors.read().decode().strip()[-500:]}")
        return Child(seconds, usage.ru_utime + usage.ru_stime, peak_gigabytes(usage), out.read().decode())


def peak_gigabytes(usage: resource.struct_rusage) -> float:
    """Return the peak resident memory of a process in gigabytes."""
    # Linux counts in units of 1,024 bytes, macOS in bytes.
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e9


@contextmanager
def folder(path: Path | None) -> Iterator[Path]:
    """Yield `path`, or a temporary folder if it is None."""
    if path:
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as temporary:
        yield Path(temporary)


@contextmanager
def served(workspace: Path | None, *arguments: str, prefix: str = "Overt is at ") -> Iterator[tuple[str, Path]]:
    """Serve an atlas, or the shipped edition if `workspace` is None. Yield the server's address and the atlas's directory.

    The server prints its address after `prefix`. `arguments` are appended to the command. Raises RuntimeError with the end of
    its standard error if it prints no address.
    """
    with tempfile.TemporaryDirectory(prefix="overt-bench-") as temporary:
        atlas = workspace or Path(temporary) / "atlas"
        command = ["serve", "--workspace", str(atlas)] if workspace else ["demo", "--directory", str(atlas)]
        # The server's output is discarded, so that a benchmark prints only JSON on standard output.
        with subprocess.Popen(
            [*OVERT, *command, "--port", "0", *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        ) as server:
            try:
                assert server.stderr is not None
                earlier: list[str] = []
                for line in server.stderr:
                    if line.startswith(prefix):
                        yield line.removeprefix(prefix).split()[0].rstrip("/"), atlas
                        return
                    earlier.append(line)
                raise RuntimeError(f"`overt {command[0]}` gave no address: {''.join(earlier).strip()[-500:]}")
            finally:
                server.terminate()


def build_atlas(atlas: Path, data: Path, *, shipped: bool) -> None:
    """Make an atlas of the real data in the folder `data` or, if `shipped`, of the edition that Overt ships.

    Raises Missing if the real data is needed but missing, and RuntimeError if a command fails.
    """
    if not shipped and not data.is_dir():
        raise Missing(f"{data}: the real data is not there; set OVERT_DATA, --data or --workspace")
    run_child([*OVERT, "init", atlas])
    files: list[str | Path] = [] if shipped else ["--from", data, "--allow-problems"]
    run_child([*OVERT, "build", "--workspace", atlas, *files])


def install(package: str, environment: Path) -> Path:
    """Make a virtual environment in the folder `environment` and install a peer there, unless the environment exists.

    Returns the path of the environment's Python. Raises CalledProcessError if a command fails.
    """
    python = environment / "bin" / "python"
    if not python.is_file():
        subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True, capture_output=True, text=True)
        command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", package]
        subprocess.run(command, check=True, capture_output=True, text=True)
    return python


def machine() -> dict[str, Any]:
    """Return the number of cores and the current load, on which measurements depend. Call it before the benchmark begins."""
    return {"cores": os.cpu_count(), "load_before": round(os.getloadavg()[0], 1)}


def argument_parser(description: str | None) -> argparse.ArgumentParser:
    """Return a parser with the options `--json` and `--quick`."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="print only the result, as JSON")
    parser.add_argument(
        "--quick", action="store_true", help="run with tiny inputs to check that the benchmark works; judge no target"
    )
    return parser


def report(result: Mapping[str, Any], targets: Sequence[Target], options: argparse.Namespace) -> int:
    """Print a result as JSON with a verdict on its targets. Without `options.json`, also print the verdict on a separate line.

    Returns the exit code: 1 if a target is missed, except in a quick run.
    """
    missed = [target for target in targets if not target.met]
    verdict = "quick run, no target is judged" if options.quick else "; ".join(str(target) for target in targets)
    print(json.dumps({**result, "verdict": verdict}, indent=2))
    if not options.json:
        print(f"verdict: {verdict}")
    return int(bool(missed) and not options.quick)
