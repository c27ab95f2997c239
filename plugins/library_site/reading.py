"""Reads the whole content folder, collecting every problem of every file."""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from library_base.errors import ContentErrors, NoContent, Problem, did_you_mean, listed, no_file, slug_of
from library_base.shelf import Shelf
from library_base.texts import decoded, text_of
from library_frontmatter import FrontMatter, a_kind, read_mapping, read_text
from library_model.model import ContentFile
from library_schemas import CONTENT_TYPES, HomePage, Library, Placed, Record
from library_schemas.base import texts_in
from library_site.local_checks import library_problems, misplaced_branches, record_problems
from library_words.own import FILE as OWN_WORDS
from library_words.own import own_words
from library_words.translate import languages
from library_words.voice import first_language, language_folder, speak, voice

#: So many unknown fields show that a file is of another type.
_SEVERAL = 3
#: The number of files from which on a branch that is not there is told once.
_SEVERAL_FILES = 4
#: Folders in which no page is looked for.
_NO_PAGES = frozenset(["images", "statistics"])
_IGNORED = frozenset([".DS_Store", "Thumbs.db", "desktop.ini"])


@dataclass(frozen=True, slots=True)
class Content:
    """Everything below ``content/``: the library, the Markdown files, and the names of other files."""

    library: FrontMatter[Library]
    files: tuple[ContentFile, ...]
    others: frozenset[str]
    #: The Markdown files that could not be read; what is wrong with them is told once.
    unread: frozenset[str] = frozenset()


#: What was read before: name → (time and size of the file, result).
type Kept = dict[str, tuple[tuple[int, int], ContentFile | list[Problem]]]


#: What earlier builds have read.
type ReadBefore = Shelf[ContentFile | list[Problem]]


def read_content(
    folder: Path, kept: Kept | None = None, before: Callable[[str], ReadBefore] | None = None
) -> tuple[Content, list[Problem]]:
    """Read the folder. Problems that concern single files are returned, not raised.

    With ``kept``, files that have not changed since are not read again; what is read is added. ``before`` gives, for
    a description of all that reading a file rests on besides the file and our code, what earlier builds have read.

    Raises :class:`NoContent` when there is nothing to publish and :class:`ContentErrors` when
    ``library.yml`` cannot be used, without which no page can be placed.
    """
    names = sorted(_names(folder)) if folder.is_dir() else []
    markdown = [name for name in names if name.endswith(".md")]
    if not markdown:
        raise NoContent(folder.name)
    library = _read_library(folder)
    assert library.record is not None
    speak(library.record.place, library.record.languages, own_words(folder, names, texts_in(library.record)))
    files: list[ContentFile] = []
    problems: list[Problem] = list(misnamed(names))
    zone = library_zone(library)
    shelf = before(f"{zone} {voice()}") if before is not None else None
    for name in markdown:
        found = _read(folder, name, zone, shelf) if kept is None else _read_once(folder, name, zone, kept)
        if isinstance(found, ContentFile):
            files.append(found)
        else:
            problems.extend(found)
    if shelf is not None:
        shelf.close()
    others = frozenset(name for name in names if not name.endswith(".md") and not _is_setting(name))
    told = {problem.path for problem in problems}
    problems.extend(_said_once(each for each in check_references(files, names) if each.path not in told))
    problems.extend(misplaced_branches(files))
    unread = frozenset(markdown) - {file.name for file in files}
    for file in files:
        problems.extend(record_problems(file.record, file.type, file.lines, library.record))
    return Content(library, tuple(files), others, unread), problems


def _is_setting(name: str) -> bool:
    return name in {"library.yml", "search.yml"} or OWN_WORDS.fullmatch(name) is not None


_NAME = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
#: contact.fr.md
_LANGUAGE_AT_END = re.compile(r"^(?P<stem>.+)[._](?P<lang>[a-z]{2})(?:-[a-z]{2})?\.md$", re.IGNORECASE)
#: What Markdown files are called when a program has hidden or changed their ending.
_LIKE_MARKDOWN = re.compile(r"\.(?:md\.txt|markdown|mdown|md\.docx?|md)$", re.IGNORECASE)


def misnamed(names: Iterable[str]) -> Iterator[Problem]:
    """Content files whose names cannot be part of an address, or that are no Markdown files by their names."""
    for name in names:
        folder, _, last = name.rpartition("/")
        if folder.partition("/")[0] not in CONTENT_TYPES or not (ending := _LIKE_MARKDOWN.search(last)):
            continue
        inner = folder.partition("/")[2].split("/") if "/" in folder else []
        if (
            inner
            and inner[0] not in voice().languages
            and (lang := re.split("[-_]", inner[0])[0].lower()) in voice().languages[1:]
        ):
            right = f"content/{folder.partition('/')[0]}/{lang}/{last}"
            yield Problem(
                f"content/{name}",
                1,
                "",
                f"“{inner[0]}” is not a language of this site, and “{lang}” is.",
                f"Move it to {right}.",
            )
            continue
        if (found := _LANGUAGE_AT_END.match(last)) and found["lang"].lower() in voice().languages[1:]:
            right = f"{folder}/{found['lang'].lower()}/{slug_of(found['stem'])}.md"
            message = "The language of a page is told by its folder, not by its name."
            yield Problem(f"content/{name}", 1, "", message, f"Move it to content/{right}.")
            continue
        if wrong := next((each for each in inner if not _NAME.match(each)), None):
            yield Problem(
                f"content/{name}", 1, "", f"The folder “{wrong}” becomes part of the page’s address, and cannot.",
                f"Rename it to {slug_of(wrong) or 'pages'}: small letters, digits and hyphens.",
            )  # fmt: skip
            continue
        stem = last[: ending.start()]
        right = f"{slug_of(stem) or 'page'}.md"
        if last.endswith(".md") and _NAME.match(stem):
            continue
        message = (
            "A file’s name becomes part of the page’s address, and this one cannot."
            if last.endswith(".md")
            else "This is not a content file: its name has to end with .md."
        )
        yield Problem(
            f"content/{name}", 1, "", message, f"Rename it to {right}: small letters, digits and hyphens, then .md."
        )


def library_zone(library: FrontMatter[Library]) -> ZoneInfo:
    """The library's time zone.

    Raises :class:`ContentErrors` when there is none of that name.
    """
    assert library.record is not None
    try:
        return ZoneInfo(library.record.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        zones = sorted(zone for zone in available_timezones() if "/" in zone)
        city = library.record.timezone.rpartition("/")[2].strip().replace(" ", "_").casefold()
        cities = {zone.rpartition("/")[2].casefold(): zone for zone in zones}
        near = difflib.get_close_matches(city, cities, n=1, cutoff=0.8)
        hint = f"Write {cities[near[0]]}." if near else "Write a name such as America/Toronto."
        message = f"“{library.record.timezone}” is not a time zone."
        raise ContentErrors(
            [Problem(library.lines.path, library.lines["timezone"], "timezone", message, hint)]
        ) from None


def _names(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        hidden = any(part.startswith(".") for part in parts)
        # Word, and other programs, keep a file of their own beside one that is open.
        temporary = path.name.endswith("~") or path.name.startswith("~$")
        if path.is_file() and not hidden and not temporary and path.name not in _IGNORED:
            yield "/".join(parts)


def _read_library(folder: Path) -> FrontMatter[Library]:
    path = folder / "library.yml"
    shown = "content/library.yml"
    if not path.is_file():
        raise ContentErrors(
            [Problem(shown, 1, "", "This file is missing.", "It has the library's name, address and catalogue.")]
        )
    found = read_mapping(text_of(path, shown), shown, Library)
    if found.record is None:
        raise ContentErrors(found.problems)
    if wrong := list(library_problems(found.record, found.lines)):
        raise ContentErrors(wrong)
    return found


def _read_once(folder: Path, name: str, zone: ZoneInfo, kept: Kept) -> ContentFile | list[Problem]:
    status = (folder / name).stat()
    version = (status.st_mtime_ns, status.st_size)
    if name not in kept or kept[name][0] != version:
        kept[name] = (version, _read(folder, name, zone, None))
    return kept[name][1]


def _read(folder: Path, name: str, zone: ZoneInfo, shelf: ReadBefore | None) -> ContentFile | list[Problem]:
    data = (folder / name).read_bytes()
    if shelf is None:
        return _understood(data, name, zone)
    key = f"{name} {hashlib.sha256(data).hexdigest()}"
    found = shelf.get(key)
    if found is None:
        found = _understood(data, name, zone)
        shelf.put(key, found)
    return found


def is_home(name: str) -> bool:
    """Whether a content file is the home page, in the first language or another."""
    return name == "pages/index.md" or name in {f"pages/{lang}/index.md" for lang in voice().languages[1:]}


def _understood(data: bytes, name: str, zone: ZoneInfo) -> ContentFile | list[Problem]:
    shown = f"content/{name}"
    type_, _, rest = name.partition("/")
    if not rest or type_ not in CONTENT_TYPES:
        hint = did_you_mean(type_, CONTENT_TYPES) if rest else ""
        known = listed(sorted(CONTENT_TYPES))
        where = f"{hint} Put it into {known}.".strip()
        problem = Problem(shown, 1, "", "This file is in no folder of a content type.", where)
        if rest and did_you_mean(type_, CONTENT_TYPES) and type_ not in _NO_PAGES:
            return [problem]  # its folder is only misspelt
        try:
            return _in_another_folder(decoded(data, shown), name, (problem,)) or [problem]
        except ContentErrors:
            return [problem]
    schema: type[Record] = HomePage if is_home(name) else CONTENT_TYPES[type_]
    if wrong := _wrong_language(shown, type_, rest):
        return [wrong]
    try:
        text = decoded(data, shown)
    except ContentErrors as error:
        return list(error.problems)
    found = read_text(text, shown, schema, zone)
    if found.record is None:
        return _in_another_folder(text, name, found.problems) or list(found.problems)
    first, inside, _ = rest.partition("/")
    lang = first if inside and first in voice().languages[1:] else first_language()
    written = found.record.lang
    if written is not None and written != lang:
        plain = rest.removeprefix(f"{lang}/") if lang != first_language() else rest
        place = f"content/{type_}{language_folder(written)}/{plain}"
        return [
            Problem(
                shown,
                found.lines["lang"],
                "lang",
                f"This file says lang: {written}, and its folder says {lang}.",
                f"Move it to {place}.",
            )
        ]
    return ContentFile(name, type_, lang, found.record, found.lines, found.body, found.body_line)


def _in_another_folder(text: str, name: str, problems: tuple[Problem, ...]) -> list[Problem]:
    """The one complaint about a file that would be right in the folder of another type, and that has nothing of this one."""
    type_, _, rest = name.partition("/")
    elsewhere = not rest or type_ not in CONTENT_TYPES
    if not elsewhere and sum(problem.message.startswith("There is no field") for problem in problems) < _SEVERAL:
        return []
    fitting = [other for other, schema in CONTENT_TYPES.items() if read_text(text, "", schema).record is not None]
    # What has only fields that every type has is a page.
    fitting = ["pages"] if "pages" in fitting else fitting
    if len(fitting) != 1:
        return []
    [right] = fitting
    message = f"This is {a_kind(CONTENT_TYPES[right])} by its fields, but is in content/{'' if elsewhere and not rest else type_ + '/'}."
    moved = f"{type_}/{rest}" if type_ in voice().languages[1:] else rest.rpartition("/")[2] or name
    return [Problem(f"content/{name}", 1, "", message, f"Move it to content/{right}/{moved}.")]


def _wrong_language(shown: str, type_: str, rest: str) -> Problem | None:
    """A file in the folder of a language that the site does not have, or that needs none."""
    folder, inside, name = rest.partition("/")
    spoken = voice().languages
    if not inside or folder not in languages() or folder in spoken[1:]:
        return None
    if folder == spoken[0]:
        message = f"Files in the first language, “{folder}”, need no folder of their own."
        return Problem(shown, 1, "", message, f"Move it to content/{type_}/{name}.")
    message = f"“{folder}” is not a language of this site: library.yml names {', '.join(spoken)}."
    return Problem(
        shown, 1, "", message, f"Add it to languages in content/library.yml, or move the file to content/{type_}/."
    )


def check_references(files: list[ContentFile], names: list[str]) -> Iterator[Problem]:
    """Look at every field that names another content file."""
    by_name: Mapping[str, ContentFile] = {file.name: file for file in files}
    known = frozenset(name for name in names if name.endswith(".md"))
    branches = sorted(
        name.removeprefix("branches/").removesuffix(".md")
        for name in known
        if name.startswith("branches/") and "/" not in name.removeprefix("branches/")
    )
    translated: dict[tuple[str, str], str] = {}
    titles = {(file.record.title.casefold(), file.lang): file.name for file in files}
    for file in files:
        yield from _branch_references(file, branches, titles)
        yield from _file_references(file, known, titles)
        target = file.record.translation_of if isinstance(file.record, Placed) else None
        partner = by_name.get(target) if target else None
        if target is not None and (other := translated.setdefault((target, file.lang), file.name)) != file.name:
            yield Problem(
                file.source, file.lines["translation_of"], "translation_of", f"content/{other} is a translation of {target} too.",
                "Delete one of the two, or correct the name here.",
            )  # fmt: skip
        if partner is not None and (partner.type != file.type or partner.lang == file.lang):
            line = file.lines["translation_of"]
            yield Problem(
                file.source, line, "translation_of", f"{target} is not a file of the same type in the first language.",
                "Name the file that this page is a translation of.",
            )  # fmt: skip


def _branch_references(
    file: ContentFile, branches: list[str], titles: Mapping[tuple[str, str], str]
) -> Iterator[Problem]:
    record = file.record
    written: list[tuple[str, tuple[str | int, ...]]] = []
    single = getattr(record, "branch", None)
    if isinstance(single, str):
        written.append((single, ("branch",)))
    for index, slug in enumerate(getattr(record, "branches", ())):
        written.append((slug, ("branches", index)))
    for slug, place in written:
        if slug not in branches:
            titled = titles.get((slug.casefold(), file.lang), "").rpartition("/")[2].removesuffix(".md")
            plain = slug_of(slug.rpartition("/")[2].removesuffix(".md"))
            near = f"Did you mean “{titled}”?" if titled in branches else did_you_mean(plain, branches)
            hint = near or f"The branches are {listed(branches)}."
            if place[0] == "branches" and re.match(r"(?:all|every|both|any|toutes?|tous)\b", slug, re.IGNORECASE):
                hint = "Leave this line out: without it all branches are meant."
            elif place == ("branch",) and re.match(r"(?:all|every|both|any|toutes?|tous)\b", slug, re.IGNORECASE):
                hint = "Name one branch, and write a file for each of the others."
            elif place == ("branch",) and re.match(r"(?:on-?line|virtual|zoom|teams|en ligne)\b", slug, re.IGNORECASE):
                hint = "Write online: and its address in the place of branch."
            several = [each.strip() for each in re.split(r",|;|&|\band\b|\bet\b", slug)]
            if len(several) > 1 and all(
                slug_of(each) in branches or (each.casefold(), file.lang) in titles for each in several
            ):
                hint = "Name one branch, and write a file for each of the others."
            yield Problem(file.source, file.lines.of(*place), str(place[0]), f"There is no branch “{slug}”.", hint)


def _said_once(problems: Iterable[Problem]) -> Iterator[Problem]:
    """A branch that very many files name and that is not there, told once: where it is named first."""
    alike: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.message.startswith("There is no branch"):
            alike.setdefault(f"{problem.message} {problem.hint}", []).append(problem)
        else:
            yield problem
    for several in alike.values():
        files = list(dict.fromkeys(each.path for each in several))
        if len(files) < _SEVERAL_FILES:
            yield from several
        else:
            first = several[0]
            others = (
                f"{len(files) - 1} other files name it too: {', '.join(files[1:4])}{' …' if len(files) > 4 else '.'}"
            )
            yield replace(first, hint=f"{first.hint} {others}".strip())


def _file_references(
    file: ContentFile, known: frozenset[str], titles: Mapping[tuple[str, str], str]
) -> Iterator[Problem]:
    record = file.record
    written: list[tuple[str, tuple[str | int, ...]]] = [
        (name, ("related", index)) for index, name in enumerate(getattr(record, "related", ()))
    ]
    for field in ("translation_of", "policy", "html_version", "replaced_by"):
        value = getattr(record, field, None)
        if isinstance(value, str):
            written.append((value, (field,)))
    for name, place in written:
        if name not in known:
            # The title of a page, or its address, in the place of its file.
            path = f"{re.sub(r'^/|(?:index)?[.]html$|/$', '', name).rstrip('/')}.md"
            meant = titles.get((name.casefold(), file.lang)) or next(iter({path, f"pages/{path}"} & known), None)
            message, hint = no_file(
                name.lstrip("/"),
                sorted(known),
                "Remove it, or write the path of another file, such as services/holds.md.",
            )
            hint = f"Did you mean “{meant}”?" if meant else hint
            yield Problem(file.source, file.lines.of(*place), str(place[0]), message, hint)
