"""Random mutations of measurements."""

import random
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

_ODD: list[Any] = [
    None,
    True,
    False,
    0,
    -1,
    2**70,
    1.5,
    float("nan"),
    "",
    "\ud800",
    "x" * 5000,
    [],
    {},
    [[]],
    [None],
    {"": None},
    "ok",
]


def mutate(original: dict[str, Any], seed: int) -> dict[str, Any]:
    """Return a copy in which one to four values are removed, replaced, or overwritten by another value of the measurement."""
    chance = random.Random(seed)
    measurement = deepcopy(original)
    for _ in range(chance.randint(1, 4)):
        places = list(_places(measurement))
        if not places:
            break
        holder, key = chance.choice(places)
        action = chance.random()
        if action < 0.4:
            del holder[key]
        elif action < 0.8:
            holder[key] = deepcopy(chance.choice(_ODD))
        else:
            source, name = chance.choice(places)
            holder[key] = deepcopy(source[name])
    return measurement


def _places(holder: Any) -> Iterator[tuple[Any, Any]]:
    for key, value in list(holder.items() if isinstance(holder, dict) else enumerate(holder)):
        yield holder, key
        if isinstance(value, dict | list):
            yield from _places(value)
