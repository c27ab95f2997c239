"""What a visit saw happen on a page, beside what stands on it.

Nodes are those of the page's wide document (:attr:`audit.model.document.Element.node`); a node may be
of something that a script made, and then be in no document. Seconds are of real time unless it says
otherwise. Everything here is read by a rule or a report: a test sees to that.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

#: The events of a press that the trial of controls makes.
CLICKS = frozenset({"click", "mousedown", "mouseup", "pointerdown", "pointerup", "touchstart", "touchend"})
#: Elements that a browser, or what they stand in, lets people use in their own way.
OWN_WAYS = frozenset({"a", "area", "button", "input", "label", "option", "select", "summary", "textarea", "video"})


@dataclass(frozen=True, slots=True)
class Animation:
    """An animation or transition that ran when the page had loaded, before the visit ended it.

    ``properties``: as the Web Animations API names them (``backgroundColor``); ``seconds``: until its
    end, ``None`` without one; ``cycle``: seconds of one round; ``leads``: its steps, as they are written, put the
    element out of sight or in another place.
    """

    node: int | None
    properties: tuple[str, ...]
    seconds: float | None
    cycle: float
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Flashing:
    """How often something large gets lighter and darker, as WCAG 2.3.1 counts it.

    ``kind``: ``picture``, ``film``, ``animation`` or ``script``; ``flashes``: the most within one second;
    ``red``: they are changes to and from saturated red; ``seconds``: how long was looked at; ``whole``:
    that is all of it; ``lasting``, of a picture: seconds for which it moves, ``None`` without end.
    """

    node: int
    kind: str
    flashes: int
    red: bool
    seconds: float
    whole: bool
    lasting: float | None = None


@dataclass(frozen=True, slots=True)
class StyleRule:
    """A rule of a style sheet that holds in a state (``:hover``) or under a query about the orientation.

    ``selector`` is cut to 300 characters, ``declarations`` (``color: red;``) to 500.
    """

    selector: str
    declarations: str


@dataclass(frozen=True, slots=True)
class Timer:
    """A timer that a script set. ``name``: ``setTimeout`` or ``setInterval``; ``delay`` in milliseconds."""

    name: str
    delay: float


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """A timer of at least five seconds whose script leads away. ``delay`` in milliseconds, ``says``: those words of it.

    A shorter one runs again and again, and may count to a limit that is not known.
    ``takes``: it leads nowhere, but takes something from the page, after a second or more.
    ``surely``: it leads away once, and asks nothing before.
    """

    delay: float
    says: str
    takes: bool = False
    surely: bool = False


@dataclass(frozen=True, slots=True)
class Departure:
    """The page set out for another address, and nobody had done anything. ``sends``: a form is sent there."""

    url: str
    sends: bool


@dataclass(frozen=True, slots=True)
class Sound:
    """A sound that a script started without putting a player into the page.

    ``source``: the name of its file; ``seconds``: ``None`` when unknown; ``failed``: it cannot be played.
    """

    source: str
    seconds: float | None
    loop: bool
    muted: bool
    failed: bool


@dataclass(frozen=True, slots=True)
class Pasting:
    """What came of pasting into a field. ``refused``: the text did not arrive; ``keys``: Ctrl+V is caught."""

    node: int | None
    refused: bool
    keys: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """Something that appeared. ``node``: ``None`` when it is not in the wide document; ``text`` of at most 200 characters.

    ``covers``: it lies on text, a control or a picture that was to be seen.
    """

    node: int | None
    text: str
    covers: bool


@dataclass(frozen=True, slots=True)
class Hover:
    """What appeared while the pointer rested on ``node``.

    ``escape``: Escape took it away; ``reachable``: it stayed when the pointer moved onto it; ``focus``: the
    same appears when the element, or something in it, takes focus (``None``: nothing in it does, or it was
    not tried). ``lasts``: it did not go by itself while the pointer stayed; then nothing else was tried.
    """

    node: int
    appeared: tuple[Shown, ...]
    escape: bool
    reachable: bool
    focus: bool | None
    lasts: bool = True


@dataclass(frozen=True, slots=True)
class FocusOpening:
    """What appeared when ``node`` took focus.

    ``acting``: how many links, buttons, fields and things to press are in it; ``reached``: Tab led into
    it; ``arrows``: an arrow key led into it or changed it.
    """

    node: int
    appeared: tuple[Shown, ...]
    acting: int
    reached: bool
    arrows: bool


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A printable key that did something, pressed with focus on nothing.

    ``answers``: ``changed`` (the content), ``moved focus``, ``prevented`` (the page kept the key for itself).
    """

    key: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SensorTrial:
    """What tilting, turning and shaking the device did. ``nodes``: what has another text, value, look or place."""

    changed: bool
    nodes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A text that is another one since. ``node``: of the element around it; ``live``: it is announced."""

    node: int | None
    text: str
    live: bool


@dataclass(frozen=True, slots=True)
class Reaction:
    """What one trial set off. ``left`` and ``windows`` are addresses, ``dialogs`` messages.

    ``moved``: focus went to another element; ``held``: the element kept focus; ``stays``: after a
    press that was let go elsewhere the page has changed; ``written``: texts that are other than
    before a field was changed. ``turned``: the heading of what is there in the place of all that was there before.
    """

    left: tuple[str, ...] = ()
    windows: tuple[str, ...] = ()
    dialogs: tuple[str, ...] = ()
    moved: bool = False
    held: bool = True
    stays: bool = False
    written: tuple[Written, ...] = ()
    turned: str = ""


@dataclass(frozen=True, slots=True)
class Reactions:
    """What the elements that were tried set off, by node: on taking and losing focus, being changed, being pressed and not let go.

    What set off nothing has the :class:`Reaction` without arguments.
    """

    focus: Mapping[int, Reaction] = field(default_factory=dict)
    change: Mapping[int, Reaction] = field(default_factory=dict)
    press: Mapping[int, Reaction] = field(default_factory=dict)
    leave: Mapping[int, Reaction] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Opened:
    """Something that a control made appear.

    ``node``: ``None`` when it is not in the wide document; ``role``: as written, or of a ``dialog`` element;
    ``modal``: it says, or the browser sees to it, that nothing else can be used; ``position``: as computed;
    ``share``: of the window, from 0 to 1; ``live``: it is announced; ``text`` of at most 200 characters;
    ``focusable``: how many links, buttons and fields are in it.
    """

    node: int | None
    role: str
    modal: bool
    position: str
    share: float
    live: bool
    text: str
    focusable: int


@dataclass(frozen=True, slots=True)
class Activation:
    """What a control did when it was pressed.

    ``by``: ``Enter``, or ``click`` where no key reaches it. ``did``: something changed, a navigation began,
    or the page kept the key; ``changed``: the page has changed. ``left``: addresses that it would have led
    to; ``windows``: addresses of windows that it opened. ``gone``: what disappeared. ``fields``: whose value
    is another one. ``images``: those that show another file under the same alternative. ``focus``: where it
    is afterwards; ``inside``: that is in what appeared; ``lost``: nothing has it, because the control was ``removed``,
    ``disabled`` or ``hidden``. ``swapped``: the control beside it with which it has changed looks, and neither tells of it.
    ``stale``: it has a state such as aria-expanded, and that is the same as before. ``fragment`` (with its ``#``) of the address afterwards;
    ``follows``: it is another one than before.

    Not tried is ``None``: ``tab_inside`` (Tab leads into what appeared), ``escape_closes``, ``focus_back``
    (after Escape focus is on the control again), ``space`` (the space bar does anything), ``hides`` (pressed
    again it takes away what it showed), ``toggles`` (it alone looks another way, tells nothing of it, and looks
    as before when it is pressed again). ``tab_leaves``: what Tab leads to behind something modal, or behind
    something that fills the window.
    """

    node: int
    by: str
    did: bool
    changed: bool
    left: tuple[str, ...] = ()
    windows: tuple[str, ...] = ()
    appeared: tuple[Opened, ...] = ()
    gone: tuple[int | None, ...] = ()
    written: tuple[Written, ...] = ()
    fields: tuple[int | None, ...] = ()
    images: tuple[int | None, ...] = ()
    focus: int | None = None
    inside: bool = False
    lost: str = ""
    swapped: int | None = None
    stale: bool = False
    fragment: str = ""
    follows: bool = False
    tab_inside: bool | None = None
    tab_leaves: int | None = None
    escape_closes: bool | None = None
    focus_back: bool | None = None
    space: bool | None = None
    hides: bool | None = None
    toggles: bool | None = None


@dataclass(frozen=True, slots=True)
class LinkEnd:
    """The page at the end of a link or in a frame.

    ``status`` is 0 when nothing answered. ``text`` has white space collapsed and is cut to 2,000
    characters, ``text_digest`` is of all of it (empty without text); ``headings``: the texts of h1 to h6;
    ``blocks``: the texts of the innermost blocks, kept of the first few pages only. ``shown``: the text that a
    script makes of it, where addresses differ in their query only and the same file answers.
    """

    final_url: str
    status: int
    content_type: str
    title: str = ""
    text: str = ""
    text_digest: str = ""
    blocks: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    shown: str | None = None


@dataclass(frozen=True, slots=True)
class Observations:
    """All that was seen on one page.

    ``browser`` and ``axe_version``: what looked. ``settled``: the page came to rest in time; ``quirks``: it is
    shown in quirks mode; ``static_count``: elements of the page as it was served. ``read``: for each address of
    ``link_ends`` (whose keys are without fragment) those that were asked for to read it. ``compared_blocks``: those of
    which the blocks are kept.

    ``walked``: a journey led here, so that what is open was asked for. ``listeners``: event types that the window or
    the document listens to. ``initial_focus``: where focus was before any key of the journey or the audit. ``orientation_rules``, ``focus_rules``, ``hover_rules``: what style sheets say.

    What happened before anybody did anything: ``departures``, ``popups`` (addresses of windows that were
    opened), ``messages`` (texts of boxes that a script put over the page), ``downloads`` (addresses; such as
    ``mailto:`` were handed to another program, and of ``blob:`` and ``data:`` only that is kept).

    ``heard``: for each audio and video element whose sound could be decoded a 1 for each second with sound,
    0 without. ``recoloured``: for each form of which, sent with wrong values, nothing but the colours of
    fields changed, those fields; ``restyled``: those of which colours and edges changed. ``sensors``: ``None`` when the page listens to none.
    """

    browser: str = ""
    axe_version: str = ""
    settled: bool = True
    quirks: bool = False
    static_count: int | None = None
    read: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    compared_blocks: tuple[str, ...] = ()
    link_ends: Mapping[str, LinkEnd] = field(default_factory=dict)
    listeners: tuple[str, ...] = ()
    walked: bool = False
    initial_focus: int | None = None
    orientation_rules: tuple[StyleRule, ...] = ()
    focus_rules: tuple[StyleRule, ...] = ()
    hover_rules: tuple[StyleRule, ...] = ()
    animations: tuple[Animation, ...] = ()
    timers: tuple[Timer, ...] = ()
    time_limits: tuple[TimeLimit, ...] = ()
    departures: tuple[Departure, ...] = ()
    popups: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    downloads: tuple[str, ...] = ()
    flashes: tuple[Flashing, ...] = ()
    sounds: tuple[Sound, ...] = ()
    heard: Mapping[int, str] = field(default_factory=dict)
    focus_openings: tuple[FocusOpening, ...] = ()
    shortcuts: tuple[Shortcut, ...] = ()
    hovers: tuple[Hover, ...] = ()
    sensors: SensorTrial | None = None
    reactions: Reactions | None = None
    activations: tuple[Activation, ...] = ()
    recoloured: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    restyled: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    pasting: tuple[Pasting, ...] = ()
    #: Under which condition the page leads to another site, and the whole address: those visitors' page was not seen.
    led_away: tuple[tuple[str, str], ...] = ()
