"""What keeps the site from being made, as a page that can be read by everyone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing to put right. ``where`` is ``file:line`` or empty."""

    where: str
    message: str
    hint: str = ""


def troubles_of(error: Exception, root: Path) -> tuple[Trouble, ...]:
    """What an error says, without a traceback and without paths of this machine."""
    from library_base.errors import ContentErrors, SiteError

    if isinstance(error, ContentErrors):
        return tuple(Trouble(f"{each.path}:{each.line}", each.message, each.hint) for each in error.problems)
    words = " ".join(str(error).split()).replace(f"{root}/", "")
    if isinstance(error, SiteError):
        return (_split(words),)
    if isinstance(error, OSError) and error.filename:
        where = str(error.filename).replace(f"{root}/", "")
        return (Trouble(where, f"The file cannot be read: {error.strerror}."),)
    return (_fault(error, words, root),)


def _split(words: str) -> Trouble:
    """A sentence that begins with ``file:line:``."""
    where, colon, message = words.partition(": ")
    return Trouble(where, message) if colon and "/" in where and " " not in where else Trouble("", words)


def _fault(error: Exception, words: str, root: Path) -> Trouble:
    """An error of a plugin or of this program: where it came up, in a file of the project if there is one."""
    where = ""
    trace = error.__traceback__
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if file.is_relative_to(root) and ".venv" not in file.parts:
            where = f"{file.relative_to(root).as_posix()}:{trace.tb_lineno}"
        trace = trace.tb_next
    return Trouble(where, f"A part of the site's program failed: {type(error).__name__}: {words}")


_STYLE = """
:root { color-scheme: light dark; --paper: #fdfcf9; --ink: #1b2a30; --line: #5f6f75; --mark: #86290f; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #0c1a20; --ink: #f3eee3; --line: #92a3a8; --mark: #ffb591; }
}
body { margin: 0; padding: 2rem 1.25rem 5rem; background: var(--paper); color: var(--ink);
  font: 1.125rem/1.6 system-ui, sans-serif; overflow-wrap: anywhere; }
main { max-width: 42rem; margin: auto; }
h1, h2 { line-height: 1.25; }
h2 { font-size: 1.125rem; margin: 0; font-family: ui-monospace, monospace; color: var(--mark); }
ol { list-style: none; padding: 0; }
li { border-inline-start: 0.3rem solid var(--mark); padding: 0.25rem 0 0.25rem 1rem; margin-block: 1.5rem; }
li p { margin: 0.5rem 0 0; }
"""


def trouble_page(troubles: Sequence[Trouble]) -> bytes:
    """The whole page. It says what is wrong, where, and what to write instead."""
    count = "1 thing" if len(troubles) == 1 else f"{len(troubles)} things"
    items = "\n".join(_item(each) for each in troubles)
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>To fix: {len(troubles)} – preview</title>
<link rel="icon" href="data:,">
<style>{_STYLE}</style>
</head>
<body>
<main>
<h1>The site can’t be built yet: {count} to fix</h1>
<p>Save the file, and the page comes back by itself.</p>
<ol role="list">
{items}
</ol>
</main>
</body>
</html>
""".encode()


def _item(trouble: Trouble) -> str:
    where = f"<h2>{escape(trouble.where)}</h2>\n" if trouble.where else ""
    hint = f"\n<p>{escape(trouble.hint)}</p>" if trouble.hint else ""
    return f"<li>{where}<p>{escape(trouble.message)}</p>{hint}</li>"
