"""What WordPress keeps of a text, as HTML: blocks, paragraphs that are only blank lines, and shortcodes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_CAPTION = re.compile(r"\[(wp_)?caption[^\]]*\](.*?)\[/(wp_)?caption\]", re.DOTALL)
_GALLERY = re.compile(r"\[gallery([^\]]*)\]")
_ADDRESS = re.compile(r"\[(embed|audio|video|playlist)([^\]]*)\](?:\s*(https?://[^\s\[]+)\s*\[/\1\]|\[/\1\])?")
_ALONE = re.compile(r"(?m)^[ \t]*(https?://[^\s<>\"\[\]]+)[ \t]*$")
#: What shows a file a second time: its button, and the file itself inside the page.
_AGAIN = re.compile(
    r"<a\b[^>]*\bwp-block-file__button\b[^>]*>.*?</a>|<object\b[^>]*\bwp-block-file__embed\b[^>]*>.*?</object>",
    re.DOTALL,
)
_CODE = re.compile(r"\[(sourcecode|code)\b[^\]]*\](.*?)\[/\1\]", re.DOTALL)
#: Any other shortcode: its name, and its end. Words in brackets have capitals, blanks or signs.
_SHORTCODE = re.compile(
    r"\[(/?)([a-z][a-z0-9]*(?:[-_][a-z0-9]+)+|[a-z]{4,})((?:\s+[\w-]+=(?:\"[^\"]*\"|'[^']*'|[^\s\]]+))*)\s*/?\]"
)
_BLOCK = re.compile(
    r"^\s*</?(?:address|article|aside|blockquote|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|"
    r"h[1-6]|header|hr|iframe|li|main|nav|ol|p|pre|script|section|style|summary|table|tbody|td|tfoot|th|thead|tr|ul)\b",
    re.IGNORECASE,
)
_KEPT = re.compile(r"<(pre|script|style|table|ul|ol|blockquote|figure)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)


#: Endings of files that a page shows as pictures.
PICTURES = frozenset([".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif"])


def as_html(text: str, file_of: Callable[[str], str], attached: Sequence[str] = ()) -> tuple[str, list[str]]:
    """The HTML that WordPress would show, and a sentence for each thing in it that cannot come along.

    ``file_of`` gives the address of a file by its number; ``attached`` are the numbers of those that belong to the page,
    which a gallery without numbers shows.
    """
    lost: list[str] = []
    text = _CAPTION.sub(lambda match: f"\n\n{_figure(match[2])}\n\n", text.replace("\r\n", "\n"))
    text = _GALLERY.sub(lambda match: _gallery(match[1], file_of, attached, lost), text)
    text = _ADDRESS.sub(lambda match: _embedded(match[1], match[2], match[3], lost), text)

    # An address alone in its line is shown as what it leads to; and a file has one link.
    text = _ALONE.sub(r'\n\n<iframe src="\1"></iframe>\n\n', _AGAIN.sub("", text))
    text = _CODE.sub(lambda match: f"\n\n<pre>{match[2]}</pre>\n\n", text)

    def shortcode(match: re.Match[str]) -> str:
        # A single word in brackets without anything else is as likely meant as words.
        if not (match[1] or match[3] or "-" in match[2] or "_" in match[2] or f"[/{match[2]}]" in text):
            return match[0]
        # What stands between two of them stays; they only place it.
        if not match[1] and (f"[/{match[2]}]" not in text or "://" in match[3]):
            lost.append(f"The shortcode [{match[2]}] was left out: see what it showed there.")
        return ""

    text = _SHORTCODE.sub(shortcode, text)
    blocks = "<!-- wp:" in text
    text = _COMMENT.sub("", text)
    return (text if blocks else _paragraphs(text)), list(dict.fromkeys(lost))


def _paragraphs(text: str) -> str:
    """Blank lines as paragraphs, as WordPress does when it shows a text; lists and the like stay whole."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"\n\n\x02{len(kept) - 1}\x03\n\n"

    parts = []
    for part in re.split(r"\n\s*\n", _KEPT.sub(keep, text)):
        words = part.strip()
        if not words:
            continue
        if whole := re.fullmatch(r"\x02(\d+)\x03", words):
            parts.append(kept[int(whole[1])])
        elif _BLOCK.match(words):
            parts.append(words)
        else:
            parts.append(f"<p>{words.replace(chr(10), '<br>')}</p>")
    return re.sub(r"\x02(\d+)\x03", lambda match: kept[int(match[1])], "\n".join(parts))


def _figure(inside: str) -> str:
    match = re.search(r"((?:<a[^>]*>)?\s*<img[^>]*>\s*(?:</a>)?)(.*)", inside, re.DOTALL)
    return f"<figure><p>{match[1]}</p><figcaption>{match[2].strip()}</figcaption></figure>" if match else inside


def _gallery(options: str, file_of: Callable[[str], str], attached: Sequence[str], lost: list[str]) -> str:
    match = re.search(r"(?:ids|include)=[\"']?([\d,\s]+)", options)
    numbers = re.findall(r"\d+", match[1]) if match else attached
    files = [file for number in numbers if (file := file_of(number))]
    if len(files) < len(numbers) or not numbers:
        lost.append("A gallery is not complete: see which pictures it showed there.")
    return "\n\n".join(f"<p>{_shown(file)}</p>" for file in files)


def _shown(file: str) -> str:
    """A file of a gallery: a picture, or a link to what is none."""
    name = PurePosixPath(unquote(urlsplit(file).path)).name
    if PurePosixPath(name).suffix.lower() in PICTURES:
        return f'<img src="{escape(file)}" alt="">'
    return f'<a href="{escape(file)}">{escape(name)}</a>'


def _embedded(name: str, options: str, address: str | None, lost: list[str]) -> str:
    found = address or next(iter(re.findall(r"(?:src|mp3|mp4|ogg|webm|m4a)=[\"']?(https?://[^\s\"'\]]+)", options)), "")
    if not found:
        lost.append(f"What [{name}] showed was left out.")
        return ""
    return f'\n\n<iframe src="{escape(found)}"></iframe>\n\n'
