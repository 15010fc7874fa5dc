"""Check the licences of the libraries that Overt needs and of the parts of its front end, and list them in docs/."""

import json
import re
from importlib.metadata import PackageNotFoundError, distribution
from typing import Any, NamedTuple

from packaging.licenses import canonicalize_license_expression
from packaging.requirements import Requirement

from tools.lockfile import FOLDER, ROOT, entries
from tools.markdown_tables import table

ACCEPTED = {
    "0BSD": "permissive",
    "Apache-2.0": "permissive",
    "BSD-2-Clause": "permissive",
    "BSD-3-Clause": "permissive",
    "CC0-1.0": "public domain",
    "CC-BY-SA-4.0": "a dictionary that is read as data, and is not part of Overt",
    "ISC": "permissive",
    "LGPL-2.1-only": "a library that is imported unchanged and can be replaced",
    "MIT": "permissive",
    "MIT-0": "permissive",
    "MPL-2.0": "its own files stay open; imported unchanged",
    "OFL-1.1": "a font that is shipped unchanged under its own name",
    "PSF-2.0": "permissive",
    "Zlib": "permissive",
}
"""Why libraries under a licence may be used, by the licence's SPDX id."""
_NAMES = {
    "apache license 2.0": "Apache-2.0",
    "apache software license": "Apache-2.0",
    "cc by-sa 4.0": "CC-BY-SA-4.0",
    "isc license": "ISC",
    "isc license (iscl)": "ISC",
    "mit license": "MIT",
    "mozilla public license 2.0 (mpl 2.0)": "MPL-2.0",
    "psfl": "PSF-2.0",
    "python software foundation license": "PSF-2.0",
    "simplified bsd": "BSD-2-Clause",
}
"""SPDX ids of licences by their names in older metadata, in lower case."""
_READ = {
    "colorama": "BSD-3-Clause",
    "google-re2": "BSD-3-Clause",
    "jinja2": "BSD-3-Clause",
    "lz4": "BSD-3-Clause",
    "scipy": "BSD-3-Clause",
}
"""Licences read from licence files, for libraries whose metadata only says "BSD" or that only other systems install."""
_BUNDLED = {"pbf": "code", "quickselect": "code", "rbush": "code"}
"""Those dependencies of `ol` that the build includes, with what the front end takes from them."""
_BUILT_FROM = {"world-atlas": "borders (data of Natural Earth, in the public domain)"}
"""Packages from which the build makes the map's file, with what that file takes from them."""
_PAGE = """\
# Licences of libraries and of the front end

Overt is under the Apache License 2.0. Its wheel contains the parts of the front end that are listed below, but none of the
Python libraries: these are installed beside it, each with its own licence. `make docs` writes this page from
`requirements/overt.txt`, the metadata of the libraries, and `web/package-lock.json`. A test refuses a licence that isn't
accepted below.

## Python libraries

The list of parts beside each wheel has these licences, too.

{libraries}

## Parts of the front end

The texts of the licences of code are in `licences.md` beside the built front end. The map's codes and names of countries are
those of Overt's pages, from pycountry and `vocab/areas.yml`.

{front_end}

## Accepted licences

{accepted}
"""


def locked_requirements() -> list[Requirement]:
    """Return every library that `requirements/overt.txt` locks, with its version."""
    return [Requirement(head) for head in entries((FOLDER / "overt.txt").read_text(encoding="utf-8"))]


def licence_of(library: str) -> str | None:
    """Return the SPDX expression of a library's licence, from `_READ` or its metadata.

    None if neither names a known licence, or if the library isn't in `_READ` and isn't installed.
    """
    if library in _READ:
        return _READ[library]
    try:
        metadata = distribution(library).metadata
    except PackageNotFoundError:
        return None
    classifiers = [line.rpartition(" :: ")[2] for line in metadata.get_all("Classifier") or () if line.startswith("License ::")]
    for text in (*(metadata.get_all("License-Expression") or ()), *(metadata.get_all("License") or ()), *classifiers):
        if text:
            try:
                return str(canonicalize_license_expression(_NAMES.get(text.strip().lower(), text)))
            except ValueError:
                continue
    return None


class FrontEndPart(NamedTuple):
    """A package that the built front end contains, at least in part."""

    name: str
    version: str
    licence: str | None
    contents: str
    """What the front end takes from it, such as code or a font."""


def front_end_parts() -> list[FrontEndPart]:
    """Return the packages in the built front end, sorted by name, with their locked versions. This needs no Node."""
    packages: dict[str, dict[str, Any]] = json.loads((ROOT / "web/package-lock.json").read_text(encoding="utf-8"))["packages"]
    direct = {name: "font" if name.startswith("@fontsource/") else "code" for name in packages[""]["dependencies"]}
    parts = []
    for name, contents in sorted((direct | _BUNDLED | _BUILT_FROM).items()):
        package = packages[f"node_modules/{name}"]
        parts.append(FrontEndPart(name, package["version"], package.get("license"), contents))
    return parts


def licence_problems() -> list[str]:
    """Return a line for each library or part of the front end whose licence is unknown or not accepted."""
    problems = []
    licences = [(requirement.name, licence_of(requirement.name)) for requirement in locked_requirements()]
    for name, licence in [*licences, *((part.name, part.licence) for part in front_end_parts())]:
        if licence is None:
            problems.append(f"{name}: its licence is unknown; read it, and name it in tools/licences.py")
        elif refused := sorted(set(re.findall(r"[A-Za-z0-9.+-]+", licence)) - {"AND", "OR", "WITH"} - ACCEPTED.keys()):
            problems.append(f"{name}: {', '.join(refused)} is not accepted in tools/licences.py")
    return problems


def licences_page() -> str:
    """Return the text of docs/library-licences.md."""
    rows = [(item.name, next(iter(item.specifier)).version, licence_of(item.name) or "unknown") for item in locked_requirements()]
    return _PAGE.format(
        libraries=table(("library", "version", "licence"), rows),
        front_end=table(
            ("package", "version", "licence", "what Overt has of it"),
            [(part.name, part.version, part.licence or "unknown", part.contents) for part in front_end_parts()],
        ),
        accepted=table(("licence", "why"), list(ACCEPTED.items())),
    )
