"""A review at the terminal: one question after another, each answered with a key."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from rich.console import Console
from rich.text import Text

from overt.cli.text_truncation_and_sizes import plain
from overt.ledger import Verdict
from overt.model.errors import OvertError
from overt.resolve.explanation_text import relation_sentence
from overt.resolve.relations.stated_and_proposed_relations import RelationProposal
from overt.resolve.review.conflicts import JudgementGraph
from overt.resolve.review.decision import PUBLISH_HINT, Decision
from overt.resolve.review.question import Question
from overt.resolve.review.question_ranking import RankedQuestion

KEYS = "s same   d different   u unsure   n skip   b back   z undo   q quit"
RELATED = "r related, as proposed   x related, the other way round"
"""Additional keys for a question with a proposed relation."""
_VERDICTS: dict[str, Verdict] = {"s": "same", "d": "different", "u": "unsure"}
_QUIT = ("q", "\x03", "\x04", "")


@dataclass
class Session:
    """Asks the questions of a queue. Terminal and ledger are parameters, so that tests can replace them."""

    queue: Sequence[RankedQuestion]
    standing: JudgementGraph
    """The judgements in force; read again after each judgement and each undo."""
    show: Callable[[RankedQuestion, str], None]
    decide: Callable[[Question, Verdict, str], Decision]
    relate: Callable[[RelationProposal, str], Decision]
    undo: Callable[[int], None]
    reread: Callable[[], JudgementGraph]
    console: Console
    key: Callable[[], str]
    """Function that waits for a key and returns it, or an empty string at the end of input and on Ctrl-C."""
    line: Callable[[str], str]
    """Function that prints a prompt and returns the line typed after it. Raises EOFError or KeyboardInterrupt."""
    made: list[tuple[int, int]] = field(default_factory=list)
    """The first entry of each judgement that was made and not undone, with the queue position of its question."""
    reason: str = ""
    """The reason of the last judgement, which Enter repeats; empty if there is none."""

    def run(self) -> int:
        """Ask until the queue is empty or the editor stops; return the number of judgements that were made and not undone."""
        at = self._next(0)
        printed = -1
        while at < len(self.queue):
            if printed != at:
                self.show(self.queue[at], f"{at + 1:,} of {len(self.queue):,}")
                if self.queue[at].question.proposal is not None:
                    self._say(RELATED)
                self._say(KEYS)
                printed = at
            pressed = self.key().lower()
            if pressed in _QUIT:
                break
            if pressed in _VERDICTS:
                at = self._next(at + 1) if self._judge(at, _VERDICTS[pressed]) else at
            elif pressed in ("r", "x"):
                at = self._next(at + 1) if self._relate(at, exchanged=pressed == "x") else at
            elif pressed in ("n", " "):
                at = self._next(at + 1)
            elif pressed == "b":
                at = max(at - 1, 0)
            elif pressed == "z":
                at, printed = self._undo(at), -1
            else:
                self._say(KEYS)
        else:
            self._say("that was the last question" if self.queue else "there is nothing to judge")
        if self.made:
            self._say(f"{len(self.made):,} judged; {PUBLISH_HINT}")
        return len(self.made)

    def _next(self, at: int) -> int:
        """Return the next position with an open question. Judgements made in this session may have settled others."""
        while at < len(self.queue) and self._settled(self.queue[at].question):
            at += 1
        return at

    def _settled(self, question: Question) -> bool:
        left, right = question.left.record, question.right.record
        judged = self.standing.judgement(left, right)
        left_open = judged is not None and judged.verdict == "unsure" and question.left_open
        return (judged is not None and not left_open) or self.standing.connects(left, right)

    def _judge(self, at: int, verdict: Verdict) -> bool:
        question = self.queue[at].question
        return self._decide(at, verdict, f"are judged {verdict}", question, lambda why: self.decide(question, verdict, why))

    def _relate(self, at: int, *, exchanged: bool) -> bool:
        question = self.queue[at].question
        if (proposal := question.proposal) is None:
            self._say("no relation is proposed; `overt judge relate A KIND B` records any")
            return False
        if exchanged:
            proposal = proposal._replace(from_=proposal.to, to=proposal.from_)
        words = relation_sentence(proposal.kind, proposal.from_, proposal.to)
        return self._decide(at, words, f"are related: {words}", question, lambda why: self.relate(proposal, why))

    def _decide(self, at: int, verdict: str, done: str, question: Question, act: Callable[[str], Decision]) -> bool:
        """Ask for the reason and enter the judgement; return whether it was entered."""
        as_before = f" (Enter: {plain(self.reason, 60)})" if self.reason else ""
        try:
            why = self.line(f"{plain(verdict)}, because{as_before}: ").strip() or self.reason
        except (EOFError, KeyboardInterrupt):
            why = ""
        if not why:
            self._say("not judged: a judgement needs its reason")
            return False
        try:
            decision = act(why)
        except OvertError as error:
            self._say(f"not judged: {error}")
            return False
        self.reason = why
        self.standing = self.reread()
        self.made.append((decision.entry.sequence, at))
        self._say(f"entry {decision.entry.sequence}: {plain(f'{question.left.record} and {question.right.record} {done}', 2000)}")
        for note in decision.notes:
            self._say(f"note: {plain(note, 2000)}")
        return True

    def _undo(self, at: int) -> int:
        if not self.made:
            self._say("nothing was judged in this sitting; `overt judge undo` takes earlier entries back")
            return at
        entry, place = self.made[-1]
        try:
            self.undo(entry)
        except OvertError as error:
            self._say(f"not undone: {error}")
            return at
        self.made.pop()
        self.standing = self.reread()
        self._say(f"entry {entry} is undone")
        return place

    def _say(self, words: str) -> None:
        self.console.print(Text(words))
