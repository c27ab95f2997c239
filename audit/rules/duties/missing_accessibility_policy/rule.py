"""The accessibility policy should be on the site and say what Ontario asks of it."""

from __future__ import annotations

from collections.abc import Iterable

from audit.model.finding import Family, Fixer, Requirements
from audit.model.rule import Result, Rule, ask, passed
from audit.model.site import Site, SitePlace
from audit.semantics.duties import PUBLIC_SECTOR, SMALL, bound, is_whole, mentions, missing, place, standing

RULE = Rule(
    title="Accessibility policy: check this duty",
    family=Family.DUTIES,
    requirements=Requirements(
        aoda=(
            "O. Reg. 191/11 s. 3",
            "O. Reg. 191/11 s. 80.46",
            "O. Reg. 191/11 s. 80.47",
        )
    ),
    fixer=Fixer.AUTHOR,
    why="Visitors with disabilities cannot know what the library has promised them, nor hold it to its word.",
    since="0.1.0",
)


def applies(site: Site) -> Iterable[SitePlace]:
    """The page that serves the duty; the start page where there is none."""
    if bound(site):
        yield place(site, "policy")


def expect(site: Site, target: SitePlace) -> Result:
    del target
    found = missing(site, "policy")
    if found is not None:
        return found
    policy, service = standing(site, "policy").page, standing(site, "customer_service").page
    pages = [page for page in (policy, service) if page is not None]
    if policy is None or not all(is_whole(page) for page in pages):
        return passed()
    organization = site.settings.get("organization", PUBLIC_SECTOR)
    wanted = {topic: said for topic, said in TOPICS.items() if organization != SMALL or topic != COMMITMENT}
    left_out = [topic for topic, said in wanted.items() if not any(mentions(page, said) for page in pages)]
    if not left_out:
        return passed()
    return ask(
        f"The accessibility policy seems to say nothing of {', '.join(left_out)}. Does it, in other words or elsewhere?",
        "Say it in the policy, or name the page that does as `customer_service` in `[site.duties]`.",
        left_out=left_out,
    )


COMMITMENT = "a commitment to meet needs in good time"
#: Topics of ss. 3 (2), 80.46 and 80.47, and words by which each is known.
TOPICS = {
    COMMITMENT: ("commitment", "committed", "commit", "good time", "timely manner", "engagement", "s'engage"),
    "assistive devices": (
        "assistive device",
        "assistive devices",
        "appareils et accessoires fonctionnels",
        "aides techniques",
    ),
    "service animals": ("service animal", "service animals", "guide dog", "guide dogs", "animaux d'assistance"),
    "support persons": ("support person", "support persons", "personne de soutien", "personnes de soutien"),
}
