"""Text from others on one line, for messages, files and citations."""


def single_line(text: str) -> str:
    """Return a string on one line: each run of white space and unprintable characters becomes a space, or nothing at the ends."""
    if not text.isprintable():
        text = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(text.split())
