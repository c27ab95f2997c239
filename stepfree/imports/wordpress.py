"""A WordPress site from its export file (WXR): pages, posts, pictures and files, the menu, and its old addresses.

Pages become pages, posts become news, pictures and files come from a copy of ``wp-content/uploads`` or from the old
site. Each page keeps its old addresses, ``/?p=12`` too.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit

from lxml import etree, html

from library_base.errors import slug_of
from library_forms.draft import Beside, text_of
from stepfree.imports.arrivals import Arrival, Delivery, address_of, day_of, sentence_of, short
from stepfree.imports.fetching import Fetcher
from stepfree.imports.wordpress_export import Export, Item, html_text
from stepfree.imports.wordpress_text import PICTURES, as_html
from stepfree.manuscript import Manuscript, words_of
from stepfree.today import today

#: What WordPress keeps for itself, and nobody misses.
_OWN = frozenset(
    [
        "revision",
        "custom_css",
        "customize_changeset",
        "oembed_cache",
        "wp_global_styles",
        "wp_navigation",
        "wp_template",
    ]
)
_KEPT = frozenset(["publish", "draft", "pending", "private", "future"])
#: Signs that a field of plain words does not take.
_MARKS = str.maketrans("", "", "*_`[]")
_THUMBNAIL = re.compile(r"-\d{2,4}x\d{2,4}(?=\.\w+$)")
#: The hosts of WordPress.com that hand on the pictures of a site: the site's own host stands first in the path.
_HANDED_ON = re.compile(r"^(?:https?:)?//i\d\.wp\.com/")


def bring(export: Export, delivery: Delivery, fetcher: Fetcher) -> None:
    """Bring an export into a library's folder."""
    _Move(export, delivery, fetcher).run()


@dataclass(slots=True)
class _Move:
    export: Export
    delivery: Delivery
    fetcher: Fetcher
    beside: Beside = field(default_factory=lambda: Beside(()))
    #: Old address without scheme and question (:func:`_file_at`) → path below content/.
    files: dict[str, str] = field(default_factory=dict)
    alternatives: dict[str, str] = field(default_factory=dict)
    #: Old address of a page (:func:`_asked`) → path below content/; and of the page that WordPress makes of a file.
    pages: dict[str, str] = field(default_factory=dict)
    attached: dict[str, str] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)

    def run(self) -> None:
        of_type: dict[str, list[Item]] = defaultdict(list)
        for item in self.export.items:
            of_type[item.type].append(item)
        self._taken = self.delivery.addresses()
        for item in of_type["attachment"]:
            self._attachment(item)
        self.beside = Beside.of(self.delivery.content)
        texts = [item for item in (*of_type["page"], *of_type["post"]) if self._wanted(item)]
        planned = self._planned(texts)
        orders = self._menu(of_type["nav_menu_item"], texts)
        for item, arrival, path in planned:
            self._text(item, arrival, orders)
            self.delivery.write(arrival, path, self.beside)
        self._rest(of_type)

    def _wanted(self, item: Item) -> bool:
        if self.delivery.has(_key(item)):
            self.delivery.known += 1
            if place := self.delivery.place(_key(item)):
                self._page_at(item, place)
            return False
        if item.secret:
            self.delivery.leave(item.where, "It was behind a password.")
        elif item.status not in _KEPT:
            self.delivery.leave(item.where, f"Its state was “{item.status}”.")
        else:
            return True
        return False

    def _planned(self, texts: Sequence[Item]) -> list[tuple[Item, Arrival, Path]]:
        """Where each page will be: known before the first is written, for links between them."""
        made = []
        by_id = {item.id: item for item in texts if item.type == "page"}
        for item in texts:
            arrival = Arrival(_key(item), item.where, "pages" if item.type == "page" else "news", {})
            arrival.slug = _slug(item)
            arrival.fields["title"] = item.title or item.name.replace("-", " ").capitalize() or f"Untitled {item.id}"
            if not item.title:
                arrival.guesses["title"] = "The page had no title: give it one."
            path = self.delivery.plan(arrival)
            parents = _parents(item, by_id)
            if parents:
                path = self._below(parents, arrival)
            arrival.guesses |= self._remarks(item, arrival, path)
            name = path.relative_to(self.delivery.content).as_posix()
            self._page_at(item, name)
            self._taken.add(address_of(name))
            made.append((item, arrival, path))
        return made

    def _remarks(self, item: Item, arrival: Arrival, path: Path) -> Iterator[tuple[str, str]]:
        """What else somebody should know of a page: field → sentence."""
        if item.status != "publish":
            yield "status", f"It was not public: its state was “{item.status}”."
        there = path.with_stem(arrival.slug)
        if path != there and there.exists():
            shown = there.relative_to(self.delivery.content.parent).as_posix()
            yield "title", f"{shown} is here already: see whether both belong in one file."
        elif item.type == "page" and item.status == "publish" and _asked(item.link) == _asked(self.export.home):
            yield "title", "It was the front page there: move its words to content/pages/index.md."

    def _below(self, parents: Sequence[Item], arrival: Arrival) -> Path:
        """A page below others keeps its place: ``about/staff.md``."""
        folder = self.delivery.content.joinpath("pages", *(_slug(parent) for parent in parents))
        lower, number = folder / f"{arrival.slug}.md", 2
        while lower.exists() or lower.relative_to(self.delivery.content).as_posix() in self.pages.values():
            lower, number = folder / f"{arrival.slug}-{number}.md", number + 1
        self.delivery.remember(arrival.key, lower.relative_to(self.delivery.content).as_posix())
        return lower

    def _page_at(self, item: Item, name: str) -> None:
        for old in (item.link, f"{self.export.home}/?p={item.id}", f"{self.export.home}/?page_id={item.id}"):
            if self._ours(old):
                self.pages[_asked(old)] = name

    def _ours(self, address: str) -> bool:
        """Whether an address is one of the old site."""
        parts = urlsplit(address)
        host = urlsplit(self.export.home).netloc.removeprefix("www.")
        return not parts.netloc or parts.netloc.removeprefix("www.") == host

    def _attachment(self, item: Item) -> None:
        address = item.file or item.link
        name = PurePosixPath(unquote(urlsplit(address).path)).name
        ending = PurePosixPath(name).suffix.lower()
        if not name or not ending:
            self.delivery.leave(item.where, "It names no file.")
            return
        alternative = item.meta.get("_wp_attachment_image_alt", "")
        self.alternatives[_file_at(address)] = " ".join(alternative.split())
        place = self.delivery.place(_key(item))
        if place:
            self.delivery.known += 1
            self._file_is(item, place)
            return
        data = self.fetcher.get(address)
        if isinstance(data, str):
            self.delivery.leave(item.where, data)
            return
        folder = "images/imported" if ending in PICTURES else "documents"
        place = self._free(folder, short(PurePosixPath(name).stem), ending, data)
        target = self.delivery.content / place
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        self.delivery.files += 1
        self.delivery.remember(_key(item), place)
        self._file_is(item, place)
        if folder == "documents":
            self._old_file(address, place, item)

    def _file_is(self, item: Item, place: str) -> None:
        self.files[_file_at(item.file or item.link)] = place
        for page in (item.link, f"{self.export.home}/?attachment_id={item.id}"):
            if self._ours(page) and page != item.file:
                self.attached[_asked(page)] = place

    def _free(self, folder: str, stem: str, ending: str, data: bytes) -> str:
        place, number = f"{folder}/{stem}{ending}", 2
        while (self.delivery.content / place).exists() and (self.delivery.content / place).read_bytes() != data:
            place, number = f"{folder}/{stem}-{number}{ending}", number + 1
        return place

    def _old_file(self, address: str, place: str, item: Item) -> None:
        """Links to a file from elsewhere go on working."""
        old = quote(unquote(urlsplit(address).path))
        if old in self._taken:
            return
        self._taken.add(old)
        name = self.delivery.content / "redirects" / f"{short(PurePosixPath(place).stem)}-{item.id}.md"
        name.parent.mkdir(parents=True, exist_ok=True)
        fields = {"title": item.title or PurePosixPath(place).name, "from": old, "to": f"{{static}}/{place}"}
        name.write_text(text_of(fields), encoding="utf-8", newline="\n")

    def _text(self, item: Item, arrival: Arrival, orders: Mapping[str, tuple[int, str]]) -> None:
        """Fill in what a page says."""
        paper = Manuscript(str(arrival.fields["title"]), locate=self._locate, describe=self._described)
        markup, lost = as_html(item.text, self._files_of, self._attached_to(item))
        tree = html.fragment_fromstring(markup, create_parent="div") if markup.strip() else etree.Element("div")
        paper.blocks(tree)
        arrival.body = "\n".join(paper.lines).strip()
        arrival.missing = [*paper.missing, *((1, sentence) for sentence in (*lost, *paper.without_alternative))]
        summary = sentence_of((html_text(item.excerpt) or _first_words(tree)).translate(_MARKS))
        arrival.fields["summary"] = summary
        if item.type == "post":
            day = day_of(item.date)
            arrival.fields["date"] = day or today()
            if day is None:
                arrival.guesses["date"] = "The post has no day there: today's was written."
            if not summary:
                arrival.fields["summary"] = str(arrival.fields["title"])
                arrival.guesses["summary"] = "The post has no words: write the news in a sentence."
            elif not item.excerpt.strip():
                arrival.guesses["summary"] = (
                    "These are the first words of the text: see that they say what it is about."
                )
        if item.id in orders:
            place, words = orders[item.id]
            arrival.fields["menu"] = place
            if words and words != item.title:
                arrival.fields["menu_title"] = words
        picture = item.meta.get("_thumbnail_id", "")
        if picture:
            self._featured(picture, arrival)
        arrival.fields["redirect_from"] = self._old(item)
        if not arrival.body:
            arrival.missing = [*arrival.missing, (1, "The page has no words.")]

    def _featured(self, number: str, arrival: Arrival) -> None:
        file = next((each for each in self.export.items if each.id == number and each.type == "attachment"), None)
        place = self.files.get(_file_at(file.file), "") if file is not None else ""
        if file is None or not place:
            self.delivery.leave(arrival.where, "Its picture for lists is not among the files that came along.")
        elif alternative := self._described(file.file):
            arrival.fields["image"] = {"file": place, "alt": alternative}
        else:
            self.delivery.leave(
                arrival.where, f"Its picture for lists, {place}, has no alternative: write image: with file: and alt:."
            )

    def _old(self, item: Item) -> list[str]:
        """The old addresses of a page, without those that are taken."""
        start = quote(unquote(urlsplit(self.export.home).path)).rstrip("/")  # a blog may be in a folder of its site
        wanted = [f"{start}/?{'page_id' if item.type == 'page' else 'p'}={item.id}"]
        if item.type == "page":
            wanted.append(f"{start}/?p={item.id}")
        if item.status == "publish" and self._ours(item.link):
            parts = urlsplit(item.link)
            path = quote(unquote(parts.path))
            wanted.insert(0, f"{path}?{parts.query}" if parts.query else path)
        free = [each for each in dict.fromkeys(wanted) if each not in self._taken and each not in {"", "/"}]
        self._taken.update(free)
        return free

    def _described(self, address: str) -> str:
        return _of_any_size(self.alternatives, _file_at(self._whole(address)))

    def _whole(self, address: str) -> str:
        """An address with its host, as a browser there would make it."""
        return urljoin(f"{self.export.home}/", address.strip())

    def _files_of(self, number: str) -> str:
        """The address of a picture by its number, for galleries."""
        return next((each.file for each in self.export.items if each.id == number and each.type == "attachment"), "")

    def _attached_to(self, item: Item) -> list[str]:
        """The numbers of the pictures that were put in on a page, in their order."""
        found = [each for each in self.export.items if each.type == "attachment" and each.parent == item.id]
        pictures = [each for each in found if PurePosixPath(urlsplit(each.file).path).suffix.lower() in PICTURES]
        return [each.id for each in sorted(pictures, key=lambda each: each.menu_order)]

    def _locate(self, address: str) -> str:
        """Where an address of the old site is now; others stay."""
        if not address or address.startswith(("mailto:", "tel:", "data:", "#")):
            return address
        whole = self._whole(address)
        if place := _of_any_size(self.files, _file_at(whole)):
            return f"{{static}}/{place}"
        if self._ours(whole) and (file := self.attached.get(_asked(whole))):
            return f"{{static}}/{file}"
        if self._ours(whole) and (name := self.pages.get(_asked(whole))):
            fragment = urlsplit(whole).fragment
            return f"{{filename}}/{name}{f'#{fragment}' if fragment else ''}"
        return whole

    def _menu(self, items: Sequence[Item], texts: Sequence[Item]) -> dict[str, tuple[int, str]]:
        """Pages at the top of the menu: their place (behind those that are here already) and their words there."""
        known = {item.id for item in texts if item.type == "page"}
        used = [int(number) for path in self.delivery.content.rglob("pages/**/*.md") for number in _places(path)]
        place, orders = max(used, default=0) + 1, {}
        for item in sorted(items, key=lambda each: each.menu_order):
            target = item.meta.get("_menu_item_object_id", "")
            words = item.title or next((each.title for each in texts if each.id == target), "")
            where = f"menu, “{words or item.meta.get('_menu_item_url', target)}”"
            if self.delivery.has(f"wordpress:menu:{item.id}"):
                continue
            if item.meta.get("_menu_item_menu_item_parent", "0") != "0":
                self.delivery.leave(where, "It is below another entry: the menu here has one level.")
            elif target not in known or item.meta.get("_menu_item_type") == "custom":
                self.delivery.leave(where, "It does not lead to a page that came along.")
            elif place > 9:
                self.delivery.leave(where, "The menu has room for nine.")
            elif target not in orders:
                orders[target] = (place, item.title)
                place += 1
        return orders

    def _rest(self, of_type: Mapping[str, Sequence[Item]]) -> None:
        for name, items in sorted(of_type.items()):
            if name not in {"page", "post", "attachment", "nav_menu_item"} and name not in _OWN:
                for item in items:
                    self.delivery.leave(item.where, f"There is no type here for “{name}”.")
        comments = sum(item.comments for item in self.export.items)
        if comments:
            self.delivery.leave("comments", f"{comments} of them: a website like this has none.")
        terms = Counter(term for item in of_type.get("post", ()) for term in item.terms if term)
        if terms:
            named = ", ".join(f"{term} ({count})" for term, count in sorted(terms.items()))
            self.delivery.leave("categories and tags", f"News has none: {named}.")


def _key(item: Item) -> str:
    return f"wordpress:{item.type}:{item.id}"


def _slug(item: Item) -> str:
    return slug_of(unquote(item.name)) or slug_of(item.title) or f"untitled-{item.id}"


def _first_words(tree: Any) -> str:
    """The words of the first paragraph that has any."""
    paragraphs = (words_of(each) for each in tree.iter("p"))
    return next((words for words in paragraphs if len(words.split()) > 1), "")


def _parents(item: Item, by_id: Mapping[str, Item]) -> list[Item]:
    """The pages above a page, the highest first; a circle ends where it began."""
    found: list[Item] = []
    above = by_id.get(item.parent)
    while above is not None and above not in found and above is not item:
        found.insert(0, above)
        above = by_id.get(above.parent)
    return found


def _file_at(address: str) -> str:
    """An address of a file as it is compared: its host and its path."""
    parts = urlsplit(_HANDED_ON.sub("https://", address))
    return f"{parts.netloc.casefold().removeprefix('www.')}{unquote(parts.path)}"


def _of_any_size(table: Mapping[str, str], file: str) -> str:
    """What stands in a table for a file, or for the picture that it is a smaller size of."""
    return table.get(file) or table.get(_THUMBNAIL.sub("", file), "")


def _asked(address: str) -> str:
    """An address as it is compared: its path, and its question: what names a page, or all but the marks of campaigns."""
    parts = urlsplit(address)
    question = {key: each for key, each in parse_qsl(parts.query) if not key.startswith(("utm_", "fbclid"))}
    key = next((key for key in ("p", "page_id", "attachment_id") if key in question), "")
    asked = f"?{key}={question[key]}" if key else urlencode(question) and f"?{urlencode(question)}"
    return f"{unquote(parts.path).casefold().rstrip('/')}/{asked}"


def _places(path: Path) -> Iterator[str]:
    head = path.read_text(encoding="utf-8", errors="replace").split("\n---", 1)[0]
    yield from re.findall(r"(?m)^menu: *([1-9]) *$", head)
