"""Connected components of a graph, and its bridges: edges whose removal leaves more components."""

from hypothesis import given, settings
from hypothesis import strategies as st

from overt.release.graph_components_and_bridges import bridges, connected_components

PAIRS = st.lists(st.tuples(*[st.sampled_from("abcdefg")] * 2).filter(lambda pair: pair[0] != pair[1]), max_size=12, unique=True)


@settings(max_examples=200, deadline=None)
@given(PAIRS)
def test_without_a_bridge_the_graph_has_more_components(pairs: list[tuple[str, str]]) -> None:
    components = len(connected_components("abcdefg", pairs))
    expected = {
        pair for pair in pairs if len(connected_components("abcdefg", [other for other in pairs if other != pair])) > components
    }
    assert bridges(pairs) == expected


def test_a_long_chain_needs_no_recursion() -> None:
    chain = [(f"r{at}", f"r{at + 1}") for at in range(20_000)]
    assert bridges(chain) == set(chain)
    assert bridges([*chain, ("r0", "r20000")]) == set()
