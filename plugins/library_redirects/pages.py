"""A page for every address that leads elsewhere; it works on any host."""

from __future__ import annotations

from typing import Any

from library_base.errors import Problem
from library_links import Resolver
from library_model.model import ContentFile, Page, PageKind, Site
from library_model.placing import file_of
from library_schemas import Placed
from library_views.views import RedirectView, Words, go_name
from library_words.voice import first_language


def add_redirects(site: Site, resolver: Resolver, problems: list[Problem]) -> None:
    """Redirect pages: from ``redirects/``, from ``redirect_from`` of pages, and ``/go/NAME/``."""
    wanted: list[tuple[str, str, str, ContentFile, int, bool]] = []
    for file in site.redirect_files:
        record: Any = file.record
        line = file.lines["to"]
        target = resolver.resolve(record.to, path=file.name, line=line, page=record.from_, name="to")
        if not target:  # its page is not there yet
            resolver.waiting[record.from_] = file.name
            continue
        wanted.append((record.from_, target, record.title, file, file.lines["from"], record.kind == "go-link"))
    for page in site.all:
        if page.content is None or not isinstance(page.content.record, Placed):
            continue
        for index, old in enumerate(page.content.record.redirect_from):
            wanted.append(
                (old, page.url, page.title, page.content, page.content.lines.of("redirect_from", index), False)
            )
        if page.type == "e-resources" and page.lang == first_language():
            line = page.content.lines["go" if page.content.record.go else "url"]  # type: ignore[attr-defined]
            # Who comes by the short address of a trial that is over is told so.
            target = page.url if page.kind is PageKind.ENDED else page.record.url
            wanted.append((f"/go/{go_name(page)}/", target, page.title, page.content, line, True))
    folded = {path.casefold() for path in site.by_path}
    for old, target, title, file, line, temporary in wanted:
        path = old if old.endswith((".html", "/")) else f"{old}/"
        if "?" in old or (path not in site.by_path and path.casefold() in folded):
            # No page of its own: a question reaches the page before it, and Windows and macOS know one file for both.
            if site.moved.setdefault(old, target) != target:
                message = f"“{old}” already leads to {site.moved[old]}."
                problems.append(
                    Problem(file.source, line, "from", message, "Choose another address, or delete this one.")
                )
            continue
        if not path.startswith("/") or path in site.by_path:
            owner = site.by_path.get(path)
            why = (
                f"{owner.source or owner.title} has that address already"
                if owner is not None
                else "it has to begin with /"
            )
            message = f"“{old}” cannot lead elsewhere: {why}."
            problems.append(Problem(file.source, line, "from", message, "Choose another address, or delete this one."))
            continue
        site.add(
            Page(
                type="redirects",
                title=title,
                path=path,
                url=site.settings.base_path + path,
                file=file_of(path),
                lang=file.lang,
                template="redirect",
                source=file.source,
                lines=file.lines,
                kind=PageKind.REDIRECT,
                listed=False,
                view=RedirectView(Words(title, target), temporary),
            )
        )
