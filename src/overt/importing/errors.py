"""Problems of rows and of files, and the exception for rows that are out of scope."""

from overt.model.errors import OvertError


class FileProblem(OvertError):
    """Raised for a file that can't be read or differs from its description in source.yml. Its snapshot is then not imported."""


class CountProblem(FileProblem):
    """Raised if the publisher's complete files have more or fewer rows or records than source.yml expects."""


class Problem(OvertError):
    """Raised for a row that cannot be imported. It is reported with its place, and no claim is made from it.

    `locator`: the place; empty for that of the row. `value`: what is wrong in the file, usually the text of a cell. Problems that
    differ only in `value` are reported together.
    """

    def __init__(self, message: str, locator: str = "", *, value: str = "") -> None:
        super().__init__(message)
        self.locator = locator
        self.value = value
        self.more: list[Problem] = []
        """Further problems of the same row."""


class OutOfScope(Exception):
    """Raised for a row that a rule of `scope:` in source.yml leaves out."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule
