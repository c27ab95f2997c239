"""A second reading of PDF/UA conditions, written for itself on pikepdf: it shares no code with the audit.

Only conditions that need no content stream and no typeface. Where it and the validator disagree, one of them errs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pikepdf

STANDARD = frozenset(
    [
        "Document",
        "Part",
        "Art",
        "Sect",
        "Div",
        "BlockQuote",
        "Caption",
        "TOC",
        "TOCI",
        "Index",
        "NonStruct",
        "Private",
        "P",
        "H",
        "H1",
        "H2",
        "H3",
        "H4",
        "H5",
        "H6",
        "L",
        "LI",
        "Lbl",
        "LBody",
        "Table",
        "TR",
        "TH",
        "TD",
        "THead",
        "TBody",
        "TFoot",
        "Span",
        "Quote",
        "Note",
        "Reference",
        "BibEntry",
        "Code",
        "Link",
        "Annot",
        "Ruby",
        "RB",
        "RT",
        "RP",
        "Warichu",
        "WT",
        "WP",
        "Figure",
        "Formula",
        "Form",
    ]
)


def elements(pdf: pikepdf.Pdf) -> Iterator[tuple[str, Any, str]]:
    """Each element of the tag tree: its standard kind, its dictionary, the standard kind of its parent."""
    tree = pdf.Root.get("/StructTreeRoot")
    if not isinstance(tree, pikepdf.Dictionary):
        return
    roles = tree.get("/RoleMap")
    mapped = (
        {str(key)[1:]: str(value)[1:] for key, value in roles.items()} if isinstance(roles, pikepdf.Dictionary) else {}
    )
    stack: list[tuple[Any, str]] = [(tree.get("/K"), "StructTreeRoot")]
    seen = 0
    while stack and seen < 100_000:
        kid, parent = stack.pop()
        if isinstance(kid, pikepdf.Array):
            stack += [(each, parent) for each in reversed(kid.as_list())]
        elif isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            seen += 1
            kind = str(kid["/S"])[1:]
            for _ in range(20):
                if kind in STANDARD or kind not in mapped:
                    break
                kind = mapped[kind]
            yield kind, kid, parent
            stack.append((kid.get("/K"), kind))


def _words(value: Any) -> bool:
    return isinstance(value, pikepdf.String) and bool(str(value).strip())


def figures(pdf: pikepdf.Pdf) -> bool:
    """7.3-1: a Figure without Alt and ActualText."""
    return any(
        kind == "Figure" and not _words(each.get("/Alt")) and "/ActualText" not in each
        for kind, each, _ in elements(pdf)
    )


def formulas(pdf: pikepdf.Pdf) -> bool:
    """7.7-1: a Formula without Alt and ActualText."""
    return any(
        kind == "Formula" and not _words(each.get("/Alt")) and "/ActualText" not in each
        for kind, each, _ in elements(pdf)
    )


def suspects(pdf: pikepdf.Pdf) -> bool:
    """7.1-4: MarkInfo says Suspects."""
    marks = pdf.Root.get("/MarkInfo")
    return isinstance(marks, pikepdf.Dictionary) and bool(marks.get("/Suspects", False))


def title_shown(pdf: pikepdf.Pdf) -> bool:
    """7.1-10: DisplayDocTitle is not true."""
    wanted = pdf.Root.get("/ViewerPreferences")
    return not (isinstance(wanted, pikepdf.Dictionary) and bool(wanted.get("/DisplayDocTitle", False)))


def tab_order(pdf: pikepdf.Pdf) -> bool:
    """7.18.3-1: a page with annotations whose Tabs is not S."""
    return any(page.obj.get("/Annots") and page.obj.get("/Tabs") != "/S" for page in pdf.pages)


def nesting(kind: str, parents: frozenset[str]) -> Callable[[pikepdf.Pdf], bool]:
    """A kind of tag that stands in none of its parents."""
    return lambda pdf: any(each == kind and parent not in parents for each, _, parent in elements(pdf))


def headings(pdf: pikepdf.Pdf) -> bool:
    """7.4.2-1: a heading skips a level, or the first is not H1."""
    before = 0
    for kind, _, _ in elements(pdf):
        if len(kind) == 2 and kind[0] == "H" and kind[1].isdigit():
            if int(kind[1]) > before + 1:
                return True
            before = int(kind[1])
    return False


#: By the id of the condition in ``audit/documents/clauses.toml``.
CONDITIONS: Mapping[str, Callable[[pikepdf.Pdf], bool]] = {
    "FIGURE-ALTERNATIVE-TEXT": figures,
    "FORMULA-ALTERNATIVE-TEXT": formulas,
    "SUSPECTS": suspects,
    "VIEWER-PREFERENCES": title_shown,
    "PAGE-TABS": tab_order,
    "HEADING-NESTING": headings,
    "LI-PARENT": nesting("LI", frozenset({"L"})),
    "LBODY-PARENT": nesting("LBody", frozenset({"LI"})),
    "TR-PARENT": nesting("TR", frozenset({"Table", "THead", "TBody", "TFoot"})),
    "TD-PARENT": nesting("TD", frozenset({"TR"})),
    "TH-PARENT": nesting("TH", frozenset({"TR"})),
    "TOCI-PARENT": nesting("TOCI", frozenset({"TOC"})),
}
