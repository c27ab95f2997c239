"""One finding in the HTML report: what, why, what to do, where; the rest on request."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from audit.model.finding import Finding, FindingState, Json, Outcome
from audit.model.report import RuleResult
from audit.model.rule_places import rule_page
from audit.reports.causes import where
from audit.reports.markup import inline, items, pairs, prose, text, typed
from audit.reports.sentences import number, sentence
from audit.standards import criteria, profiles
from audit.standards.laws import NONE, laws

_COLOUR = re.compile(r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?(?:[0-9a-fA-F]{2})?\Z")
_PAGES_NAMED = 30
_PLACES_NAMED = 100


@dataclass(frozen=True, slots=True)
class Seen:
    """What articles need to know of the run: titles of pages, rules, pictures as addresses, addresses of documents."""

    titles: Mapping[str, str]
    rules: Mapping[str, RuleResult]
    pictures: Mapping[str, str]
    rules_address: str | None = None
    jurisdiction: str | None = None
    documents: frozenset[str] = frozenset()


def article(finding: Finding, ordinal: int, seen: Seen, in_file: bool, again: bool = False) -> str:
    """The finding as an article with the id ``finding-N``.

    ``in_file``: its file is the heading above. ``again``: the rule stood just above, so why it
    matters is said among the details instead of a second time.
    """
    name = f"finding-{ordinal}"
    line = finding.source.line if finding.source else None
    before = f'<span class="line">Line {line}:</span> ' if in_file and line else ""
    tone = "blocked" if finding.blocking else "ask" if finding.outcome is Outcome.CANT_TELL else ""
    question = finding.outcome is Outcome.CANT_TELL
    says = pairs(
        (
            ("How to decide" if question else "What to do", prose(finding.fix)),
            ("Why it matters", f"<p>{inline(finding.why)}</p>" if finding.why and not again else ""),
            ("Where", f"<p>{_place(finding, seen)}</p>"),
            ("Excused", f"<p>{text(excuse(finding))}</p>" if finding.excuse else ""),
            ("More", _more(finding, seen)),
        ),
        "says",
    )
    return (
        f'<article class="finding {tone}" id="{name}" aria-labelledby="{name}-title">'
        f'<h4 id="{name}-title">{before}{text(finding.title)}</h4>'
        f"{items(_tags(finding, seen), ' class="tags"')}"
        f"{prose(finding.message)}{_picture(finding, seen)}{says}"
        f'<details><summary>Details<span class="unseen"> of finding {ordinal}</span></summary>'
        f"{pairs(_facts(finding, seen, again), 'facts')}</details></article>\n"
    )


def obligation(finding: Finding, rule: RuleResult | None, jurisdiction: str | None = None) -> str:
    """On what a finding rests, in a few words: the law that the site is under, and what goes beyond it."""
    known = criteria()
    law = laws().get(jurisdiction or NONE) or laws()[NONE]
    named = [known[identifier] for identifier in finding.requirements.wcag if identifier in known]
    asked = any(criterion.id in profiles()[law.profile].criteria for criterion in named)
    if law.cite and (asked or finding.requirements.aoda):
        return f"Part of {law.short}"
    if named:
        first = min(named, key=lambda criterion: (len(criterion.level), criterion.introduced))
        words = f"WCAG {first.introduced}, Level {first.level}"
        return f"{words}, beyond {law.short}" if law.cite else words
    if finding.requirements.pdfua:
        return "PDF/UA"
    return "Good practice" if rule is None or rule.best_practice else "House rule"


def criterion_link(identifier: str) -> str:
    """A criterion by name with W3C's explanation; an unknown number as it stands."""
    criterion = criteria().get(identifier)
    if criterion is None:
        return text(f"WCAG {identifier}")
    return f'<a href="{text(criterion.understanding)}">{text(criterion.name)}</a> (WCAG {text(identifier)}, Level {text(criterion.level)})'


def _tags(finding: Finding, seen: Seen) -> list[str]:
    tags = []
    if finding.state == FindingState.EXCUSED:
        tags.append("Excused")
    elif finding.state == FindingState.THEIRS:
        tags.append("Belongs to somebody else")
    elif finding.state == FindingState.KNOWN:
        tags.append("Known before")
    elif finding.blocking:
        tags.append('<span class="strong">Blocks publishing</span>')
    elif finding.outcome is Outcome.CANT_TELL:
        tags.append('<span class="strong">A person must decide</span>')
    else:
        tags.append("Does not block")
    tags.append(text(obligation(finding, seen.rules.get(finding.rule), seen.jurisdiction)))
    if finding.count > 1:
        tags.append(text(f"Found {number(finding.count)} times"))
    return tags


def _picture(finding: Finding, seen: Seen) -> str:
    address = seen.pictures.get(finding.key)
    if address is None:
        return ""
    name = (finding.target.name if finding.target else "") or finding.title
    return f'<figure><img src="{text(address)}" alt="{text(f"How the place looks: {name[:120]}")}"></figure>'


def _place(finding: Finding, seen: Seen) -> str:
    title = seen.titles.get(finding.page)
    page = f"“{text(title)}” ({typed(finding.page)})" if title else typed(finding.page)
    others = len({*finding.pages} - {finding.page})
    more = "" if not others else f" and {number(others)} more page{'' if others == 1 else 's'}"
    on_page = f"the page {page}{more}" if finding.page else ""
    if finding.source and finding.page in seen.documents:
        place = typed(where(finding)) + (f", “{text(title)}”" if title else "")
    elif finding.source:
        place = typed(where(finding)) + (f", seen on {on_page}" if on_page else "")
    else:
        place = sentence(on_page) or "The site as a whole"
    element = _element(finding)
    return f"{place}: {element}." if element else f"{place}."


def _more(finding: Finding, seen: Seen) -> str:
    """A link to the page on which the rule is explained, when the site has one."""
    page = rule_page(finding.rule, seen.rules_address)
    rule = seen.rules.get(finding.rule)
    title = rule.title if rule else finding.title
    return f'<p><a href="{text(page)}">About “{text(title)}”, with examples</a></p>' if page else ""


def _element(finding: Finding) -> str:
    """The element as a screen reader says it: role and name."""
    target = finding.target
    if target is None:
        return ""
    role = target.role if target.role not in {"generic", "none"} else ""
    name = f"“{target.name}”" if target.name else ""
    return text(" ".join(part for part in (role, name) if part))


def excuse(finding: Finding) -> str:
    """Why a finding is excused, by whom and until when, as one plain text; empty when it is not."""
    said = {key: str(value) for key, value in (finding.excuse or {}).items() if value}
    reason = said.pop("reason", "")
    rest = "; ".join(f"{key}: {value}" for key, value in sorted(said.items()))
    return f"{reason} ({rest})" if rest else reason


def _facts(finding: Finding, seen: Seen, again: bool) -> list[tuple[str, str]]:
    requirements = finding.requirements
    rests_on = [criterion_link(identifier) for identifier in requirements.wcag]
    rests_on += [text(section) for section in requirements.aoda]
    rests_on += [text(f"PDF/UA {clause}") for clause in requirements.pdfua]
    target = finding.target
    pages = sorted({*finding.pages, finding.page})
    listed = [typed(page) for page in pages[:_PAGES_NAMED]]
    if len(pages) > _PAGES_NAMED:
        listed.append(f"and {len(pages) - _PAGES_NAMED:,} more, all named in report.json")
    rule = seen.rules.get(finding.rule)
    called = typed(finding.rule) + (f" ({text(finding.engine)})" if finding.engine != "stepfree" else "")
    if rule and rule.help_url:
        called += f', <a href="{text(rule.help_url)}">about {text(rule.id)}</a>'
    return [
        ("Why it matters", inline(finding.why) if again else ""),
        ("Rests on", items(rests_on) if rests_on else ""),
        ("Seen under", text(", ".join(finding.conditions))),
        ("Pages", items(listed) if len(pages) > 1 else ""),
        ("Places", items(_places(finding.evidence)) if _spots(finding.evidence) else ""),
        ("Element", typed(target.html) if target and target.html else ""),
        ("Selector", typed(target.selector) if target and target.selector else ""),
        ("Evidence", items(evidence) if (evidence := _evidence(finding.evidence)) else ""),
        ("Rule", called),
        ("Key", typed(finding.key)),
    ]


def _spots(evidence: Mapping[str, Json]) -> list[tuple[str, str, str]]:
    """Page, selector and message of each element of a fault that was told together; none for evidence of another form."""
    places = evidence.get("places")
    found = [
        (each[0], each[1], each[2])
        for each in (places if isinstance(places, list) else ())
        if isinstance(each, list) and len(each) == 3 and all(isinstance(part, str) for part in each)
    ]
    return [(str(page), str(selector), str(message)) for page, selector, message in found]


def _places(evidence: Mapping[str, Json]) -> list[str]:
    spots = _spots(evidence)
    told = [
        f"{typed(page)}: {inline(message)}{f' {typed(selector)}' if selector else ''}"
        for page, selector, message in spots[:_PLACES_NAMED]
    ]
    if len(spots) > _PLACES_NAMED:
        told.append(f"and {len(spots) - _PLACES_NAMED:,} more, all named in report.json")
    return told


def _evidence(evidence: Mapping[str, Json]) -> list[str]:
    apart = {"places"} if _spots(evidence) else set()
    return [
        f"{text(name.replace('_', ' '))}: {_value(value)}"
        for name, value in sorted(evidence.items())
        if name not in apart
    ]


def _value(value: Json) -> str:
    if isinstance(value, str):
        swatch = ""
        if _COLOUR.match(value):
            # Not a style: the report's policy allows none beside its own sheet.
            swatch = (
                f'<svg class="swatch" viewBox="0 0 1 1" aria-hidden="true"><path fill="{value}" d="M0 0h1v1H0z"/></svg>'
            )
        return f"{swatch}{typed(value)}"
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: "none"}[value]
    if isinstance(value, int | float):
        return text(f"{value:g}" if isinstance(value, float) else str(value))
    return typed(json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)[:500])


def embedded(pictures: Mapping[str, bytes], wanted: frozenset[str], limit: int) -> Mapping[str, str]:
    """Pictures as ``data:`` addresses, in the order of their keys, ``limit`` bytes in all.

    Only PNG and WebP are taken: anything else is no picture of ours.
    """
    found: dict[str, str] = {}
    for key in sorted(wanted & pictures.keys()):
        data = pictures[key]
        kind = "png" if data.startswith(b"\x89PNG\r\n\x1a\n") else "webp" if data[8:12] == b"WEBP" else ""
        if not kind or len(data) > limit:
            continue
        limit -= len(data)
        found[key] = f"data:image/{kind};base64,{base64.b64encode(data).decode('ascii')}"
    return found
