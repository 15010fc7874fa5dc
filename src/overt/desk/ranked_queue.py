"""The complete queue of questions. Those expected to change the most rows of figures come first."""

from collections.abc import Sequence
from pathlib import Path

from overt.desk.impact import impacts
from overt.ledger import Judgement
from overt.model.workspace import Workspace
from overt.resolve.review.member_lookup import Members
from overt.resolve.review.open_questions import open_questions
from overt.resolve.review.question_ranking import RankedQuestion, rank_questions


def ranked_queue(
    workspace: Workspace,
    members: Members,
    judgements: Sequence[Judgement],
    release: Path | None,
    *,
    left_open: bool = False,
) -> list[RankedQuestion]:
    """Return the complete queue of a workspace, the questions expected to change the most rows of figures first.

    Without a release, no figure can change, so the questions are ranked only by uncertainty. `left_open`: whether to include
    pairs that editors judged unsure.
    """
    questions = open_questions(workspace.resolved, members, judgements, left_open=left_open)
    by_pair = impacts(release, questions, memory=workspace.settings.engine.memory) if release is not None else {}
    return rank_questions(questions, by_pair)
