"""What two bodies of one country have in common, or have each for themselves."""

from overt.resolve.bodies.body_clusters import Body


def is_alias_of_both(key: str, left: Body, right: Body) -> bool:
    """Return whether two bodies have an alias that is the name of neither, such as the brand of a group and its subsidiary."""
    return key in left.records and key in right.records and key not in left.own_names | right.own_names


def have_pages_apart(left: Body, right: Body) -> bool:
    """Return whether two bodies that can be companies have home pages on domains whose labels differ."""
    return "company" in left.groups & right.groups and bool(left.labels and right.labels and not left.labels & right.labels)
