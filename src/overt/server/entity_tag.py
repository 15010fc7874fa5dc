"""The entity tag of a server's responses. A release never changes, so all its pages share one tag."""

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from overt.index.prepared_release import PreparedRelease
from overt.model.code_digest import digest_of
from overt.model.workspace import Workspace
from overt.site.site import Site

PAGE_PACKAGES = ("language", "index", "queries", "charts", "maps", "vector_tiles", "export", "http", "site", "api", "ogc",
                 "tiles", "reconcile", "feeds", "desk", "server")  # fmt: skip
"""Packages whose code and texts affect pages. A change to any of them changes the entity tag."""


def entity_tag(prepared: PreparedRelease, site: Site, workspace: Workspace) -> str:
    """Return a weak entity tag (pages may be compressed) for the release and everything else that affects its pages."""
    questions = workspace.content.digest("questions")
    figures = workspace.content.digest("figures")  # The fingerprint doesn't include the translations of figures.
    contents = (prepared.fingerprint, site.version, figures, questions, _page_digest())
    settings = (str(site.public), site.address_of_site, site.corrections_contact)
    return f'W/"{prepared.release}-{digest_of((*contents, *settings))[:12]}"'


@cache
def _page_digest() -> str:
    """Return the digest of the code, templates and texts of pages. It is computed once per process."""
    digest = hashlib.sha256()

    def walk(entry: Traversable) -> None:
        for child in sorted(entry.iterdir(), key=lambda child: child.name):
            if child.is_dir() and child.name != "static":
                walk(child)
            elif child.name.endswith((".py", ".html", ".sql", ".po", ".json")):
                digest.update(child.read_bytes())

    for package in PAGE_PACKAGES:
        walk(files("overt") / package)
    return digest.hexdigest()
