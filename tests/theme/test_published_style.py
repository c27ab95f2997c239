"""The style sheet as published: smaller than it is written, and the same in what it says."""

from __future__ import annotations

from typing import Any

import tinycss2

from library_site.theme import compact
from tests.theme.rendering import bundle


def _rules(css: str) -> list[str]:
    """Every rule and declaration of a style sheet in a form without white space between parts."""
    parsed = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return [_bare(rule) for rule in parsed]


def _bare(node: Any) -> str:
    inner = getattr(node, "content", None)
    said = _tokens(getattr(node, "prelude", None) or [])
    if inner is None:
        return f"{node.type} {said} {getattr(node, 'value', '')}"
    declared = tinycss2.parse_blocks_contents(inner, skip_comments=True, skip_whitespace=True)
    body = [
        f"{one.name}:{_tokens(one.value)}{' !important' * one.important}" if one.type == "declaration" else _bare(one)
        for one in declared
    ]
    return f"{said}{{{';'.join(body)}}}"


def _tokens(tokens: Any) -> str:
    """Tokens with their values; white space counts where it parts two words, numbers or selectors."""
    said = ""
    for token in tokens:
        if token.type == "comment":
            continue
        if token.type == "whitespace":
            said = said if said.endswith((" ", ",", ":", ">")) else f"{said} "
        elif token.type in {"number", "dimension", "percentage"}:
            said += f"{token.value:+}{getattr(token, 'unit', '')}{'%' * (token.type == 'percentage')}"
        elif token.type == "literal" and token.value in {",", ">"}:
            said = said.rstrip(" ") + token.value
        elif token.type in {"function", "() block", "[] block"}:
            name = getattr(token, "name", token.type[0])
            said += f"{name}({_tokens(getattr(token, 'arguments', None) or getattr(token, 'content', []))})"
        else:
            said += token.serialize()
    return said.strip()


def test_the_published_style_sheet_says_what_the_written_one_says() -> None:
    written = bundle("style.css")
    published = compact(written)
    assert _rules(published) == _rules(written)
    assert not any(rule.startswith("error ") for rule in _rules(published))
    assert len(published) < 0.88 * len(written)


def test_strings_keep_their_spaces() -> None:
    assert compact('a::before { content: " ;  }"; }\n\n/* why */\nb > c { color : red }') == (
        'a::before{content:" ;  }"}b>c{color :red}'
    )
