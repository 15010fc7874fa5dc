"""Sentences that end with a name such as “ZTE Inc.” have one full stop, not two."""

import pytest
from markupsafe import Markup

from overt.language.language import CHINESE, ENGLISH

DAHUA = "Zhejiang Dahua Technology Co., Ltd."


@pytest.mark.parametrize(
    ("message", "name", "sentence"),
    [
        ("%(name)s.", DAHUA, DAHUA),
        ("No record here names %(name)s. That is not evidence of absence.", "ZTE Inc.",
         "No record here names ZTE Inc. That is not evidence of absence."),
        ("%(name)s.", "ZTE", "ZTE."),
        ("%(name)s.csv", "Inc.", "Inc..csv"),
        ("By %(name)s, %(name)s.", "Inc.", "By Inc., Inc."),
    ],
)  # fmt: skip
def test_a_sentence_has_one_full_stop_after_a_name(message: str, name: str, sentence: str) -> None:
    assert ENGLISH.gettext(message, name=name) == sentence
    assert ENGLISH.ngettext(message, message, 2, name=name) == sentence
    assert ENGLISH.pgettext("context", message, name=name) == sentence
    linked = Markup('<a href="/x"><bdi>{}</bdi></a>').format(name)
    assert ENGLISH.markup(message, name=linked).striptags() == sentence
    assert ENGLISH.nmarkup(message, message, 2, name=linked).striptags() == sentence


def test_a_page_has_one_full_stop_after_a_name_in_an_element_of_its_own() -> None:
    pages = {
        f"<p><bdi>{DAHUA}</bdi>. Company.</p>": f"<p><bdi>{DAHUA}</bdi> Company.</p>",
        "<a><bdi>Inc.</bdi></a>.</p>": "<a><bdi>Inc.</bdi></a></p>",
        "<p>Wait...</p><bdi>ZTE</bdi>. ": "<p>Wait...</p><bdi>ZTE</bdi>. ",
    }
    assert {page: ENGLISH.typeset(page) for page in pages} == pages
    assert CHINESE.typeset(f"<bdi>{DAHUA}</bdi>。 公司") == f"<bdi>{DAHUA}</bdi>。公司"
