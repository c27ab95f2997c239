"""One judgement over many texts that are all declared to be in one language."""

from __future__ import annotations

from audit.semantics.language.detect import Judgement, Match, judge, known

#: Pieces of at least this many words vote by themselves; shorter ones are judged together.
VOTING_WORDS = 4
#: Share of all judged letters that must be in one other language …
MOST = 0.75
#: … and that may at most be in the declared one.
LEAST = 0.15
#: Letters of one piece and of all of them that are looked at: more would not change the verdict.
PIECE_LETTERS = 400
ALL_LETTERS = 6000


def judged_together(texts: tuple[str, ...], declared: str) -> Judgement:
    """One judgement over all texts: long ones vote with their letters, short ones count as one text."""
    long = [text[:PIECE_LETTERS] for text in texts if len(text.split()) >= VOTING_WORDS]
    short = ". ".join(text for text in texts if len(text.split()) < VOTING_WORDS)[:PIECE_LETTERS]
    votes: dict[str, int] = {}
    strongest: dict[str, Judgement] = {}
    seen = 0
    for text in long:
        one = judge(text, declared)
        decided = one.match in {Match.SAME, Match.OTHER}
        language = one.language if decided else "?"
        votes[language] = votes.get(language, 0) + len(text)
        if language not in strongest or one.words > strongest[language].words:
            strongest[language] = one
        seen += len(text)
        if seen > ALL_LETTERS:
            break
    total = sum(votes.values())
    code = known(declared) or ""
    if total:
        best = max(sorted(votes), key=lambda each: votes[each])
        if best not in {"?", code} and votes[best] >= MOST * total and votes.get(code, 0) <= LEAST * total:
            return strongest[best]
        if best == code:
            return strongest[best]
    # Little text, or none that decides by itself.
    few = [text for text in [*long[:5], short] if not any(text != other and text in other for other in texts)]
    return judge(" ".join(few), declared)
