"""How a row can fail, and how a whole file can."""

from overt.model.errors import OvertError


class FileProblem(OvertError):
    """A file that cannot be read as what its source says it is; the snapshot is refused and nothing of it is written."""


class CountProblem(FileProblem):
    """A file that holds more or fewer rows, or gives more or fewer records, than the edition that its source describes."""


class Problem(OvertError):
    """One row that says something we cannot take; it is reported with its place and gives no claim."""

    def __init__(self, message: str, locator: str = "") -> None:
        super().__init__(message)
        self.locator = locator


class OutOfScope(Exception):
    """A row that a rule of `scope:` in source.yml leaves out."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule
