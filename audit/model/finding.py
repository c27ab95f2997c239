"""The words of the audit: outcomes, conditions, requirements, findings.

Outcome words are those of the ACT Rules Format 1.1; ``cantTell`` and ``untested`` are
EARL's. Everything here is plain, frozen, serialisable data.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

type Json = bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None


class Outcome(StrEnum):
    """The result of a rule on one target (ACT Rules Format 1.1, section "Outcome")."""

    PASSED = "passed"
    FAILED = "failed"
    CANT_TELL = "cantTell"
    INAPPLICABLE = "inapplicable"
    UNTESTED = "untested"


class PageState(StrEnum):
    """Every expected page ends in exactly one of these."""

    AUDITED = "audited"
    NOT_AUDITED = "not_audited"
    EXCLUDED = "excluded"


class FindingState(StrEnum):
    """Whether a finding is new, in the baseline, excused with a reason, or lies in what belongs to somebody else."""

    NEW = "new"
    KNOWN = "known"
    EXCUSED = "excused"
    THEIRS = "theirs"


#: States of findings that are counted apart, and are no matter of the site's owners for now.
APART = frozenset({FindingState.EXCUSED, FindingState.THEIRS})


class Family(StrEnum):
    """What a rule looks at."""

    PAGE = "page"
    INTERACTION = "interaction"
    WRITING = "writing"
    SITE = "site"
    DUTIES = "duties"
    DOCUMENTS = "documents"
    MEDIA = "media"


class Fixer(StrEnum):
    """Who can act on a finding."""

    AUTHOR = "author"
    THEME = "theme"
    DOCUMENT = "document"
    PLATFORM = "platform"


class Condition(StrEnum):
    """Under what a page is looked at. The value is what people read in a report.

    All but ``WIDE`` change one thing only; ``WIDE`` is 1280 by 800 CSS px, light.
    """

    WIDE = "1280px"
    NARROW = "320px"
    DARK = "dark"
    FORCED = "forced colours"
    SPACING = "text spacing"
    ZOOMED = "200% text"
    NO_SCRIPT = "no script"
    LANDSCAPE = "landscape"
    KEYBOARD = "keyboard"
    MOTION = "over time"
    FORMS = "forms submitted"
    HOVER = "pointer on it"
    FOCUS = "focus on it"


@dataclass(frozen=True, slots=True)
class Requirements:
    """What a finding is a failure of.

    ``wcag``: success criterion numbers, ``act``: ACT rule ids, ``aoda``: sections such as
    ``O. Reg. 191/11 s. 80.48``, ``pdfua``: Matterhorn indexes. All empty: a best practice.
    """

    wcag: tuple[str, ...] = ()
    act: tuple[str, ...] = ()
    aoda: tuple[str, ...] = ()
    pdfua: tuple[str, ...] = ()


class SourceKind(StrEnum):
    """Whose file a finding points at."""

    CONTENT = "content"
    THEME = "theme"
    PLUGIN = "plugin"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A place in a file of the repository. ``line`` counts from 1; ``None``: the whole file."""

    path: str
    line: int | None
    kind: SourceKind


@dataclass(frozen=True, slots=True)
class Target:
    """The thing on the page that a finding is about.

    ``selector`` finds it (frames and shadow roots separated by `` >>> ``), ``html`` is its
    start tag and the beginning of its text (at most 300 characters), ``role`` and ``name``
    are the browser's. ``box`` is x, y, width, height in CSS px from the top left of the page.
    """

    selector: str
    html: str
    role: str = ""
    name: str = ""
    box: tuple[float, float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, or one question, in one place.

    ``title`` has at most 7 words; ``message`` says what is there and quotes it; ``why`` who
    is hurt and how; ``fix`` what to do. ``evidence`` holds what proves it (measured value,
    limit, colours, the missing id). ``pages`` lists every address on which the same fault
    of the same source was seen, ``page`` being the first of them. ``excuse`` tells the
    ``reason``, ``owner`` and ``until`` of an excused one, or of the region that belongs to somebody else (``region``
    names it) in which it lies.
    """

    key: str
    rule: str
    outcome: Outcome
    blocking: bool
    requirements: Requirements
    page: str
    target: Target | None
    conditions: tuple[str, ...]
    source: Source | None
    title: str
    message: str
    why: str
    fix: str
    evidence: Mapping[str, Json] = field(default_factory=dict)
    engine: str = "stepfree"
    state: FindingState = FindingState.NEW
    loose_key: str = ""
    evidence_digest: str = ""
    pages: tuple[str, ...] = ()
    count: int = 1
    excuse: Mapping[str, Json] | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """What a report says of a document beside its state.

    ``format``: the ending of its name; ``length``: its pages, slides, sheets or chapters; ``linked_from``: addresses
    of the pages that link to it; ``owner``: the role that answers for it; ``duty``: what remains to be done for one
    that the law exempts.
    """

    format: str
    length: int = 0
    linked_from: tuple[str, ...] = ()
    owner: str = ""
    duty: str = ""


@dataclass(frozen=True, slots=True)
class PageResult:
    """What became of one expected page, document, or state that a journey leads to. ``reason`` says why it was not
    audited or is excluded; ``journey`` is the name of the one that leads to it.
    """

    address: str
    file: str | None
    state: PageState
    reason: str | None = None
    title: str | None = None
    untested: tuple[str, ...] = ()
    document: DocumentResult | None = None
    journey: str | None = None
