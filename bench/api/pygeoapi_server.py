"""Serve the files of `overt export` with pygeoapi under waitress: the peer of `bench/api/ogc_and_tiles.py`.

The sites are served twice, from GeoParquet and from GeoPackage. From GeoParquet, pygeoapi can neither write lists as JSON (the
response is 500) nor use one column of four numbers as a box, so lists become text, and the numbers become four columns.
GeoPackage needs a Python whose SQLite loads extensions (Debian's does, pyenv's doesn't) and `libsqlite3-mod-spatialite`; without
these it is skipped.
"""

import os
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.harness import OVERT, run_child

_NEEDED = ("pygeoapi==0.21.0", "waitress==3.0.2", "geopandas==1.1.1", "pyarrow==21.0.0", "s3fs")
_SECONDS = 60
"""Maximum time in seconds for the server to start."""

_PLAIN = """
import sys
import pyarrow as pa, pyarrow.compute as pc, pyarrow.parquet as pq
source, target = sys.argv[1:]
table = pq.read_table(source)
for at, field in enumerate(table.schema):
    if pa.types.is_list(field.type):
        table = table.set_column(at, field.name, pc.binary_join(table[field.name], "|"))
for side in ("xmin", "ymin", "xmax", "ymax"):
    table = table.append_column(side, pc.struct_field(table["bbox"], side))
pq.write_table(table.drop_columns(["bbox"]), target)
"""
_LOADS = "import sqlite3; db = sqlite3.connect(':memory:'); db.enable_load_extension(True); db.load_extension('mod_spatialite')"
_CONFIG = """
server:
  bind: {{host: 127.0.0.1, port: {port}}}
  url: http://127.0.0.1:{port}
  mimetype: application/json; charset=UTF-8
  encoding: utf-8
  languages: [en-US]
  limits: {{default_items: 10, max_items: 10000}}
  map: {{url: "https://tiles.example/{{z}}/{{x}}/{{y}}.png", attribution: none}}
logging: {{level: ERROR, logfile: "{log}"}}
metadata:
  identification: {{title: sites, description: sites, keywords: [sites], terms_of_service: none, url: "https://sites.example"}}
  license: {{name: none, url: "https://sites.example"}}
  provider: {{name: none, url: "https://sites.example"}}
  contact: {{name: none, email: "none@sites.example"}}
resources:
"""
_COLLECTION = """
  {name}:
    type: collection
    title: sites
    description: sites
    keywords: [sites]
    extents: {{spatial: {{bbox: [-180, -90, 180, 90], crs: "http://www.opengis.net/def/crs/OGC/1.3/CRS84"}}}}
    providers:
      - {{type: feature, id_field: id, {provider}}}
"""
_PARQUET = 'name: Parquet, data: {{source: "{path}"}}, x_field: [xmin, xmax], y_field: [ymin, ymax]'
_PACKAGE = 'name: SQLiteGPKG, data: "{path}", table: sites'


def _files(root: Path, atlas: Path, python: Path) -> dict[str, Path]:
    """Return the file of each collection of sites, by collection. Files that exist are not exported again."""
    layers, plain, package = root / "layers", root / "sites.parquet", root / "atlas.gpkg"
    if not plain.is_file():
        run_child([*OVERT, "export", "geoparquet", layers, "--force", "--workspace", atlas])
        run_child([python, "-c", _PLAIN, layers / "sites.parquet", plain])
    if subprocess.run([str(python), "-c", _LOADS], stderr=subprocess.DEVNULL, check=False).returncode:
        return {"geoparquet": plain}
    if not package.is_file():
        run_child([*OVERT, "export", "geopackage", package, "--force", "--workspace", atlas])
    return {"geoparquet": plain, "geopackage": package}


@contextmanager
def pygeoapi(root: Path, atlas: Path, interpreter: str) -> Iterator[tuple[str, list[str]]]:
    """Run a pygeoapi server for the sites of an atlas. Yield its address and the names of its collections.

    `root`: the folder for the server's files and for its virtual environment, which `interpreter` creates unless it exists.
    Raises RuntimeError or CalledProcessError if a command fails, and RuntimeError if the server doesn't respond.
    """
    environment, port = root / "pygeoapi", 8_973
    programs = environment / "bin"
    if not (programs / "waitress-serve").is_file():
        run_child([interpreter, "-m", "venv", environment])
        run_child([programs / "python", "-m", "pip", "install", "--quiet", *_NEEDED])
    files = _files(root, atlas, programs / "python")
    collections = ""
    for name, path in files.items():
        provider = (_PARQUET if name == "geoparquet" else _PACKAGE).format(path=path)
        collections += _COLLECTION.format(name=name, provider=provider)
    config, described, log = root / "pygeoapi.yml", root / "pygeoapi-openapi.yml", root / "pygeoapi.log"
    config.write_text(_CONFIG.format(port=port, log=log) + collections, encoding="utf-8")
    variables = {**os.environ, "PYGEOAPI_CONFIG": str(config), "PYGEOAPI_OPENAPI": str(described)}
    command = [programs / "pygeoapi", "openapi", "generate", config, "--output-file", described]
    subprocess.run([str(part) for part in command], check=True, env=variables, stdout=subprocess.DEVNULL)
    serve = [str(programs / "waitress-serve"), f"--listen=127.0.0.1:{port}", "pygeoapi.flask_app:APP"]
    with subprocess.Popen(serve, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _wait(f"http://127.0.0.1:{port}/collections?f=json", log)
            yield f"http://127.0.0.1:{port}", list(files)
        finally:
            server.terminate()


def _wait(address: str, log: Path) -> None:
    """Wait until the server responds. Raises RuntimeError with the end of its log if it doesn't."""
    deadline = time.monotonic() + _SECONDS
    while True:
        try:
            urllib.request.urlopen(address, timeout=_SECONDS).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                text = log.read_text(encoding="utf-8")[-500:] if log.is_file() else ""
                raise RuntimeError(f"pygeoapi does not answer: {text}") from None
            time.sleep(0.1)
