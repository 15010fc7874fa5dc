"""Titles and descriptions for the columns of the released table `spans`."""

_BOUND = {
    "begin_earliest": ("Earliest start", "First day on which it can have begun; empty if no source gives one"),
    "begin_latest": ("Latest start", "Day by which it had begun; empty if it may never have begun"),
    "end_earliest": ("Earliest end", "First day on which it may have been over: the day after `confirmed`"),
    "end_latest": ("Latest end", "Day from which it was certainly not in place any more; empty if no source gives an end"),
}  # fmt: skip
COLUMNS: dict[str, tuple[str, str]] = {
    "id": ("Id", "Published id of the record"),
    "type": ("Type", "Type of the record"),
    "begun": ("Begun", "False if it is only planned or was given up: it is in place on no day"),
    "not_begun": ("Not begun", "Why: `planned` or `given-up`"),
}
"""Title and description of each column."""
for _name, (_title, _text) in _BOUND.items():
    COLUMNS[_name] = (_title, _text)
    COLUMNS[f"{_name}_rule"] = (f"{_title}, rule", f"The rule that gives `{_name}` (`bounds` of models/spans.yml)")
    COLUMNS[f"{_name}_claims"] = (f"{_title}, claims", f"Ids of the claims on which `{_name}` rests")
COLUMNS |= {
    "planned": ("Planned for", "When it is planned to begin (EDTF), if sources only plan it"),
    "planned_as_of": ("Planned, as of", "Date of the source that states the plan (EDTF)"),
    "planned_by": ("Known as a plan by", "If sources only plan it, the day by which a source first described it"),
    "planned_end": ("Planned until", "A planned end (EDTF), which bounds nothing"),
    "planned_end_as_of": ("Planned until, as of", "Date of the source that states the planned end (EDTF)"),
    "status": ("Status", "The newest status that a source gives"),
    "status_as_of": ("Status, as of", "The date from which it is known (EDTF)"),
    "confirmed": ("Last confirmed", "The last day on which sources allow no doubt that it was in place"),
    "stale": ("Stale", "Whether no source confirmed it for longer than the rules allow, up to the day of the release"),
}
