"""The Pelican generator: reads everything, assembles the site, renders and writes it."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import FileSystemBytecodeCache, TemplateError, TemplateNotFound, TemplateSyntaxError
from pelican.generators import Generator

from library_base.errors import ContentErrors, Problem, SiteError, ThemeError
from library_base.sharing import Elsewhere, processes, shared
from library_base.shelf import Shelf, load, save
from library_base.stamps import Sources
from library_frontmatter import Lines
from library_manifest import ManifestFile, ManifestPage, Unstamped, manifest_line, manifest_text, unstamp
from library_markdown import Renderer
from library_model.model import ContentFile, ExtraPage, Output, Page, PageKind
from library_model.signals import Begun, pages_written, site_ready, site_written
from library_programs.calendar_pages import calendar_pages
from library_schemas import CONTENT_TYPES
from library_site.assemble import Assembled, assemble, texts_of
from library_site.kept_pages import KeptPage, Recorder, Unknown, code_digest, common_ground, saved
from library_site.output_folder import place, prepare, remove_others
from library_site.reading import Kept, read_content
from library_site.said_settings import site_settings
from library_site.templates import StampingLoader, shown_path
from library_site.theme import TemplateGlobals, Theme, template_globals
from library_words import interface_words, missing_words
from library_words.voice import language_name


@dataclass(frozen=True, slots=True)
class Written:
    """What a build wrote: addresses of pages, other files, and things worth saying."""

    pages: tuple[str, ...]
    files: tuple[str, ...]
    notes: tuple[Problem, ...]


class LibraryGenerator(Generator):  # type: ignore[misc]
    """Makes the library's site. Raises subclasses of :class:`SiteError`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._root = Path(self.settings.get("STEPFREE_ROOT") or Path.cwd())
        self._sources = Sources()
        self.env.loader = StampingLoader(self.env.loader, self._sources, self._root, Path(self.theme))
        # Compiling the theme takes longer than rendering a small site with it.
        cache = self._root / ".cache" / "templates"
        cache.mkdir(parents=True, exist_ok=True)
        self.env.bytecode_cache = FileSystemBytecodeCache(str(cache))
        # A build reads its theme once: asking each time whether a template has changed costs more than the template.
        self.env.auto_reload = False
        self._shown_templates: dict[str, str] = {}
        self._processes = int(self.settings.get("STEPFREE_PROCESSES") or processes())
        self._assembled: Assembled | None = None
        self._kept: Kept | None = None
        self._renderer: Renderer | None = None

    def keep_in_memory(self) -> None:
        """Remember what was read and rendered between calls of :meth:`generate_context`."""
        self._kept = {}
        self._renderer = Renderer(keep=True)
        # What another process keeps in memory is lost with it.
        self._processes = 1
        self.env.auto_reload = True

    def generate_context(self) -> None:
        """Read and assemble; nothing is written when the content has problems."""
        with self._plain_words():
            self._read()

    @contextmanager
    def _plain_words(self) -> Iterator[None]:
        """Under Pelican's own command, which would show a traceback, say what is wrong and leave."""
        try:
            yield
        except SiteError as error:
            if self.settings.get("STEPFREE_EMBEDDED"):
                raise
            sys.stderr.write(f"{error}\n")
            raise SystemExit(error.exitcode) from None

    def _read(self) -> None:
        # Style sheet and script are put together anew: the preview follows them too.
        self._theme = Theme(Path(self.theme), self._root)
        renderer = self._renderer or Renderer(processes=self._processes)
        in_memory = self._kept is not None
        if not in_memory:
            renderer.before = self._shelf("texts")
        pages: Callable[[], Iterable[ExtraPage]] | None = self.settings.get("STEPFREE_EXTRA_PAGES")
        # Our own need all rules to be read. Meanwhile there is enough to do.
        with Elsewhere(lambda: _extra_files(pages), self._processes if pages else 1) as extra:
            content, problems = read_content(
                Path(self.path), self._kept, None if in_memory else lambda ground: self._shelf("files", ground)
            )
            renderer.convert_until(extra.ready, texts_of(content.files))
            content = replace(content, files=(*content.files, *extra.result()))
        settings = site_settings(self.settings, self.path, self.theme, content.library)
        try:
            self._assembled = assemble(settings, content, self._sources, self._has_template, calendar_pages, renderer)
        except ContentErrors as error:
            raise ContentErrors([*problems, *error.problems]) from None
        finally:
            if renderer.before is not None:
                renderer.before.close()
        if problems:
            raise ContentErrors(problems)
        self._theme.more_styles = self._assembled.face.css

    def _shelf(self, name: str, ground: str = "") -> Shelf[Any]:
        """What earlier builds of this site, whatever the folder it went to, have done by the same code."""
        return Shelf(self._root / ".cache" / "read" / name, self._code + ground.encode())

    @cached_property
    def _code(self) -> bytes:
        return code_digest(self.settings)

    def generate_output(self, writer: Any) -> None:  # noqa: ARG002 - Pelican's signature
        """Write pages, files and the manifest."""
        with self._plain_words():
            self._write()

    def _write(self) -> None:
        assembled = self.assembled
        settings = assembled.site.settings
        output = Path(self.output_path)
        prepare(output, Path(self.path))
        pages = self._pages(output)
        with ExitStack() as ending:
            begun: list[Begun] = [work for _, work in pages_written.send(assembled, output=output) if work is not None]
            for work in begun:
                ending.callback(work.close)
            files = list(_write_files(self.outputs(), output))
            files += [_listed(each) for work in begun for each in work]
        remove_others(output, {*(page.file for page in pages), *(file.path for file in files)})
        manifest = Path(self.settings["STEPFREE_MANIFEST"])
        manifest.parent.mkdir(parents=True, exist_ok=True)
        manifest.write_text(
            manifest_text(f"{settings.base_path}/", (page.line for page in pages), files, settings.library.visitors),
            encoding="utf-8",
        )
        done = Written(
            tuple(page.line.address for page in pages),
            tuple(file.path for file in files),
            (*assembled.advice, *_unused(assembled)),
        )
        site_written.send(self, written=done)

    @property
    def assembled(self) -> Assembled:
        """The site as it was last read."""
        assert self._assembled is not None
        return self._assembled

    def outputs(self) -> Iterator[Output]:
        """Every file of the site that is not a page."""
        yield from self._theme.outputs()
        for _, found in site_ready.send(self.assembled):
            yield from found
        yield from self.assembled.files.outputs()

    def outputs_soonest_first(self) -> Iterator[Output]:
        """The same files; what pages load comes before feeds and calendars. Some come twice."""
        yield from self._theme.outputs()
        yield from self.assembled.files.outputs()
        yield from self.outputs()

    def source_path(self, number: int) -> str:
        """The path of a source file by its number in the stamps."""
        return self._sources.paths[number]

    def written_pages(self) -> list[Page]:
        """The pages that have a file of their own."""
        return [
            page
            for page in self.assembled.site.all
            if page.template and (page.kind is not PageKind.REDIRECT or self._has_template("redirect"))
        ]

    def prepare(self) -> TemplateGlobals:
        """Give the templates what they can call; to be done after each :meth:`generate_context`."""
        found = template_globals(self.assembled, self._theme, self._sources)
        self.env.globals.update(found.names)
        return found

    def _has_template(self, name: str) -> bool:
        try:
            self.env.get_template(f"{name}.html")
        except TemplateNotFound as error:
            if error.name != f"{name}.html":
                raise ThemeError(f"theme/templates/{name}.html: there is no template {error.name}.") from None
            return False
        except TemplateSyntaxError as error:
            raise ThemeError(_syntax(error, self._root, Path(self.theme))) from None
        return True

    def _pages(self, output: Path) -> list[KeptPage]:
        """Render and write all pages that are not there already, in several processes where that is possible."""
        speaks = self.prepare()
        pages = self.written_pages()
        # Numbered in one order before any page is made, whoever makes it.
        for source in (*(page.source for page in pages if page.source), "content/library.yml"):
            self._sources.number(source)
        assembled = self.assembled
        recorder = Recorder(assembled.site, assembled.asks, speaks, self._sources, self.env)
        recorder.listen()
        kept_file = self._root / ".cache" / "pages" / f"{hashlib.sha256(str(output.resolve()).encode()).hexdigest()}"
        ground: bytes | None = None
        try:
            ground = common_ground(recorder, self.settings, self._code)
        except Unknown:
            kept: dict[str, KeptPage] = {}
        else:
            kept = {
                path: page
                for path, page in load(kept_file, ground).items()
                if recorder.hold(page.facts) and _is_there(output / page.file, page.sha256)
            }
        known = frozenset(assembled.files.used)
        wanted = [page for page in pages if page.path not in kept]

        def make(page: Page) -> tuple[KeptPage, frozenset[str]]:
            speaks.begin(page)
            written = self._write_page(page, output, recorder)
            return written, frozenset(assembled.files.used) - known

        made = shared(make, wanted, self._processes)
        # A template may ask for files; whoever made its page, they are published.
        assembled.files.used.update(name for _, used in made for name in used)
        fresh = {page.path: written for page, (written, _) in zip(wanted, made, strict=True)}
        written = {page.path: fresh.get(page.path) or kept[page.path] for page in pages}
        if ground is not None and fresh:
            save(kept_file, ground, saved(written))
        return list(written.values())

    def _write_page(self, page: Page, output: Path, recorder: Recorder) -> KeptPage:
        recorder.begin(page)
        finished = self.render(page)
        facts = recorder.end()
        data = finished.html.encode("utf-8")
        place(output / page.file, data)
        template = self._shown_template(page.template)
        source = (page.source, 1) if page.source else (template, 1)
        digest = hashlib.sha256(data).hexdigest()
        said = ManifestPage(
            page.path, page.file, digest, source, template, page.lang, page.status, page.kind.value,
            replace(finished, html=""),
        )  # fmt: skip
        return KeptPage(page.file, digest, manifest_line(said, self._sources.paths), facts)

    def _shown_template(self, name: str) -> str:
        if name not in self._shown_templates:
            filename = self.env.get_template(f"{name}.html").filename or ""
            self._shown_templates[name] = shown_path(Path(filename), self._root, Path(self.theme))
        return self._shown_templates[name]

    def render(self, page: Page) -> Unstamped:
        """Render one page. Raises :class:`ThemeError` naming template and line."""
        name = f"{page.template}.html"
        try:
            template = self.env.get_template(name)
            return unstamp(template.render(page=page))
        except TemplateNotFound as error:
            where = page.source or f"the page {page.path}"
            message = f"The theme has no template {error.name}, which {where} needs."
            raise ThemeError(message) from None
        except TemplateSyntaxError as error:
            raise ThemeError(_syntax(error, self._root, Path(self.theme))) from None
        except (TemplateError, TypeError, AttributeError, KeyError, ValueError, IndexError) as error:
            raise ThemeError(
                f"{_where(error, self._root, Path(self.theme), name)}: {error} (while making {page.path})"
            ) from error


def _extra_files(pages: Callable[[], Iterable[ExtraPage]] | None) -> list[ContentFile]:
    """The pages that the settings bring along: ``STEPFREE_EXTRA_PAGES`` returns :class:`ExtraPage` objects."""
    return [
        ContentFile(
            page.name, page.name.partition("/")[0], "en", page.record, Lines(page.origin), "", 1, page.passages,
            page.origin,
        )
        for page in (pages() if pages else ())
    ]  # fmt: skip


def _is_there(path: Path, sha256: str) -> bool:
    try:
        return not path.is_symlink() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256
    except OSError:
        return False


def _write_files(outputs: Iterable[Output], output: Path) -> Iterator[ManifestFile]:
    written: dict[str, str] = {}
    for each in outputs:
        if each.path in written:
            both = " and ".join(sorted({written[each.path], each.source} - {""})) or "Two parts of the build"
            raise SiteError(f"{both} would both become {each.path}. Rename one of them.")
        written[each.path] = each.source
        place(output / each.path, each.data)
        yield _listed(each)


def _listed(file: Output) -> ManifestFile:
    return ManifestFile(file.path, hashlib.sha256(file.data).hexdigest(), file.source)


def _unused(assembled: Assembled) -> Iterator[Problem]:
    yield from assembled.face.notes
    yield from _untranslated(assembled)
    for name in sorted(assembled.files.known - assembled.files.used):
        if not (name.startswith("statistics/") and name.endswith(".yml")):
            yield Problem(f"content/{name}", 1, "", "No page uses this file.", _what_to_do_with(name))


def _what_to_do_with(name: str) -> str:
    """What to do with a file that nothing uses; beside pages, a text was meant to be one."""
    folder, ending = name.partition("/")[0], Path(name).suffix.lower()
    if folder in CONTENT_TYPES and folder != "documents":
        if ending == ".docx":
            return f"To make a page of it, type: stepfree convert content/{name}"
        if ending in {".txt", ".rtf", ".odt", ".doc", ".pages"}:
            return (
                "Only files whose names end in .md become pages. Save it as plain text with such a name, or link to it."
            )
    return "Link to it, or delete it."


def _syntax(error: TemplateSyntaxError, root: Path, theme: Path) -> str:
    path = shown_path(Path(error.filename), root, theme) if error.filename else error.name
    return f"{path}:{error.lineno}: {error.message}"


def _where(error: BaseException, root: Path, theme: Path, template: str) -> str:
    """Name the line of the innermost template in which an error came up."""
    trace = error.__traceback__
    found = template
    while trace is not None:
        filename = trace.tb_frame.f_code.co_filename
        if filename.endswith(".html"):
            found = f"{shown_path(Path(filename), root, theme)}:{trace.tb_lineno}"
        trace = trace.tb_next
    return found


def _untranslated(assembled: Assembled) -> Iterator[Problem]:
    """Words of the interface that a language of the site lacks: a page in two languages is told, not found by chance."""
    settings = assembled.site.settings
    for lang in settings.library.languages:
        if missing := missing_words(lang):
            some = ", ".join(f"“{words}”" for words in missing[:3])
            yield Problem(
                "content/library.yml",
                settings.library_lines["languages"],
                "languages",
                f"In {language_name(lang, 'en')}, {len(missing)} of {len(interface_words())} words of the website's own "
                f"are missing, so they appear in English: {some}{' …' if len(missing) > 3 else ''}.",
                f"Begin a list of them with: stepfree words {lang} --write",
            )
