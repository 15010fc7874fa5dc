"""Citations of pages: BibTeX, APA, CSL-JSON, and the files beside pages."""

import re
from dataclasses import replace

import pytest

from overt.language.citations import Citation, apa_reference, bibtex_entry, chinese_reference, escape_tex
from overt.model.record_ids import canonical_id
from overt.queries.database import Reader
from overt.site.citations_and_linked_data.citation_box import citation_box
from overt.site.citations_and_linked_data.cited_documents_and_sources import sources_behind
from overt.site.site import Site
from tests.support.client import Client
from tests.support.hostile_and_secret_words import ATTACKS

NAIROBI = canonical_id("secret_map:nairobi")
MERGED = canonical_id("open_projects:nairobi")
CITED = Citation("x", "A title", "Project x", "/project/x", ("One", "Two"))


@pytest.mark.parametrize("attack", [*ATTACKS, "a}b{c", "\\end{document}", "100 % of $5 & more_ #1 ~^"])
def test_bibtex_reads_one_entry_for_any_title(site: Site, attack: str) -> None:
    entry = bibtex_entry(site.csl(replace(CITED, title=attack)))
    depth, ends = 0, []
    for at, character in enumerate(entry):
        depth += (character == "{") - (character == "}")
        assert depth >= 0
        if depth == 0 and character == "}":
            ends.append(at)
    assert ends == [len(entry.rstrip()) - 1], "it ends where it ends"
    title = re.search(r"title = \{\{(.*)\}\},\n", entry)
    assert title and not re.search(r"(?<!\\)[#$%&_]", title[1])
    assert "\\end{" not in entry


def test_signs_that_tex_takes_for_commands_are_escaped() -> None:
    assert escape_tex("50 % of A&B_c #1 $") == r"50 \% of A\&B\_c \#1 \$"
    assert escape_tex("{\\x}~^") == r"\textbraceleft{}\textbackslash{}x\textbraceright{}\textasciitilde{}\textasciicircum{}"
    assert escape_tex("two\nlines\x00") == "two lines"
    assert escape_tex("内罗毕 Zürn") == "内罗毕 Zürn"


def test_an_apa_reference_names_title_release_and_address(site: Site) -> None:
    item = site.csl(CITED)
    release = site.prepared.release
    assert apa_reference(item).striptags() == (
        f"Test atlas. (2026). A title (Project x; Edition of 3 February 2026, release {release}) [Data set]."
    ), "without an address, the day of the edition tells which copy it was"
    assert "URL" not in item, "no address is made up from a request"
    with_address = replace(site, address_of_site="https://atlas.example").csl(CITED)
    assert apa_reference(with_address).endswith(f"(Project x; Release {release}) [Data set]. https://atlas.example/project/x")
    assert "url = {https://atlas.example/project/x}" in bibtex_entry(with_address)
    assert "<script" not in apa_reference(site.csl(replace(CITED, title=ATTACKS[0])))


def test_a_chinese_reference_names_atlas_page_id_and_edition(site: Site) -> None:
    release = site.prepared.release
    item = site.csl(replace(CITED, number="Answer ovt-abc VE"))
    assert chinese_reference(item, "Overt图谱", "中兴在委内瑞拉").striptags() == (
        f"Overt图谱：中兴在委内瑞拉（编号ovt-abc），2026年2月3日版（发布号{release}），数据集。"
    )
    with_address = replace(site, address_of_site="https://atlas.example").csl(CITED)
    text = chinese_reference(with_address, "图谱", ATTACKS[0])
    assert text.endswith("，数据集。 https://atlas.example/project/x") and "编号" not in text and "<script" not in text


def test_chinese_pages_have_both_references(client: Client) -> None:
    page = client.get(f"/zh/project/{NAIROBI}").text
    box = page[page.index('id="cite"') :].partition("</section>")[0]
    assert f"（编号{NAIROBI}），" in box and "[Data set]" in box and box.index("编号") < box.index("[Data set]")
    assert "编号" not in client.get(f"/project/{NAIROBI}").text


def test_a_chinese_reference_to_a_record_without_a_name_has_its_type_in_chinese(client: Client, reader: Reader) -> None:
    roles = reader.select("SELECT id FROM records WHERE type = 'role' AND label IS NULL ORDER BY id LIMIT 1")
    box = client.get(f"/zh/record/{roles[0]['id']}").text.partition('class="cite-line"')[2]
    chinese, _, english = box.partition("</p>")
    assert f"：<bdi>角色</bdi>（编号{roles[0]['id']}）" in chinese
    assert "<cite><bdi>Role</bdi></cite>" in english


def test_without_an_address_a_page_cites_its_sources_and_no_path(client: Client, site: Site, reader: Reader) -> None:
    page = client.get(f"/project/{NAIROBI}").text
    box = page[page.index('id="cite"') :].partition("</section>")[0]
    cited = box.partition('class="cite-line"')[2].partition("<details>")[0]
    assert "no public web address" not in cited and f"/project/{NAIROBI}" not in cited and NAIROBI in cited
    assert "Its sources:" in cited and 'rel="noopener noreferrer">http' in cited
    why = "The reference has no web address because this copy of the site has no public one."
    assert why in box and why not in cited, "below, not in the reference"
    with_address = replace(site, address_of_site="https://atlas.example")
    assert citation_box(with_address, CITED).has_address and not citation_box(site, CITED).has_address
    assert sources_behind(site, reader, slugs=site.sources).references
    assert not sources_behind(with_address, reader, slugs=site.sources).references


def test_an_empty_release_has_no_date(site: Site) -> None:
    words = replace(site.words, meta={**site.words.meta, "manifest": {"title": "", "date": "0001-01-01"}})
    item = replace(site, words=words).csl(CITED)
    assert "issued" not in item and "(n.d.)" in apa_reference(item) and "year" not in bibtex_entry(item)


def test_files_beside_pages(client: Client) -> None:
    release = client.get("/healthz").json()["release"]
    for path in (f"/project/{NAIROBI}", "/figure/test-projects", f"/release/{release}"):
        assert client.get(f"{path}.bib").text.startswith("@misc{overt-")
        (item,) = client.get(f"{path}.csl.json").json()
        assert item["version"] == release and item["type"] == "dataset"
        node = client.get(f"{path}.jsonld")
        assert node.headers["content-type"] == "application/ld+json"
        assert node.json()["@id"] == path
    page = client.get(f"/project/{NAIROBI}").text
    assert f'<link rel="alternate" type="application/ld+json" href="/project/{NAIROBI}.jsonld">' in page
    assert "<script type" not in page.replace('<script type="module"', "")


def test_a_merged_id_redirects_to_the_same_file_of_the_canonical_record(client: Client, public_client: Client) -> None:
    for ending in ("bib", "csl.json", "jsonld"):
        answer = client.get(f"/record/{MERGED}.{ending}")
        assert (answer.status_code, answer.headers["location"]) == (308, f"/project/{NAIROBI}.{ending}")
        gone = client.get(f"/project/{canonical_id('open_projects:gone')}.{ending}")
        assert gone.status_code == 410
        assert client.get(f"/project/ovt-aaaaaaaaaaaa.{ending}").status_code == 404
        assert public_client.get(f"/project/{NAIROBI}.{ending}").status_code == 404
    assert client.get("/release/2020-01-01-00000000.bib").status_code == 404
    assert client.get("/figure/none.bib").status_code == 404
