"""Licences of the libraries that Overt needs: read from their metadata, and compared with those that we accept."""

import re
from importlib.metadata import PackageNotFoundError, distribution

from packaging.licenses import canonicalize_license_expression
from packaging.requirements import Requirement

from tools.lockfile import FOLDER, entries
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
_PAGE = """\
# Licences of the libraries

Overt is under the Apache License 2.0. It installs these libraries and contains none of them; each comes with its own licence.
`make docs` writes this page from `requirements/overt.txt` and the metadata of the libraries. A test refuses a licence that isn't
accepted below. The list of parts beside each wheel has the licences too.

{libraries}

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


def licence_problems() -> list[str]:
    """Return a line for each library whose licence is unknown or not accepted."""
    problems = []
    for requirement in locked_requirements():
        licence = licence_of(requirement.name)
        if licence is None:
            problems.append(f"{requirement.name}: its licence is unknown; read it, and name it in tools/licences.py")
        elif refused := sorted(set(re.findall(r"[A-Za-z0-9.+-]+", licence)) - {"AND", "OR", "WITH"} - ACCEPTED.keys()):
            problems.append(f"{requirement.name}: {', '.join(refused)} is not accepted in tools/licences.py")
    return problems


def licences_page() -> str:
    """Return the text of docs/library-licences.md."""
    rows = [(item.name, next(iter(item.specifier)).version, licence_of(item.name) or "unknown") for item in locked_requirements()]
    return _PAGE.format(
        libraries=table(("library", "version", "licence"), rows),
        accepted=table(("licence", "why"), list(ACCEPTED.items())),
    )
