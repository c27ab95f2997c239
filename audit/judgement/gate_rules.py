"""The rules about the gate's own files (excuses, baseline, exclusions, regions), its lists of pages, and what it could not see.

They look at no page, so they have no folder; what is said of them is here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from audit.model.finding import Fixer


@dataclass(frozen=True, slots=True)
class GateRule:
    """A fault of the gate's own files. ``title`` and ``why`` as in :class:`audit.model.rule.Rule`.

    ``checked`` and ``fix`` explain it; ``blocks``: it blocks whatever the profile, or the gate
    could be worn away.
    """

    title: str
    why: str
    checked: str
    fix: str
    blocks: bool = False
    fixer: Fixer = Fixer.THEME

    @property
    def text(self) -> str:
        """The explanation as Markdown, in the order of every rule's page."""
        return f"## What is checked\n\n{self.checked}\n\n## How to fix it\n\n{self.fix}"


RULES: Mapping[str, GateRule] = {
    "baseline-entry-gone": GateRule(
        "Known fault is no longer there",
        "An entry that matches nothing can hide a new fault that looks like the old one.",
        "Each entry of the list of known faults is still found, if its page was audited and its rule ran.",
        "Run `stepfree baseline`: it removes what is gone. The list only gets shorter.",
    ),
    "broken-sitemap": GateRule(
        "Sitemap cannot be used",
        "Visitors who find the library through a search engine do not find its pages.",
        "Each `sitemap*.xml` in the root of the site can be read as a sitemap, and lists at least one page.",
        "Let the build write the sitemap; do not keep one by hand.",
        blocks=True,
    ),
    "decision-lapsed": GateRule(
        "Decision was about something else",
        "The thing has changed since somebody looked at it, so nobody has looked at what visitors meet now.",
        "An answer to a question (`[[decision]]`, `stepfree: decided`) names the digest of what it was about. "
        "When that changes, the question is asked again.",
        "Look at the thing as it is now. If the answer still holds, write the new digest that the message names.",
    ),
    "excuse-expired": GateRule(
        "Excuse has expired",
        "The fault was to be fixed by that day; visitors still run into it.",
        "Today is not after the day `until` of any excuse or decision.",
        "Fix the fault and remove the excuse. If it must stay, give it a new day and a reason that still applies. "
        "An expired day alone does not block publishing.",
    ),
    "excuse-incomplete": GateRule(
        "Excuse cannot be read",
        "What it was meant to excuse is not excused, and nobody is told who answers for it.",
        "Each excuse in a text or template names a rule, a reason, an owner and a day.",
        'Write `<!-- stepfree: allow RULE reason="…" owner="…" until=2027-01-31 -->` just above the thing.',
        blocks=True,
    ),
    "excuse-unused": GateRule(
        "Excuse excuses nothing",
        "An excuse that matches nothing can hide a new fault one day.",
        "Each excuse and each decision matches something that was found, if all pages were audited and its rule ran.",
        "Remove it. If the thing has moved, move the excuse to it.",
        blocks=True,
    ),
    "exclusion-expired": GateRule(
        "Exclusion has expired",
        "Pages that were left out for a while would be left out forever.",
        "Each pattern in `[exclude]` of `stepfree.toml` has a day until which it is good.",
        "Remove the line, or give it a new day and a reason that still applies. The pages are looked at again, "
        "and an expired day alone does not block publishing.",
    ),
    "exclusion-unused": GateRule(
        "Exclusion excludes nothing",
        "A pattern that matches no page today can hide pages tomorrow.",
        "Each pattern in `[exclude]` of `stepfree.toml` matches at least one page.",
        "Remove the line, or correct the pattern.",
        blocks=True,
    ),
    "known-fault-changed": GateRule(
        "Known fault has changed",
        "A new fault may hide behind an old one that looks like it.",
        "What proves a known fault (a measure, a colour, an address) is as it was when it was written down.",
        "Compare. If it is the same fault, run `stepfree baseline` to write it down as it is now.",
    ),
    "frame-not-looked-at": GateRule(
        "Frame of another site, not looked at",
        "What is in a frame is part of the page for whoever uses it, and a barrier in it stops people all the same.",
        "Each frame that people see was read, unless it shows a page of another site that cannot be entered, or that is "
        "not loaded in the check of a folder.",
        "Try it with the keyboard and a screen reader, or ask whoever makes it for a report on its accessibility. "
        "`[[regions]]` in `stepfree.toml` names what others have promised to fix.",
    ),
    "led-to-another-site": GateRule(
        "Some visitors are led to another site",
        "People with a small window, or who ask for dark colours, get other pages, and a barrier there stops them.",
        "Opened at 320 px or in dark colours, a page does not lead to another site, which is not looked at with this one.",
        "Let one page serve all visitors. If there is a site for phones, audit it by its own address.",
    ),
    "page-unknown-to-build": GateRule(
        "Page is not from this build",
        "Visitors may find a page that nobody maintains any more.",
        "Each HTML file in the folder is in the build's manifest.",
        "Remove the file, or build into an empty folder.",
    ),
    "redirect-in-circles": GateRule(
        "Redirect leads in a circle",
        "Visitors who follow the address wait for a page that never comes.",
        "Each page that only sends its visitors on leads, by way of others or not, to a page.",
        "Let it lead to a page, or remove it.",
        blocks=True,
    ),
    "region-expired": GateRule(
        "Region has expired",
        "Somebody else was to fix it by that day, and visitors still run into it.",
        "Today is not after the day `until` of any region in `[[regions]]` of `stepfree.toml`.",
        "Ask whoever answers for it. Then remove the region, or give it a new day and a reason that still applies. "
        "Until then whatever is wrong in it counts, and blocks, like everything else.",
    ),
    "region-too-wide": GateRule(
        "Region covers a whole page",
        "A page that belongs to somebody else as a whole would be published without anybody answering for it.",
        "No region in `[[regions]]` of `stepfree.toml` takes in the `main` of a page, or all that a page says.",
        "Name the part that is theirs. On this page the region does not apply.",
        blocks=True,
    ),
    "region-unused": GateRule(
        "Region is on no page",
        "A region that matches nothing today can hide faults tomorrow.",
        "Each region in `[[regions]]` of `stepfree.toml` is on at least one page, if all pages were audited.",
        "Remove it, or correct its selector, the address of its frame or its pages.",
        blocks=True,
    ),
    "sitemap-entry-without-page": GateRule(
        "Sitemap names a missing page",
        "Visitors who come from a search engine meet an error page.",
        "Each address in the sitemap has a file, and that file is a page of its own.",
        "Let the build write the sitemap, or build the page.",
        blocks=True,
    ),
}
