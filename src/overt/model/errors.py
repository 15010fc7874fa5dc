"""Errors that users may see, and how messages write foreign text and counts.

Each message is one line: what happened, where, what to do.
"""

from collections.abc import Sequence

from overt.version import __version__

MAX_QUOTED = 60
"""Maximum number of characters of foreign data that a message repeats."""


def quote_text(text: str) -> str:
    """Quote foreign text for a message: on one line, without control characters, cut to `MAX_QUOTED` characters."""
    return repr(text if len(text) <= MAX_QUOTED else f"{text[:MAX_QUOTED]}…")


def format_count(number: int, noun: str) -> str:
    """Return a count with its English noun: `1 file`, `1,204 files`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def singular(noun: str) -> str:
    """Return the singular of a plural English noun such as `kinds`, `statuses` or `countries`; any other word unchanged."""
    for ending, replacement in (("ies", "y"), ("uses", "us"), ("us", "us"), ("ss", "ss"), ("s", "")):
        if noun.endswith(ending):
            return noun.removesuffix(ending) + replacement
    return noun


class OvertError(Exception):
    """An expected failure. The command line prints only its message and exits with code 1."""

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.split()))


class UsageError(OvertError):
    """Wrong use of a command. The command line exits with code 2."""


class MissingLibrary(UsageError):
    """Raised if a library of one of Overt's extras isn't installed. The message says how to install the extra.

    `need`: what needs which library; `extra`: the extra, as in pyproject.toml. Overt isn't on PyPI, and somebody else could
    publish a package under its name there, so the commands in the message install from files.
    """

    def __init__(self, need: str, extra: str) -> None:
        super().__init__(
            f"{need}; install it with: pip install -e '.[{extra}]' in the folder of Overt's source code,"
            f" or pip install 'overt-{__version__}-py3-none-any.whl[{extra}]' beside the wheel"
        )


class ValueProblem(OvertError):
    """Raised for an invalid value: one without a canonical form, an unknown name or code, or SQL that may not be run."""


class ContentError(OvertError):
    """Raised for an invalid content file, such as a vocabulary, a source or a figure.

    `where`: the file, if known. `mistakes`: all mistakes in it, while the message may only have the first ones.
    """

    def __init__(self, message: str, where: str = "", mistakes: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.where = where
        self.mistakes = list(mistakes) or [str(self)]


class ContentErrors(ContentError):
    """Raised for several invalid content files. The message is the message of the first, with the number of the others."""

    def __init__(self, errors: Sequence[ContentError]) -> None:
        more = f" (and {format_count(len(errors) - 1, 'more file')})" if len(errors) > 1 else ""
        super().__init__(f"{errors[0]}{more}", errors[0].where, errors[0].mistakes)
        self.errors = list(errors)
