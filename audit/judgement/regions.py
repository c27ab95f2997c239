"""Findings in what belongs to somebody else: set apart while the region holds, and what is wrong with the regions.

Once its day has passed a region holds no more, and what is wrong in it blocks again: an excuse that runs out leaves
somebody in the house who answers for the fault, here nobody would ask the others any more.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from audit.examination.examination import RuleOutcome
from audit.judgement.gate import outcome
from audit.model.finding import Finding, FindingState
from audit.semantics.words import counted
from audit.settings.regions import Region

#: Pages that are named of a region that covers whole ones.
_NAMED = 3


def set_apart(
    findings: Iterable[Finding], regions: Sequence[Region], today: dt.date, lawful: Collection[str] = ()
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings that are the site's own, and those that are somebody else's and do not block.

    ``lawful``: rules whose faults are breaches of a legal duty, which nobody can give away.
    """
    holding = {each.name: each for each in regions if each.until >= today}
    own, theirs = [], []
    for finding in findings:
        region = holding.get(finding.region or "")
        if region is None or finding.rule in lawful:
            own.append(finding)
            continue
        told = {"reason": region.reason, "owner": region.owner, "until": region.until.isoformat()}
        theirs.append(replace(finding, state=FindingState.THEIRS, blocking=False, excuse=told))
    return tuple(own), tuple(theirs)


def of_regions(
    regions: Iterable[Region],
    found: Collection[str],
    whole: Mapping[str, Collection[str]],
    today: dt.date,
    *,
    complete: bool,
) -> Iterator[RuleOutcome]:
    """What is wrong with the regions themselves.

    ``found``: names of those that are on some page; ``whole``: the pages that each would cover as a whole;
    ``complete``: whether every page of the site was audited; if not, nothing is called unused.
    """
    for region in regions:
        if region.until < today:
            yield outcome(
                "region-expired",
                f"The region “{region.name}” of {region.owner} expired on {region.until.isoformat()}.",
                "Ask whoever answers for it. Then remove the region, or give it a new day and a reason that still applies.",
                path=region.path,
                line=region.line,
                due=region.until,
            )
        pages = sorted(whole.get(region.name, ()))
        if pages:
            more = f" and {counted(len(pages) - _NAMED, 'more page', 'more pages')}" if len(pages) > _NAMED else ""
            yield outcome(
                "region-too-wide",
                f"The region “{region.name}” covers all that {', '.join(pages[:_NAMED])}{more} is about.",
                "Name the part that is theirs. There the region does not apply, and what was found counts.",
                path=region.path,
                line=region.line,
            )
        elif complete and region.name not in found:
            yield outcome(
                "region-unused",
                f"The region “{region.name}” of {region.owner} is on no page.",
                "Remove it, or correct its selector, the address of its frame or its pages.",
                path=region.path,
                line=region.line,
            )
