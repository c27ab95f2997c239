"""What is known of a document, whatever its format: plain, frozen, serialisable data.

Lengths are in points (1/72 inch); boxes are x, y, width, height from the top left corner of the page
as it is shown. Numbers of pages, slides and sheets count from 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from audit.model.finding import Json

type Box = tuple[float, float, float, float]


class Format(StrEnum):
    """The formats that are read; the value is the ending of the file's name."""

    PDF = "pdf"
    WORD = "docx"
    POWERPOINT = "pptx"
    EXCEL = "xlsx"
    EPUB = "epub"


class Kind(StrEnum):
    """What a passage is announced as."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "list item"
    CAPTION = "caption"
    CELL = "cell"
    #: A paragraph that holds a picture or an object, and no words.
    FIGURE = "figure"
    #: Words that assistive technology is told to leave out.
    ARTIFACT = "artifact"
    #: Words that nothing announces at all.
    UNTAGGED = "untagged"


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a document. ``where`` says it in words, such as ``page 3`` or ``sheet “Budget”, cell B3``.

    ``part`` is the name of the picture inside the file, if the place is one.
    """

    where: str
    page: int | None = None
    box: Box | None = None
    quote: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A block of words. ``level``: of a heading; ``bold``, ``underlined``: all of it; ``size``: its letters, in points.

    ``language``: what is declared for it (``""``: nothing); ``style`` the name of its style; ``order`` its place
    in the order in which it is read. ``page_furniture``: a running header, footer or page number.
    """

    place: Place
    kind: Kind
    text: str
    level: int = 0
    bold: bool = False
    size: float = 0.0
    language: str = ""
    style: str = ""
    order: int = 0
    page_furniture: bool = False
    underlined: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, chart or formula. ``alternative``: ``None`` when there is none, ``""`` when it is empty.

    ``decorative``: marked as such. ``file``: the name of its file inside the document or before it came there;
    ``kind``: ``picture``, ``chart``, ``formula``, ``diagram``, ``shape``, ``film`` or ``sound``.
    """

    place: Place
    alternative: str | None
    decorative: bool = False
    caption: str = ""
    file: str = ""
    kind: str = "picture"
    floating: bool = False
    captions_track: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A link. ``text``: the words that are its name; ``target``: where it leads (``""``: inside the document)."""

    place: Place
    text: str
    target: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table. ``header``: announced as one; ``fill``: a colour of its own behind it, ``#rrggbb``."""

    text: str
    header: bool = False
    rows: int = 1
    columns: int = 1
    bold: bool = False
    fill: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table row by row. ``headers``: whether a row or column of it is announced as headers.

    ``nested``: it is in a cell of another table. ``declared``: announced as a table, not only seen as one.
    ``form``: fields that people fill in stand in its cells. ``lined``: lines or colours show where its cells are, or may.
    """

    place: Place
    rows: tuple[tuple[Cell, ...], ...]
    headers: bool
    nested: bool = False
    declared: bool = True
    form: bool = False
    lined: bool = True


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form. ``name``: what is announced; ``kind``: ``text``, ``choice``, ``button``, ``signature``."""

    place: Place
    name: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Colours:
    """Words in a colour of their own. Colours are ``#rrggbb``; ``sure``: both are known, nothing is guessed."""

    place: Place
    text: str
    foreground: str
    background: str
    size: float = 0.0
    bold: bool = False
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition of PDF/UA-1 that a validator found broken. ``id``: a key of ``clauses.toml``."""

    id: str
    place: Place
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A page, slide, sheet or chapter. ``pictured``: the share of its area that one picture covers."""

    place: Place
    title: str | None = None
    words: int = 0
    pictured: float = 0.0
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Swap:
    """Two passages of one page that are read in another order than they are seen."""

    place: Place
    first: str
    then: str


@dataclass(frozen=True, slots=True)
class Record:
    """What the library knows of the document, from its register or its pages.

    ``linked_from``: the addresses of pages with a link to it; ``owner``: the role that answers for it;
    ``published``, ``archived``, ``changed``: days in ISO form, ``""`` when nobody says; ``page``: the page that says the same;
    ``source``: the file in the repository, ``record`` the file that describes it there. ``jurisdiction``: the law that
    the site is under; ``compliance_date``: the day from which it counts for this site, ``""`` for the law's own.
    """

    linked_from: tuple[str, ...] = ()
    owner: str = ""
    published: str = ""
    archived: str = ""
    changed: str = ""
    page: str = ""
    source: str = ""
    record: str = ""
    jurisdiction: str = ""
    compliance_date: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """All facts of one document. ``title`` and ``language``: what it declares, ``None`` when it has no such thing.

    ``maker``: the program that made it. ``tagged``: ``None`` where files of the format have no tags.
    ``facts``: ``bookmarks`` (number), ``shuts_out`` (security keeps assistive technology out), ``cut`` (it was too
    long to be read whole), and what only one format has.
    """

    format: Format
    title: str | None = None
    language: str | None = None
    maker: str = ""
    pages: int = 1
    words: int = 0
    tagged: bool | None = None
    passages: tuple[Passage, ...] = ()
    pictures: tuple[Picture, ...] = ()
    links: tuple[Link, ...] = ()
    tables: tuple[Table, ...] = ()
    fields: tuple[Field, ...] = ()
    colours: tuple[Colours, ...] = ()
    clauses: tuple[Clause, ...] = ()
    parts: tuple[Part, ...] = ()
    swaps: tuple[Swap, ...] = ()
    facts: Mapping[str, Json] = field(default_factory=dict)
    address: str = ""
    name: str = ""
    record: Record = field(default_factory=Record)

    @property
    def whole(self) -> Place:
        """The document as a place."""
        return Place("the document")


class Unreadable(Exception):
    """A document that cannot be judged. The text is a sentence for a reader, saying why."""
