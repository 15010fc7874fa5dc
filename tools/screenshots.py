"""Take the pictures of docs/images from the shipped edition: `python -m tools.screenshots`.

Builds the demo atlas in a temporary directory, serves it on loopback, and looks at it with Chromium.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).parents[1] / "docs" / "images"
SHOTS = {"home": "/", "figure": "/figure/surveillance-export-countries-2019"}
FLAGS = [
    "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
]  # fmt: skip


def main() -> None:
    """Write each picture at 1,280 by 860 pixels."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    with tempfile.TemporaryDirectory() as temporary:
        command = [sys.executable, "-m", "overt", "demo", "--port", "0", "--directory", str(Path(temporary) / "atlas")]
        server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        try:
            assert server.stderr is not None
            address = next(line.split()[3] for line in server.stderr if line.startswith("Overt is at "))
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
                page = browser.new_page(viewport={"width": 1280, "height": 860})
                for name, path in SHOTS.items():
                    page.goto(address.rstrip("/") + path)
                    page.wait_for_timeout(4000 if name == "home" else 500)
                    page.screenshot(path=IMAGES / f"{name}.png")
                browser.close()
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
