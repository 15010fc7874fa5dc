"""overt.toml that cannot be read: what is wrong, in which line, in plain words."""

import pytest

from overt.model.errors import UsageError
from overt.model.settings_file import read_settings


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            'title = "A"\n[signing]\nkey = ""\n\n[signing]\nkey = "k"\n',
            "o: [signing] stands twice, in lines 2 and 5; put what all of them hold under one",
        ),
        (
            '[site]\nonion = ""\n[signing]\nkey = ""\nkey = "k"\n',
            "o: key of [signing] stands twice, in lines 4 and 5; leave one of them",
        ),
        ('title = "A"\ntitle = "B"\n', "o: title stands twice, in lines 1 and 2; leave one of them"),
        ('title = "A"\nsources = [\n', "o: cannot be read (Invalid value)"),
        ('title = "A"\nsources = a\n', "o, line 2: cannot be read (Invalid value)"),
    ],
)
def test_what_is_wrong_is_told(text: str, told: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_settings(text, "o")
    assert str(caught.value).startswith(told)


def test_a_section_in_a_text_of_several_lines_is_none() -> None:
    assert read_settings('title = """\n[signing]\n"""\n[signing]\nkey = "k"\n', "o")["signing"] == {"key": "k"}
