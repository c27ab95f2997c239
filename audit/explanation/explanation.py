"""A rule, explained: for the terminal, and as Markdown from which a site can make its pages.

The words are those of the rule's own ``doc.md``; the examples are the files that the tests run
through the rule, so what is said here of each cannot be wrong. Rules of axe-core have no folder
here; for them our words in ``audit/examination/axe/wording.toml`` are shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from audit.errors import UsageError
from audit.examination.axe.adapt import Words, wording
from audit.explanation.examples import recorded
from audit.judgement.gate_rules import RULES as GATE_RULES
from audit.judgement.gate_rules import GateRule
from audit.model.finding import Family, Fixer, Requirements
from audit.reports.escaped import fenced, words
from audit.rules import LoadedRule
from audit.rules import load as load_rules
from audit.settings.nearest import did_you_mean
from audit.standards import criteria

if TYPE_CHECKING:
    from rich.console import Console

KINDS: Mapping[str, str] = {
    "fail": "A problem",
    "ask": "A question for a person",
    "pass": "Fine",
    "inapplicable": "Not looked at by this rule",
}
_FIXERS = {
    Fixer.AUTHOR: "whoever writes the page",
    Fixer.THEME: "whoever looks after the theme",
    Fixer.DOCUMENT: "whoever made the document",
    Fixer.PLATFORM: "the company that runs the service",
}
_LOOKS_AT = {
    Family.PAGE: "each page",
    Family.INTERACTION: "each page while it is used",
    Family.WRITING: "what authors wrote",
    Family.SITE: "the site as a whole",
    Family.DUTIES: "what Ontario law asks for beyond WCAG",
    Family.DOCUMENTS: "linked documents",
    Family.MEDIA: "sound and video",
}
_AXE = "https://dequeuniversity.com/rules/axe/4.10/"
_MARKS = re.compile(
    r"\s*# expect: [\w-]+[ \t]*$|\s*<!--\s*expect:[^>]*-->|\s+data-expect=(?:\"[^\"]*\"|'[^']*'|[^\s>]+)", re.MULTILINE
)
_SHOWN = {".html": "html", ".md": "markdown", ".yaml": "yaml"}
_LONGEST = 2500


@dataclass(frozen=True, slots=True)
class Example:
    """A file that shows the rule at work. ``kind``: a key of :data:`KINDS`; ``sentence``: its name.

    ``said``: what the rule says of it, each message once; nothing where it finds nothing.
    """

    kind: str
    sentence: str
    language: str
    source: str
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that is said of one rule. ``text`` is Markdown below its title."""

    id: str
    title: str
    engine: str
    why: str
    looks_at: str
    fixer: Fixer
    requirements: Requirements
    best_practice: bool
    since: str | None
    aliases: tuple[str, ...]
    text: str
    examples: tuple[Example, ...]
    more: str | None = None
    #: ``None``: the rule looks at no page but at the gate's own lists.
    family: Family | None = None
    #: The file in the repository with ``text``, and the line on which it begins there.
    source: str = "audit/judgement/gate_rules.py"
    line: int = 1


#: Rules that are named for words that name none.
_MOST_NAMED = 5


@cache
def rule_ids(packs: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The ids of all rules that can be explained, axe-core's, the gate's own and those of packs included, sorted."""
    return tuple(sorted({*load_rules(packs), *wording(), *GATE_RULES}))


@cache
def explain(identifier: str, packs: tuple[str, ...] = ()) -> Explanation:
    """What is known of a rule, by its id or a former one.

    Raises:
        UsageError: there is no such rule.
    """
    own = load_rules(packs)
    wanted = "-".join(re.split(r"[\s_-]+", identifier.strip().lower()))
    rule = own.get(wanted) or next((each for each in own.values() if wanted in each.rule.aliases), None)
    if rule is not None:
        return _own(rule)
    words = wording().get(wanted)
    if words is not None:
        return _axe(wanted, words)
    gate = GATE_RULES.get(wanted)
    if gate is not None:
        return _gate(wanted, gate)
    near = did_you_mean(wanted, rule_ids(packs))
    found = () if near and len(wanted.split("-")) > 2 else about(wanted.split("-"), packs)
    named = ", ".join(f"{each.id} ({each.title})" for each in found[:_MOST_NAMED])
    hint = f"These rules speak of it: {named}." if named else near or "stepfree explain lists all of them."
    raise UsageError(f"There is no rule “{identifier}”.", hint)


def about(sought: Sequence[str], packs: tuple[str, ...] = ()) -> tuple[Explanation, ...]:
    """The rules that speak of all these words: those with most of them in their names and titles come first."""
    begin = [re.compile(rf"\b{re.escape(word.rstrip('s'))}") for word in sought if word]
    found = []
    for told in (explain(identifier, packs) for identifier in rule_ids(packs)):
        name = f"{told.id} {' '.join(told.aliases)} {told.title}".lower()
        whole = f"{name} {told.why} {told.text}".lower()
        if begin and all(each.search(whole) for each in begin):
            found.append((-sum(bool(each.search(name)) for each in begin), told.id, told))
    return tuple(told for _, _, told in sorted(found, key=lambda each: each[:2]))


def by_family(packs: tuple[str, ...] = ()) -> Mapping[str, tuple[Explanation, ...]]:
    """All rules by what they look at."""
    groups: dict[str, list[Explanation]] = {}
    for identifier in rule_ids(packs):
        told = explain(identifier, packs)
        groups.setdefault(_LOOKS_AT[told.family] if told.family else "the check itself", []).append(told)
    return {name: tuple(each) for name, each in groups.items()}


def as_markdown(rule: str, packs: tuple[str, ...] = (), *, title: bool = True) -> str:
    """The rule as a page in Markdown; without ``title`` it begins below the main heading.

    Raises:
        UsageError: there is no such rule.
    """
    told = explain(rule, packs)
    parts = [f"# {told.title}"] if title else []
    parts.append(told.why)
    parts.append("\n".join(facts(told)))
    if told.text:
        parts.append(told.text)
    if told.examples:
        parts.append("## Examples")
        parts.append("The tests run each of these through the rule.")
        for kind, heading in KINDS.items():
            for example in (each for each in told.examples if each.kind == kind):
                parts.append(f"### {heading}: {example.sentence}")
                parts.append(fenced(example.source, example.language))
                parts.extend(f"The check says: {words(sentence)}" for sentence in example.said)
    if told.more:
        parts.append(f"More: <{told.more}>")
    return "\n\n".join(parts) + "\n"


def show(rule: str, console: Console, packs: tuple[str, ...] = ()) -> None:
    """Prints the rule on a terminal.

    Raises:
        UsageError: there is no such rule.
    """
    from rich.markdown import Markdown

    console.print(Markdown(as_markdown(rule, packs), hyperlinks=False))


def facts(told: Explanation) -> list[str]:
    """What a rule is and rests on, as items of a list in Markdown."""
    names = []
    for number in told.requirements.wcag:
        criterion = criteria().get(number)
        names.append(
            f"[{criterion.name}]({criterion.understanding}) (WCAG {number}, Level {criterion.level})"
            if criterion
            else f"WCAG {number}"
        )
    names += told.requirements.aoda
    names += [f"PDF/UA {clause}" for clause in told.requirements.pdfua]
    names += [
        f"[ACT rule {act}](https://www.w3.org/WAI/standards-guidelines/act/rules/{act}/)"
        for act in told.requirements.act
    ]
    kind = "good practice, not a failure of a success criterion" if told.best_practice else "a rule of the house"
    facts = [
        f"- **Rule:** `{told.id}`" + (f" ({told.engine})" if told.engine != "stepfree" else ""),
        f"- **Looks at:** {told.looks_at}",
        f"- **Who can change it:** {_FIXERS[told.fixer]}",
        f"- **Rests on:** {'; '.join(names) or kind}",
    ]
    if told.aliases:
        facts.append(f"- **Called before:** {', '.join(f'`{alias}`' for alias in told.aliases)}")
    if told.since:
        facts.append(f"- **Since version:** {told.since}")
    return facts


def _gate(identifier: str, rule: GateRule) -> Explanation:
    return Explanation(
        id=identifier,
        title=rule.title,
        engine="stepfree",
        why=rule.why,
        looks_at="the gate's own files and lists",
        fixer=rule.fixer,
        requirements=Requirements(),
        best_practice=False,
        since="0.1",
        aliases=(),
        text=rule.text,
        examples=(),
    )


def _own(loaded: LoadedRule) -> Explanation:
    rule = loaded.rule
    file = loaded.folder / "doc.md"
    text = file.read_text(encoding="utf-8") if file.is_file() else ""
    # The title of the page is the rule's: one place for it.
    body = re.sub(r"\A\s*#[ \t][^\n]*\n+", "", text)
    line = text[: len(text) - len(body)].count("\n") + 1
    return Explanation(
        id=loaded.id,
        title=rule.title,
        engine="stepfree",
        why=rule.why,
        looks_at=_LOOKS_AT[rule.family],
        fixer=rule.fixer,
        requirements=rule.requirements,
        best_practice=rule.best_practice,
        since=rule.since,
        aliases=rule.aliases,
        text=body.strip(),
        examples=_examples(loaded),
        family=rule.family,
        source=f"{loaded.source}/doc.md",
        line=line,
    )


def _axe(identifier: str, words: Words) -> Explanation:
    parts = []
    if words.author:
        parts.append(f"## How to change it, for an author\n\n{words.author}")
    if words.theme:
        parts.append(f"## How to change it, for a developer\n\n{words.theme}")
    if not words.sure:
        parts.append(
            "## What a person decides\n\nWhat axe-core reports here is asked as a question, not stated as a fact."
        )
    return Explanation(
        id=identifier,
        title=words.title,
        engine="axe-core",
        why=words.why,
        looks_at=_LOOKS_AT[Family.PAGE],
        fixer=words.fixer,
        requirements=Requirements(wcag=words.wcag, act=words.act),
        best_practice=not words.wcag,
        since=None,
        aliases=(),
        text="\n\n".join(parts),
        examples=(),
        more=f"{_AXE}{identifier}",
        family=Family.PAGE,
        source="audit/examination/axe/wording.toml",
    )


def _examples(loaded: LoadedRule) -> tuple[Example, ...]:
    folder = loaded.folder / "examples"
    said = recorded(loaded)
    found = []
    for kind in KINDS:
        for file in sorted(folder.glob(f"{kind}-*")):
            sentence = file.stem.removeprefix(f"{kind}-").replace("-", " ")
            if file.is_dir():
                found.append(Example(kind, sentence, "html", _site(file), said.get(file.name, ())))
                continue
            language = _SHOWN.get(file.suffix)
            if language is None:
                continue
            source = _shown(file.read_text(encoding="utf-8"), language)
            found.append(Example(kind, sentence, language, source, said.get(file.name, ())))
    return tuple(found)


def _site(folder: Path) -> str:
    """The pages of an example that is a small site, one after the other, each with its name."""
    pages = sorted(file for file in folder.rglob("*.html"))
    parts = [
        f"<!-- {page.relative_to(folder).as_posix()} -->\n{_shown(page.read_text(encoding='utf-8'), 'html')}"
        for page in pages
    ]
    source = "\n\n".join(parts)
    return source if len(source) <= _LONGEST else source[:_LONGEST].rstrip() + "\n…"


def _shown(source: str, language: str) -> str:
    """What an example is about: without the tests’ marks, and of a plain HTML page only the body."""
    source = _MARKS.sub("", source)
    if language == "markdown":
        # The title is there for the tests; the fault is in the text.
        source = re.sub(r"\A---\ntitle: Example\n---\n+", "", source)
    if language == "html":
        body = re.search(r"<body>\n?(.*?)\s*</body>", source, re.DOTALL | re.IGNORECASE)
        head = re.search(r"<head>(.*?)</head>", source, re.DOTALL | re.IGNORECASE)
        # A head with more than the usual two lines belongs to the example.
        usual = (
            re.sub(r"<meta charset=[^>]*>|<title>[^<]*</title>|\s", "", head[1], flags=re.IGNORECASE) if head else ""
        )
        if body and not usual and re.search(r"<html lang=\"?en(-CA)?\"?>", source):
            source = body[1]
    source = source.strip("\n")
    return source if len(source) <= _LONGEST else source[:_LONGEST].rstrip() + "\n…"
