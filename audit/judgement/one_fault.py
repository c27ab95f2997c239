"""What two rules say of one fault, put into one finding with the criteria of both.

A picture without a text alternative is why the link around it has no name; a field that nothing names, seen or heard,
lacks one label. Who mends one has mended the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from audit.examination.examination import RuleOutcome
from audit.model.finding import Outcome, Requirements
from audit.rules import LoadedRule

#: A picture says nothing; a link or button, which may have nothing but that picture, has no name.
_PICTURES = frozenset({"image-alt", "role-img-alt", "svg-img-alt"})
_CONTROLS = frozenset({"link-name", "button-name", "control-without-name"})
#: Of one field: nothing can be seen that says what it is for; and it has no name.
_UNSEEN = frozenset({"field-without-visible-label"})
_UNNAMED = frozenset({"label", "select-name", "control-without-name"})


def told_once(
    outcomes: Iterable[RuleOutcome], splits: Callable[[RuleOutcome], bool] = lambda _: False
) -> list[RuleOutcome]:
    """The outcomes of a page without those that another one explains, which gets their criteria.

    ``splits``: whether an outcome may be told by a rule about sources, so that what joins it would be lost.
    """
    kept = list(outcomes)
    failed = [each for each in kept if each.outcome is Outcome.FAILED and each.target is not None]
    for about, others, within in ((_PICTURES, _CONTROLS, True), (_UNSEEN, _UNNAMED, False)):
        controls = [each for each in failed if each.rule in others and _selector(each)]
        for cause in [each for each in failed if each.rule in about and not splits(each)]:
            effect = _effect(cause, controls, within=within)
            if effect is None:
                continue
            controls.remove(effect)
            kept.remove(effect)
            said = f"{cause.message} {effect.message}" if within else cause.message
            kept[kept.index(cause)] = replace(
                cause, message=said, requirements=with_those_of(cause.requirements, effect.requirements)
            )
    return kept


def without_what_is_told_of_the_page(
    outcomes: Iterable[RuleOutcome], site: Iterable[RuleOutcome], rules: Mapping[str, LoadedRule]
) -> list[RuleOutcome]:
    """The outcomes of a page without those of which a rule that looks at the whole site states more of the page."""
    told = {
        (each.page, other)
        for each in site
        if each.outcome is Outcome.FAILED and each.target is None and each.rule in rules
        for other in rules[each.rule].rule.covers
    }
    return [each for each in outcomes if (each.page, each.rule) not in told]


def with_those_of(needs: Requirements, more: Requirements) -> Requirements:
    """The requirements of both, each once, those of the first before the others."""
    return Requirements(
        *(
            tuple(dict.fromkeys((*mine, *theirs)))
            for mine, theirs in (
                (needs.wcag, more.wcag),
                (needs.act, more.act),
                (needs.aoda, more.aoda),
                (needs.pdfua, more.pdfua),
            )
        )
    )


def _effect(cause: RuleOutcome, controls: Sequence[RuleOutcome], *, within: bool) -> RuleOutcome | None:
    """What is without a name because of the cause, under the same conditions."""
    where = _selector(cause)
    for each in controls:
        own = _selector(each)
        if each.conditions == cause.conditions and (where.startswith(f"{own} > ") if within else where == own):
            return each
    return None


def _selector(outcome: RuleOutcome) -> str:
    return outcome.target.selector if outcome.target is not None else ""
