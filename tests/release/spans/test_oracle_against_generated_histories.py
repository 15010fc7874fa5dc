"""The oracle for spans never excludes the truth, and can distinguish histories."""

from collections import Counter

from tests.release.spans.generated_histories_and_oracle import NEVER, QUESTIONS, WRONG, Statement, Worlds, generate, limits


def test_the_oracle_never_excludes_the_truth() -> None:
    """A wrong second source may exclude the truth, so histories with one are skipped. All other statements are true."""
    answers: Counter[str] = Counter()
    for seed in range(400):
        history = generate(seed)
        if any(s.spoken == WRONG for s in history.statements):
            continue
        worlds = Worlds(history.statements)
        assert not worlds.impossible, history
        for question in QUESTIONS:
            first, last = limits(question)
            answer = worlds.answer(question)
            answers[answer] += 1
            true = history.begin <= last and history.end > first and history.begin != NEVER
            if answer == "certainly":
                assert true, (history, question)
            planned = any(s.value in ("announced", "agreed", "under-construction") for s in history.statements)
            if answer == "not" and not planned:
                assert not true, (history, question)
    assert all(count > 300 for count in answers.values()) and len(answers) == 3, answers


def test_the_oracle_answers_what_a_person_would() -> None:
    worlds = Worlds([Statement("operational", "2018-12", "2019-01-20"), Statement("status", "operational", "2019-01-20")])
    assert [worlds.answer(q) for q in ("2018", "2018-12-10", "2018-12", "2019-01-05", "2019-01-21")] == [
        "certainly", "possibly", "certainly", "certainly", "possibly",
    ]  # fmt: skip
    plan = Worlds([Statement("operational", "2019-03", "2019-01-20"), Statement("status", "announced", "2019-01-20")])
    assert {plan.answer(question) for question in QUESTIONS} == {"not"}
