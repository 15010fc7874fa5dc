"""Progress functions receive the share of the work that is done."""

from overt.model.progress import with_shares, within_step


def test_shares_of_a_step_and_of_all_steps() -> None:
    reported: list[tuple[str, float | None]] = []

    def progress(step: str, share: float | None = None) -> None:
        reported.append((step, share))

    shared = with_shares(progress, {"claims": 0.25})
    shared("claims")
    shared("evidence")
    within_step(shared, "figures", 0.5, 1)(0.5)
    assert reported == [("claims", 0.25), ("evidence", None), ("figures", 0.75)]
