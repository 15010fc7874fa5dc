"""Match titles of projects in two scripts: “Dushanbe Safe City” and “Безопасный город в Душанбе”."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from overt.resolve.names.consonant_comparison import consonants, sound_alike
from overt.resolve.names.folding_and_scripts import fold
from overt.resolve.names.institution_name_meanings import read_translated
from overt.resolve.names.lexicon import lexicon
from overt.resolve.names.scripts.non_latin_name_parser import script_in
from overt.resolve.projects.project_model import ProjectModel, ProjectNameRules
from overt.resolve.projects.project_name_reader import ProjectNameReader
from overt.resolve.projects.sufficient_or_contradicting_evidence import Levels, have_common_party, says_little

SAME_TITLE = 0.7
"""Minimum `cross_score` at which two titles in different scripts match."""
_MIN_CONSONANTS = 3
"""Minimum number of consonants of a coined name."""
_MIN_TITLE = 5
"""Minimum number of letters of a Latin title to compare, and of a coined word in one."""
_QUOTED = re.compile('[«“„「『《‹"]([^«»“”„「」『』《》‹›"]{3,60})[»”“」』》›"]')
MAX_TITLES = 300
"""Maximum number of pairs of projects whose titles are compared. A Chinese title takes up to a tenth of a second."""


class Titles:
    """The titles of projects, without words that don't distinguish them."""

    def __init__(self, names: Mapping[str, Iterable[str]], rules: ProjectNameRules) -> None:
        """`names`: project → its names."""
        self._names = names
        self._reader = ProjectNameReader(rules)
        self._quiet = re.compile("|".join(sorted(map(re.escape, rules.quiet_unspaced), key=len, reverse=True)))

    def match(self, left: str, right: str) -> bool:
        """Return whether a Latin title of one project means the same as a title of the other in another script.

        It may also mean the same as a name in quotation marks within that title, such as «Полярный экспресс» (Polar Express). A
        title of one word is only compared with such names.
        """
        # Imported here because importing it is slow.
        from overt.resolve.names.cross_script.cross_script_comparison import cross_score

        return any(
            cross_score(latin, other) >= SAME_TITLE
            for first, second in ((left, right), (right, left))
            for latin in self._latin(first)
            for other in (*self._non_latin(second, quoted=True), *(self._non_latin(second) if " " in latin else ()))
        )

    def shares_coined_name(self, left: str, right: str) -> bool:
        """Return whether a coined word in one project's title is quoted in the other's, in another script: Sergek, «Сергек».

        A coined word is a word that is in no word list.
        """
        return any(
            sound_alike(word, quoted) and min(len(consonants(word)), len(consonants(quoted))) >= _MIN_CONSONANTS
            for first, second in ((left, right), (right, left))
            for quoted in self._non_latin(second, quoted=True)
            if " " not in quoted
            for title in self._latin(first)
            for word in title.split()
            if len(word) >= _MIN_TITLE and lexicon().has_brand(word) and read_translated(word, "").unknown
        )

    def scripts(self, project: str) -> set[bool]:
        """Return a set with True if a title of the project is in a non-Latin script, and False if one is in Latin letters."""
        return {bool(script_in(name)) for name in self._names.get(project, ())}

    def _latin(self, project: str) -> list[str]:
        names = sorted(name for name in self._names.get(project, ()) if not script_in(name))
        variants = (variant for name in names for variant in self._reader.read(name).variants)
        titles = dict.fromkeys(" ".join(variant.tokens) for variant in variants)
        return [title for title in titles if len(title) >= _MIN_TITLE]

    def _non_latin(self, project: str, *, quoted: bool = False) -> list[str]:
        names = sorted(name for name in self._names.get(project, ()) if script_in(name))
        if quoted:
            names = [match[1] for name in names for match in _QUOTED.finditer(name) if script_in(match[1])]
        return [text for name in names if (text := self._quiet.sub(" ", fold(name)).strip())]


def add_titles_across_scripts(
    left: npt.NDArray[Any],
    right: npt.NDArray[Any],
    levels: Levels,
    probability: npt.NDArray[np.float64],
    titles: Titles,
    model: ProjectModel,
) -> None:
    """Set the level of the name to `part`, and that of the evidence to `unknown`, for pairs whose titles in two scripts match.

    Titles are compared only for pairs that are in the same country or boundless, whose numbers and customers don't differ, and
    whose other facts are nearly enough for a match. At most MAX_TITLES pairs are compared, likeliest first. All titles of one
    project must be in Latin letters, and none of the other's. If the projects have a participant in common, such as the
    supplier, a shared coined name is enough even if the customers differ. Pairs that name only different towns (`towns`) are
    left out.
    """
    missing = model.weight("name", "part") - model.weight("name", "little")
    odds = np.log2(np.clip(probability, 1e-9, 1 - 1e-9) / np.clip(1 - probability, 1e-9, 1))
    least = np.log2(model.same / (1 - model.same)) - missing - max(0.0, -model.weight("evidence", "context"))
    near = says_little(levels["name"]) & (probability < model.same) & (odds >= least)
    near &= np.isin(levels["number"].astype(str), ("unknown", "same", "first"))
    near &= np.isin(levels["country"].astype(str), ("same", "boundless"))
    # Titles of two customers' tenders for the same product may differ only in the customer.
    customers_differ = np.isin(levels["customers"].astype(str), ("other", "other-operator", "other-named"))
    has_party = have_common_party(levels)
    near &= ~customers_differ | has_party
    near &= ~np.isin(levels["place"].astype(str), ("towns",))
    rows = [
        row for row in np.flatnonzero(near).tolist() if titles.scripts(left[row]) ^ titles.scripts(right[row]) == {False, True}
    ]
    for row in sorted(rows, key=lambda row: (-odds[row], left[row], right[row]))[:MAX_TITLES]:
        is_coined = has_party[row] and titles.shares_coined_name(left[row], right[row])
        if is_coined or (not customers_differ[row] and titles.match(left[row], right[row])):
            levels["name"][row] = "part"
            levels["evidence"][row] = "unknown"
