from pathlib import Path

import pytest

from overt.model.content_catalogue import Catalogue
from overt.model.errors import ContentError
from overt.model.values.web_address_check import check_web_address
from tests.support.command_built_atlas import Atlas


@pytest.mark.parametrize(
    "address", ["https://a.example", "HTTP://a.example/b?c=1#d", "http://[2001:db8::1]/", "https://例.example/路"]
)
def test_addresses_of_the_web_are_taken(address: str) -> None:
    assert check_web_address(address) == address


@pytest.mark.parametrize(
    "address",
    [
        *(
            "javascript:alert(1)",
            " javascript:alert(1)",
            "java\tscript:x",
            "data:text/html,x",
            "file:///etc/passwd",
            "//a.example",
        ),
        *("a", "", "https://", "http:javascript:x", "https:// a", "ftp://a.example", "https://a\nb"),
    ],
)
def test_other_addresses_are_refused(address: str) -> None:
    with pytest.raises(ValueError, match="is not a web address"):
        check_web_address(address)


def test_a_source_with_a_script_for_an_address_is_refused(tmp_path: Path) -> None:
    atlas = Atlas(tmp_path)
    atlas.source("alpha", address="javascript:alert(1)")
    with pytest.raises(ContentError, match=r"alpha.*address.*'javascript:alert\(1\)' is not a web address") as caught:
        _ = Catalogue(atlas.root).sources
    assert "\n" not in str(caught.value)
