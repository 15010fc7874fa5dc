"""An edition is self-contained: links lead to existing files, nothing comes from other hosts, and it offers only what it has."""

import html
import re
from collections import defaultdict
from urllib.parse import unquote, urlsplit

import pytest

from overt.edition.edition_integrity import verify_edition
from tests.docs.test_command_json import DESCRIPTIONS
from tests.support.crawl import Page
from tests.support.small_atlas import SmallAtlas
from tests.support.static_edition import Edition, resolve_link


def _pages(edition: Edition) -> dict[str, Page]:
    pages = sorted(edition.folder.glob("**/*.html"))
    return {name: Page(name, edition.text(name)) for path in pages if (name := path.relative_to(edition.folder).as_posix())}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["edition", "subset"])
def test_counts_of_one_use_the_singular(name: str, request: pytest.FixtureRequest) -> None:
    edition: Edition = request.getfixturevalue(name)
    several = re.compile(
        r"(?<![\d.,–/=:] )(?<![\d.,–/=:])\b1 (?:projects|countries|cable systems|commitments|organisations|sources|relations"
        r"|rows|records|places|claims|captures|figures|assessments|releases|tables|documents)\b"
    )
    matches = {}
    for file, page in _pages(edition).items():
        if not file.startswith("zh/"):
            text = " ".join(html.unescape(re.sub(r"<(script|style).*?</\1>|<[^>]+>", "", page.html, flags=re.DOTALL)).split())
            matches |= {text[max(match.start() - 30, 0) : match.end() + 10]: file for match in several.finditer(text)}
    assert matches == {}


def test_every_relative_link_has_a_target_file_and_anchor(edition: Edition) -> None:
    pages = _pages(edition)
    lost = defaultdict(set)
    for file, page in pages.items():
        for _, name, value in page.attributes:
            if name not in ("href", "src", "action", "xlink:href"):
                continue
            assert not value.startswith("/"), (file, value)
            parts = urlsplit(value)
            if parts.scheme:
                continue
            target = resolve_link(file, parts.path) if parts.path else file
            if not (edition.folder / target).is_file() or (parts.fragment and unquote(parts.fragment) not in pages[target].ids):
                lost[value].add(file)
    assert not lost


def test_no_page_loads_from_other_hosts_and_all_forbid_it(edition: Edition) -> None:
    for file, page in _pages(edition).items():
        assert not [address for address in page.loaded if urlsplit(address).netloc], file
        if 'http-equiv="refresh"' in page.html:
            continue
        assert "default-src 'none'" in page.html.partition("</head>")[0].replace("&#x27;", "'"), file
        assert not re.search(r"<script(?! [a-z]* ?src=)", page.html), file


def test_withheld_sources_are_left_out(edition: Edition) -> None:
    assert [source["source"] for source in edition.report["left_out"]] == ["secret_map"]
    for path in edition.folder.rglob("*"):
        assert not path.is_file() or b"SECRET-77" not in path.read_bytes(), path


def test_old_ids_redirect_to_current_ids(edition: Edition) -> None:
    moved = [file for file, part in edition.plan.items() if part.way == "moved"]
    assert moved
    for file in moved:
        redirect = re.search(r'content="0; url=([^"#]+)(?:#([^"]+))?"', edition.text(file))
        target = redirect and (edition.folder / file).parent / redirect[1]
        assert redirect and target and target.is_file()
        assert not redirect[2] or f'id="{redirect[2]}"' in target.read_text()


def test_every_value_links_to_its_claims_and_files(edition: Edition) -> None:
    """On a project's page, each evidence mark leads to a claim that names its file, and from there to the file's hash."""
    file = next(file for file, part in edition.plan.items() if part.address.startswith("/project/") and part.way == "page")
    page = edition.text(file)
    marks = re.findall(r'class="evidence-mark[^"]*" href="#(claim-[0-9a-f]{32})"', page)
    assert marks and all(f'id="{mark}"' in page for mark in marks)
    files = re.findall(r'href="([^"]*/source/[^"#]*#file-[0-9a-f]{16})" title="SHA-256 [0-9a-f]{64}"', page)
    assert files


def test_only_available_formats_are_offered(edition: Edition, subset: Edition, atlas: SmallAtlas) -> None:
    """An edition has no server to make files or respond to GIS programs.

    For a subset, the page says that commands export the complete release.
    """
    for site in (edition, subset):
        page = site.text(f"release/{site.report['release'].replace('+', '-')}/index.html")
        forms = page.partition('<h3 id="forms">')[2].partition("</p>")[0]
        assert "with one command" in forms and "overt.open" in forms
        assert "This server" not in forms and "OGC API" not in forms
        assert ("the whole edition" in forms) == (site is subset)
        assert f"--release {atlas.release}</code>" in page


def test_the_manifest_has_every_file(edition: Edition) -> None:
    assert list(verify_edition(edition.folder)) == []
    files = sum(path.is_file() for path in edition.folder.rglob("*"))
    assert edition.report["files"] == files - 1


def test_as_many_pages_are_written_as_were_announced(edition: Edition) -> None:
    assert any(part.way == "moved" for part in edition.plan.values()), "addresses that lead on count too"
    assert edition.announced == edition.report["pages"] == sum(1 for _ in edition.folder.rglob("*.html"))


def test_fields_of_the_command_are_documented(edition: Edition) -> None:
    fields = re.findall(r"`([a-z_]+)`", re.sub(r"\([^)]*\)", "", DESCRIPTIONS["publish"]).partition(";")[0])
    assert set(edition.report) == set(fields)
