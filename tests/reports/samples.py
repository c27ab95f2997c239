"""Reports to render in tests: realistic ones of any size, and hostile ones."""

from __future__ import annotations

import hashlib
import random
from dataclasses import replace

from audit.judgement.criteria import roll_up
from audit.model.finding import (
    Finding,
    Fixer,
    Json,
    Outcome,
    PageResult,
    PageState,
    Requirements,
    Source,
    SourceKind,
    Target,
)
from audit.model.report import Report, RuleResult, RunError, ordered

TOOL = {"stepfree": "0.1.0", "axe-core": "4.10.2", "browser": "Chromium 140.0"}

_WCAG = {
    "missing-alternative": ("1.1.1",),
    "vague-link": ("2.4.4",),
    "fake-list": ("1.3.1",),
    "color-contrast": ("1.4.3",),
    "focus-hidden-by-header": ("2.4.11",),
    "pdf-without-title": ("2.4.2",),
    "heading-skipped": (),
    "link-in-poster": ("1.4.5",),
    "passage-in-other-language": ("3.1.2",),
}

RULES = (
    RuleResult("missing-alternative", "Image has no text alternative", requirements=Requirements(wcag=("1.1.1",))),
    RuleResult("vague-link", "Link text says too little", requirements=Requirements(wcag=("2.4.4",))),
    RuleResult("fake-list", "List typed as plain text", requirements=Requirements(wcag=("1.3.1",))),
    RuleResult(
        "color-contrast",
        "Text is too pale",
        engine="axe-core",
        fixer=Fixer.THEME,
        requirements=Requirements(wcag=("1.4.3",)),
    ),
    RuleResult(
        "focus-hidden-by-header",
        "Focus hides under the header",
        family="interaction",
        fixer=Fixer.THEME,
        requirements=Requirements(wcag=("2.4.11",)),
    ),
    RuleResult(
        "pdf-without-title",
        "PDF has no title",
        family="documents",
        fixer=Fixer.DOCUMENT,
        requirements=Requirements(wcag=("2.4.2",), pdfua=("06-003",)),
    ),
    RuleResult("heading-skipped", "Heading level is skipped", best_practice=True),
    RuleResult("link-in-poster", "Poster may hold the facts", requirements=Requirements(wcag=("1.4.5",))),
    RuleResult(
        "passage-in-other-language",
        "Passage may be in another language",
        family="writing",
        requirements=Requirements(wcag=("3.1.2",)),
    ),
)

_PAGES = (
    ("/", "Maple Lake County Public Library", "content/pages/home.md"),
    ("/programs/repair-cafe/", "Repair Café", "content/programs/repair-cafe.md"),
    ("/programs/seed-library/", "Seed library workshop", "content/programs/seed-library.md"),
    ("/services/home-delivery/", "Home delivery", "content/services/home-delivery.md"),
    ("/branches/cedar-bay/", "Cedar Bay branch", "content/branches/cedar-bay.md"),
    ("/fr/bibliotheque/", "La bibliothèque en français", "content/pages/bibliotheque.md"),
)

_WORDS: dict[str, tuple[str, str, str, str]] = {
    "missing-alternative": (
        "Image has no text alternative",
        "The picture `sewing.jpg` has no text alternative.",
        "People who cannot see the picture hear only the file’s name.",
        "Write what the picture tells between the brackets:\n\n```markdown\n![Two neighbours mend a coat at the sewing table](sewing.jpg)\n```",
    ),
    "vague-link": (
        "Link text says too little",
        "The link says “click here”; there are three of them on this page.",
        "People who jump from link to link hear “click here, click here, click here”.",
        "Say where the link leads, in the link itself:\n\n```markdown\n[Register for the repair café](https://example.org/register)\n```",
    ),
    "fake-list": (
        "List typed as plain text",
        "Three lines begin with “•”, but they are one paragraph.",
        "A screen reader does not say “list, three items”, so nobody hears how long it is.",
        "Begin each line with `- ` and leave a blank line before the first:\n\n```markdown\nBring:\n\n- a lamp\n- a chair\n- a bicycle\n```",
    ),
    "color-contrast": (
        "Text is too pale",
        "The text “Drop in, no registration” has a contrast of 3.1 to 1; it needs 4.5 to 1.",
        "People with low vision, and anyone in bright sun, cannot read it.",
        "Use the token `--ink-soft` for this text, or a darker one.",
    ),
    "focus-hidden-by-header": (
        "Focus hides under the header",
        "When the link “Holds” is focused, the sticky header covers it.",
        "People who use the keyboard cannot see where they are.",
        "Give `html` a `scroll-padding-block-start` as high as the header.",
    ),
    "pdf-without-title": (
        "PDF has no title",
        "The document “board-minutes-2026-05.pdf” has no title of its own.",
        "A screen reader reads the file’s name instead.",
        "1. Open the document in the program it was made with.\n2. Write the title under **File, Properties**.\n3. Export it again.",
    ),
    "heading-skipped": (
        "Heading level is skipped",
        "`####` follows `##`: one level is missing.",
        "People who move by headings think that they missed a part.",
        "Write `###` instead of `####`.",
    ),
    "link-in-poster": (
        "Poster may hold the facts",
        "Does the picture “poster-june.png” hold dates or a place that the text does not?",
        "Facts in a picture reach nobody who cannot see it, and no search finds them.",
        "Compare the poster with the text. If a fact is only on the poster, write it in the text as well.",
    ),
    "passage-in-other-language": (
        "Passage may be in another language",
        "Is “Bienvenue à la bibliothèque” meant to be French?",
        "A screen reader reads French with English sounds unless it is told.",
        'Mark it:\n\n```html\n<span lang="fr">Bienvenue à la bibliothèque</span>\n```',
    ),
}
_QUESTIONS = frozenset({"link-in-poster", "passage-in-other-language"})
_KINDS = {
    "color-contrast": SourceKind.THEME,
    "focus-hidden-by-header": SourceKind.THEME,
    "pdf-without-title": SourceKind.DOCUMENT,
}
_FILES = {
    SourceKind.THEME: ("theme/components/event-card/template.html", "theme/templates/base.html"),
    SourceKind.DOCUMENT: ("content/documents/board-minutes-2026-05.pdf",),
}


def finding(rule: str = "missing-alternative", line: int | None = 12, page: int = 1, **changes: object) -> Finding:
    """A finding as a rule would make it; ``changes`` replaces fields."""
    title, message, why, fix = _WORDS[rule]
    address, _, path = _PAGES[page % len(_PAGES)]
    kind = _KINDS.get(rule, SourceKind.CONTENT)
    if kind is not SourceKind.CONTENT:
        path = _FILES[kind][page % len(_FILES[kind])]
    question = rule in _QUESTIONS
    evidence: dict[str, Json] = {"ratio": 3.1, "needed": 4.5, "text colour": "#8a8f98", "background": "#ffffff"}
    values: dict[str, object] = {
        "key": hashlib.sha256(f"{rule} {path} {line} {page}".encode()).hexdigest()[:16],
        "rule": rule,
        "outcome": Outcome.CANT_TELL if question else Outcome.FAILED,
        "blocking": not question and bool(_WCAG[rule]),
        "requirements": Requirements(wcag=_WCAG[rule]),
        "page": address,
        "target": Target(
            selector="main > article > p:nth-child(4) > a",
            html='<a class="more" href="/register/">click here',
            role="link",
            name="click here",
            box=(24, 380.5, 88, 22),
        ),
        "conditions": ("1280px", "dark") if rule == "color-contrast" else ("1280px",),
        "source": Source(path, None if kind is SourceKind.DOCUMENT else line, kind),
        "title": title,
        "message": message,
        "why": why,
        "fix": fix,
        "evidence": evidence if rule == "color-contrast" else {},
        "engine": "axe-core" if rule == "color-contrast" else "stepfree",
        "loose_key": hashlib.sha256(f"{rule} {path}".encode()).hexdigest()[:16],
        "evidence_digest": "0f" * 8,
        "pages": (address,),
    }
    values.update(changes)
    return Finding(**values)  # type: ignore[arg-type]


def report(size: int, seed: int = 1, pages: int | None = None, errors: tuple[RunError, ...] = ()) -> Report:
    """A run with ``size`` findings over realistic pages; the same seed gives the same run."""
    chance = random.Random(seed)
    findings = []
    for number in range(size):
        rule = chance.choice(sorted(_WORDS))
        made = finding(rule, line=chance.randint(3, 90), page=chance.randrange(len(_PAGES)))
        changes: dict[str, object] = {"key": f"{number:016x}"}
        if number % 17 == 5:
            changes |= {"state": "known", "blocking": False}
        if number % 23 == 7:
            changes |= {
                "state": "excused",
                "blocking": False,
                "excuse": {
                    "reason": "The vendor mends it in March.",
                    "owner": "Systems coordinator",
                    "until": "2027-03-31",
                },
            }
        if number % 31 == 11:
            changes |= {
                "state": "theirs",
                "blocking": False,
                "region": "The e-book widget",
                "excuse": {
                    "reason": "They mend it with their version of spring.",
                    "owner": "Example Books Inc.",
                    "until": "2027-04-30",
                },
            }
        if number % 9 == 4:
            changes |= {"pages": tuple(address for address, _, _ in _PAGES), "page": "/", "count": len(_PAGES)}
        findings.append(replace(made, **changes))  # type: ignore[arg-type]
    expected = [
        PageResult(a, f"{a.strip('/')}/index.html".lstrip("/"), PageState.AUDITED, title=t) for a, t, _ in _PAGES
    ]
    for number in range((pages or len(_PAGES)) - len(_PAGES)):
        address = f"/catalogue/title-{number:03d}/"
        expected.append(
            PageResult(address, f"{address.strip('/')}/index.html", PageState.AUDITED, title=f"Title {number}")
        )
    expected.append(
        PageResult("/old/", "old/index.html", PageState.EXCLUDED, reason="kept for old links, only forwards")
    )
    addresses = tuple(page.address for page in expected if page.state is PageState.AUDITED)
    rules = tuple(
        RuleResult(
            rule.id,
            rule.title,
            rule.engine,
            rule.family,
            rule.fixer,
            rule.requirements,
            rule.best_practice,
            None,
            passed=tuple(
                a for a in addresses[::2] if all(a not in (f.page, *f.pages) for f in findings if f.rule == rule.id)
            ),
            inapplicable=tuple(
                a for a in addresses[1::2] if all(a not in (f.page, *f.pages) for f in findings if f.rule == rule.id)
            ),
        )
        for rule in RULES
    )
    return ordered(
        Report(
            tool=TOOL,
            profile="wcag22-aa",
            target="build/site",
            pages=tuple(expected),
            findings=tuple(findings),
            rules=rules,
            criteria=roll_up("wcag22-aa", expected, findings, rules),
            errors=errors,
            notes=("Frames of other sites were not looked into.",),
            jurisdiction="ontario",
        )
    )


HOSTILE = (
    "<script>alert(1)</script> </textarea><img src=x onerror=alert(1)> --> ]]> &amp;",
    "[click](javascript:alert(1)) ![x](https://example.org/x.png) @octo-org/team #123 GH-7 example/repo#9",
    "```\n````\n~~~ ` `` **bold** _em_ | cell | <!-- stepfree --> <details>",
    "\u202eesrever\u202c \u2066iso\u2069 \u200fmark \x00\x07\x1b[31mred\x7f \ud800 \ufeff",
    "::error file=x,line=1::injected%0A\r\n::stop-commands::x",
    '=HYPERLINK("https://example.org")',
    "https://example.org/auto www.example.org a@example.org :tada: $x^2$ $$y$$",
    "# heading\n- [x] task\n1. one\n> quote\n---\n| a | b |\n|---|---|\n",
)


def hostile(size: int) -> Report:
    """A run whose every text tries to break out of the format it is put into."""
    base = report(min(size, 5))
    findings = []
    for number in range(size):
        bad = HOSTILE[number % len(HOSTILE)]
        findings.append(
            replace(
                finding(line=number % 400 + 1),
                key=f"{number:x}{bad}",
                rule=f"rule{number % 3}{bad}",
                page=f"/{bad}/",
                pages=(f"/{bad}/",),
                target=Target(selector=bad, html=bad, role=bad, name=bad),
                conditions=(bad,),
                source=Source(f"content/{bad}.md", number % 400 + 1, SourceKind.CONTENT),
                title=bad,
                message=bad * (1 + number % 3),
                why=bad,
                fix=bad,
                evidence={bad: bad, "list": [bad, {bad: bad}]},
                requirements=Requirements(wcag=("1.1.1", bad), act=(bad,), aoda=(bad,), pdfua=(bad,)),
            )
        )
    pages = (
        *base.pages,
        PageResult(f"/{HOSTILE[0]}/", HOSTILE[1], PageState.EXCLUDED, HOSTILE[2], HOSTILE[3], (HOSTILE[4],)),
    )
    return Report(
        {HOSTILE[0]: HOSTILE[1]},
        HOSTILE[2],
        HOSTILE[3],
        pages,
        tuple(findings),
        base.rules,
        base.criteria,
        (RunError(HOSTILE[0], HOSTILE[3]),),
        HOSTILE,
    )
