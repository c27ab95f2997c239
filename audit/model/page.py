"""Everything that one visit to a page recorded.

Parts that no rule asked for are ``None``: a rule says what it needs (``Rule.needs``) and is
``untested`` where that could not be recorded, never passed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from audit.model.document import Box, Document, Element
from audit.model.finding import Condition, Json
from audit.model.observations import Observations


@dataclass(frozen=True, slots=True)
class Request:
    """Something the page asked for. ``third_party``: another origin than the audited site's."""

    url: str
    kind: str
    status: int | None
    third_party: bool


@dataclass(frozen=True, slots=True)
class FocusStop:
    """Where focus went on one key press.

    ``node`` is the element (``None``: the document body or the browser itself), ``key`` what
    was pressed, ``box`` where it was, ``covered_by`` the node of an element that hides it
    wholly at its four corners and centre, ``changed_pixels`` how many pixels in and around
    it (within 12 CSS px) differ from the unfocused state, ``changed_contrast`` the highest
    contrast ratio between the two states among them, ``in_view`` whether it lies in the window.
    Where the element's own style does not change, the whole window is compared. Elements that
    look alike in both states are compared once; of a plain outline that was seen elsewhere the numbers
    are those that style says (:mod:`audit.capture.outlines`). ``None``: not compared (out of the window).
    ``covered_share``: share of nine points on it that something opaque lies on. ``style``: its
    computed style while focused, of the properties in ``audit.capture.indicators.INDICATOR``.
    ``changed_beyond``: the pixels that differ by more than a shift of one pixel.
    """

    node: int | None
    key: str
    box: Box | None
    covered_by: int | None = None
    changed_pixels: int | None = None
    changed_contrast: float | None = None
    in_view: bool = True
    covered_share: float = 0.0
    style: Mapping[str, str] = field(default_factory=dict)
    changed_beyond: int | None = None


@dataclass(frozen=True, slots=True)
class KeyboardWalk:
    """A walk with real keys. ``ended``: why it stopped: ``end``, ``trap``, ``limit``.

    ``trapped`` are the nodes among which focus went round or stood still in both attempts;
    ``escapes`` says, for each key tried to leave (Escape, arrows, F6 …), whether it let go;
    ``documented`` are the keys among them that the page's visible text names.
    """

    forward: tuple[FocusStop, ...]
    backward: tuple[FocusStop, ...]
    ended: str
    trapped: tuple[int, ...] = ()
    escapes: Mapping[str, bool] = field(default_factory=dict)
    documented: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Backdrop:
    """What is behind a run of text, sampled from pixels, where computed style cannot tell.

    ``node`` is the element that the text stands in, ``run`` the text, ``foreground`` the colour of
    its letters as it is seen, ``colours`` the distinct colours behind its glyphs as (red, green,
    blue, share of the area from 0 to 1), ``worst`` and ``best`` the lowest and highest contrast ratio of the text's colour against them.
    """

    node: int
    run: str
    foreground: tuple[int, int, int]
    colours: tuple[tuple[int, int, int, float], ...]
    worst: float
    best: float
    condition: Condition = Condition.WIDE


@dataclass(frozen=True, slots=True)
class Change:
    """Something that changed by itself after the page had come to rest.

    ``node``: where; ``kind``: ``text`` (or one thing shown in the place of another), ``picture`` (another file),
    ``motion``, ``attribute``, ``flash`` (colours), ``blink`` (it goes and comes back); ``seconds``: how
    long after load; ``duration``: seconds for which it went on while it was watched.
    """

    node: int | None
    kind: str
    seconds: float
    duration: float
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Medium:
    """An ``audio`` or ``video`` element.

    ``duration`` in seconds, ``None`` when unknown; ``has_audio`` and ``has_video``: ``None`` when
    the browser could not tell. ``tracks``: ``kind``, ``label``, ``srclang``, ``src``, ``text`` (the
    file as it is), ``loaded`` and ``default`` (``yes`` or ``no``). ``failed``: it cannot be played.
    """

    node: int
    tag: str
    sources: tuple[str, ...]
    duration: float | None
    has_audio: bool | None
    has_video: bool | None
    autoplay: bool
    muted: bool
    loop: bool
    controls: bool
    playing: bool
    tracks: tuple[Mapping[str, str], ...] = ()
    failed: bool = False


@dataclass(frozen=True, slots=True)
class FormTrial:
    """What happened when a form was sent with wrong or missing values (on loopback only).

    ``messages``: text that appeared, with the node it stands in, whether it is exposed, and
    the node of the field that refers to it (``aria-describedby``, ``aria-errormessage``).
    ``announced``: for each message whether it stands in a live region. ``invalid``: fields
    that say so (``aria-invalid``) since. ``native_validation``: the browser itself refused.
    ``navigated``: the form would have been sent (it never leaves the browser).
    """

    node: int
    fields: tuple[int, ...]
    entered: Mapping[int, str]
    messages: tuple[tuple[int, str, bool, int | None], ...]
    focus_after: int | None
    native_validation: bool
    navigated: bool
    announced: tuple[bool, ...] = ()
    invalid: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AxeResult:
    """One node of one axe-core rule. ``kind``: ``violation`` or ``incomplete``."""

    rule: str
    kind: str
    tags: tuple[str, ...]
    node: int | None
    selector: str
    html: str
    message: str
    help: str
    help_url: str
    data: Mapping[str, Json]
    condition: Condition


@dataclass(frozen=True, slots=True)
class View:
    """The page as some of its visitors get it, where that differs from what was looked at before.

    ``name`` is what people read in a report (``700px``, ``dark``). ``document``: ``None`` where it is
    the one of ``condition``. ``differing``: node numbers of the elements that were not there, or not so,
    in any earlier view. ``restructured``: whether landmarks and headings are others than at 1280 px.
    ``axe`` and ``backdrops`` are about what differs.
    """

    name: str
    condition: Condition
    document: Document | None
    differing: tuple[int, ...]
    restructured: bool = False
    axe: tuple[AxeResult, ...] = ()
    backdrops: tuple[Backdrop, ...] = ()


@dataclass(frozen=True)
class Page:
    """One page as it was seen.

    ``address`` is its path on the site (``/programs/``), ``url`` the final address, ``status``
    the HTTP status, ``html`` the bytes as served, decoded. ``documents`` has one entry for each
    condition that was recorded, ``views`` what only some visitors get. ``problems`` are script errors and unreachable
    frames. ``observed``: what happened on it, and what it was seen with.
    """

    address: str
    url: str
    status: int
    html: str
    documents: Mapping[Condition, Document]
    axe: tuple[AxeResult, ...] = ()
    axe_rules: tuple[str, ...] = ()
    requests: tuple[Request, ...] = ()
    keyboard: KeyboardWalk | None = None
    backdrops: tuple[Backdrop, ...] | None = None
    changes: tuple[Change, ...] | None = None
    media: tuple[Medium, ...] | None = None
    trials: tuple[FormTrial, ...] | None = None
    problems: tuple[str, ...] = ()
    observed: Observations = field(default_factory=Observations)
    source_path: str | None = None
    views: tuple[View, ...] = ()

    @property
    def document(self) -> Document:
        """The page at 1280 px in light colours, with script: where most rules look."""
        return self.documents[Condition.WIDE]

    def under(self, condition: Condition) -> Document | None:
        """The page under another condition; ``None`` when it was not recorded."""
        return self.documents.get(condition)

    def same(self, element: Element, condition: Condition) -> Element | None:
        """The same element under another condition; ``None`` when it is not there."""
        other = self.documents.get(condition)
        return other.by_node.get(element.node) if other else None
