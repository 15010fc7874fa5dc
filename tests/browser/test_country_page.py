"""The country page in a browser: it prints on one sheet, is short, fits a phone, and has links that need no script."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("path", ["/country/KE/print", "/zh/country/KE/print", "/country/FR/print"])
def test_the_print_version_is_one_sheet(visit: Open, path: str) -> None:
    page = visit(path, script=False)
    paper = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    page.emulate_media(media="print")
    expect(page.locator(".site-header")).to_be_hidden()
    expect(page.locator("h1")).to_be_visible()


def test_on_a_phone_labels_have_space_before_values(visit: Open) -> None:
    page = visit("/country/KE/rows", script=False, width=390)
    labels = page.locator(".layers-table td[data-label]")
    gaps = labels.evaluate_all(
        """cells => cells.map(cell => {
          const label = getComputedStyle(cell, '::before');
          return -parseFloat(label.marginInlineStart) - parseFloat(label.inlineSize);
        })"""
    )
    assert gaps and min(gaps) >= 4


def test_a_number_leads_to_its_rows(visit: Open) -> None:
    page = visit("/country/KE", script=False)
    page.get_by_role("link", name="Projects 3").click()
    expect(page.locator(".table-wrap").first.locator("tbody tr")).to_have_count(3)
    page.get_by_role("link", name="What we don’t know").click()
    page.locator("#unknown + ul a", has_text="a single source").click()
    expect(page.locator("h1")).to_have_text("Projects in Kenya")
    expect(page.locator("tbody tr")).to_have_count(1)


@pytest.mark.parametrize("path", ["/country/KE", "/zh/country/KE", "/countries", "/companies", "/agreements?group=laws"])
def test_a_phone_scrolls_only_downwards(visit: Open, path: str) -> None:
    page = visit(path, script=False, width=390)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_evidence_opens_when_a_mark_leads_to_it(visit: Open) -> None:
    page = visit("/country/KE", script=False)
    page.locator(".systems a.evidence-mark[href^='/project/']").first.click()
    expect(page.locator("#claims")).to_be_visible()


def test_a_briefing_is_at_most_four_screens(visit: Open) -> None:
    page = visit("/country/KE", script=False, width=1440)
    assert page.evaluate("document.documentElement.scrollHeight") <= 3_200
