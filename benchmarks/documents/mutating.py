"""Documents changed by chance where their readers read: in the parts of an archive, in the objects of a PDF.

Bytes changed anywhere mostly end at the archive or at the file's own table. What is behind that is reached by
changing what is inside and packing it again. All that happens comes from the ``random.Random`` that is handed in.
"""

from __future__ import annotations

import io
import random
import warnings
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pikepdf
from lxml import etree

#: Values for attributes and words that programs trip over: signs, superscripts, other digits, too large, paths, lists.
ODD = (
    "", " ", "0", "-1", "²", "٣", "1e9", "NaN", "4294967296", "99999999999999999999", "true", "A1:XFD1048576", "ZZZ9999999",
    "../../../outside.xml", "/absolute.xml", "#", "a:b", "https://example.org/", "xx-yy-zz", "%00", "%ff", "\u202e\ufeff",
    "x" * 70_000, "#ffffff", "0 0 0", "[Content_Types].xml",
)  # fmt: skip
#: So deep, so often, and so many bytes.
DEEP, OFTEN, SWOLLEN = (40, 240, 3_000), (2, 30, 600), 70_000_000
_ENTITIES = (
    '<!DOCTYPE a [<!ENTITY a "{}">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in ("ab", "bc", "cd", "de", "ef", "fg"))
    + "]>"
)
_OUTSIDE = '<!DOCTYPE a [<!ENTITY g SYSTEM "file:///etc/hostname"><!ENTITY % b SYSTEM "https://example.org/b.dtd">%b;]>'

type Parts = list[tuple[str, bytes]]


def mutated(file: Path, chance: random.Random) -> bytes:
    """The bytes of a document, changed."""
    data = file.read_bytes()
    if chance.random() < 0.15:
        return _bytes(data, chance)
    if file.suffix == ".pdf":
        return _pdf(data, chance)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [(name, archive.read(name)) for name in archive.namelist()]
    for _ in range(chance.randint(1, 3)):
        chance.choice(_ON_ARCHIVES)(parts, chance)
    return _packed(parts, chance)


def _bytes(data: bytes, chance: random.Random) -> bytes:
    """Single bytes changed, and sometimes the end cut off."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 40)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed[: chance.randrange(len(changed))] if chance.random() < 0.2 else changed)


# ---------------------------------------------------------------- archives


def _packed(parts: Parts, chance: random.Random) -> bytes:
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as archive:
        # Two parts of one name are meant.
        warnings.simplefilter("ignore", UserWarning)
        for name, data in parts:
            archive.writestr(
                zipfile.ZipInfo(name), data, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            )
    return _bytes(out.getvalue(), chance) if chance.random() < 0.03 else out.getvalue()


def _xml(parts: Parts, chance: random.Random) -> tuple[int, Any] | None:
    """A part of XML that can be read, and its place; the larger ones more often."""
    able = [
        number for number, (name, _) in enumerate(parts) if name.endswith((".xml", ".rels", ".xhtml", ".opf", ".ncx"))
    ]
    if not able:
        return None
    number = chance.choices(able, [len(parts[each][1]) ** 0.5 + 1 for each in able])[0]
    try:
        return number, etree.fromstring(parts[number][1], etree.XMLParser(resolve_entities=False, huge_tree=True))
    except (etree.XMLSyntaxError, ValueError):
        return None


def _on_tree(change: Callable[[Any, random.Random], None]) -> Callable[[Parts, random.Random], None]:
    """A change of some elements of one part."""

    def changed(parts: Parts, chance: random.Random) -> None:
        found = _xml(parts, chance)
        if found is None:
            return
        number, tree = found
        for _ in range(chance.randint(1, 8)):
            elements = [each for each in tree.iter() if isinstance(each.tag, str)]
            change(chance.choice(elements), chance)
        parts[number] = parts[number][0], etree.tostring(tree)

    return changed


def _attribute(element: Any, chance: random.Random) -> None:
    if not element.attrib:
        return
    name = chance.choice(sorted(element.attrib))
    if chance.random() < 0.25:
        del element.attrib[name]
        return
    try:
        element.attrib[name] = chance.choice(ODD)
    except ValueError:
        element.attrib[name] = "x"


def _words(element: Any, chance: random.Random) -> None:
    element.text = chance.choice(ODD)


def _removed(element: Any, chance: random.Random) -> None:
    """An element less, or what is in it."""
    above = element.getparent()
    if above is None or chance.random() < 0.3:
        element.clear()
    else:
        above.remove(element)


def _renamed(element: Any, chance: random.Random) -> None:
    element.tag = chance.choice([each.tag for each in element.getroottree().iter() if isinstance(each.tag, str)])


def _again(element: Any, chance: random.Random) -> None:
    """The same element many times."""
    if element.getparent() is None or len(element) > 20:
        return
    copy = etree.tostring(element, with_tail=False)
    for _ in range(chance.choice(OFTEN)):
        try:
            element.addnext(etree.fromstring(copy))
        except etree.XMLSyntaxError:
            # An entity in it was declared before its root, and alone it is no XML: it stays as it is.
            return


def _nested(element: Any, chance: random.Random) -> None:
    """The same element within itself, deep."""
    inner = element
    for _ in range(chance.choice(DEEP)):
        inner = etree.SubElement(inner, element.tag, dict(element.attrib))


def _comment(element: Any, chance: random.Random) -> None:
    element.insert(0, chance.choice((etree.Comment("a"), etree.ProcessingInstruction("a", "b"))))


def _moved(element: Any, chance: random.Random) -> None:
    """An element where it does not belong."""
    target = chance.choice([each for each in element.getroottree().iter() if isinstance(each.tag, str)])
    if element.getparent() is not None and not any(each is element for each in (target, *target.iterancestors())):
        target.append(element)


def _entities(parts: Parts, chance: random.Random) -> None:
    """A document type whose entities swell, or reach outside; and one that is used."""
    found = _xml(parts, chance)
    if found is None:
        return
    number, tree = found
    chance.choice([each for each in tree.iter() if isinstance(each.tag, str)]).text = "@@"
    head = chance.choice((_ENTITIES.replace("{}", "lol" * 20), _OUTSIDE))
    parts[number] = parts[number][0], head.encode() + etree.tostring(tree).replace(b"@@", b"&g;")


def _encoding(parts: Parts, chance: random.Random) -> None:
    """Another encoding than is said, or one that nobody knows."""
    found = _xml(parts, chance)
    if found is None:
        return
    number, tree = found
    said, real = chance.choice((("UTF-16", "utf-8"), ("UTF-8", "utf-16"), ("x-none", "utf-8"), ("UTF-8", "latin-1")))
    text = f'<?xml version="1.0" encoding="{said}"?>' + etree.tostring(tree, encoding="unicode")
    parts[number] = parts[number][0], text.encode(real, "replace")


def _relation(parts: Parts, chance: random.Random) -> None:
    """A relationship that leads to another part, to its own, or out of the archive."""
    able = [number for number, (name, _) in enumerate(parts) if name.endswith((".rels", ".opf"))]
    if not able:
        return
    number = chance.choice(able)
    try:
        tree = etree.fromstring(parts[number][1])
    except (etree.XMLSyntaxError, ValueError):
        return
    ends = [name for each in tree.iter() for name in ("Target", "href") if name in each.attrib for _ in (each,)]
    for each in tree.iter():
        for name in set(ends) & set(each.attrib):
            if chance.random() < 0.5:
                each.attrib[name] = chance.choice(["/" + part for part, _ in parts] + ["../" * 9 + "x", ""])
    parts[number] = parts[number][0], etree.tostring(tree)


def _swapped(parts: Parts, chance: random.Random) -> None:
    """The contents of one part under the name of another."""
    one, other = chance.randrange(len(parts)), chance.randrange(len(parts))
    parts[one] = parts[one][0], parts[other][1]


def _missing(parts: Parts, chance: random.Random) -> None:
    del parts[chance.randrange(len(parts))]
    if not parts:
        parts.append(("x", b""))


def _twice(parts: Parts, chance: random.Random) -> None:
    """Two parts of one name, a part with an absolute or climbing name, an empty one."""
    name, data = chance.choice(parts)
    parts += [(name, data[: len(data) // 2]), ("/" + name, data), ("../../" + name, data), ("C:\\" + name, b"")]


def _bomb(parts: Parts, chance: random.Random) -> None:
    """A part that swells: spaces, or a million elements."""
    number = chance.randrange(len(parts))
    name, data = parts[number]
    end = data.rfind(b"</")
    if end < 0:
        parts[number] = name, b" " * SWOLLEN
        return
    filling = chance.choice((b" " * SWOLLEN, b"<a/>" * 300_000, b'<w:p xmlns:w="a"/>' * 20_000))
    parts[number] = name, data[:end] + filling + data[end:]


_ON_ARCHIVES: tuple[Callable[[Parts, random.Random], None], ...] = (
    *(_on_tree(each) for each in (_attribute, _attribute, _attribute, _words, _words, _removed, _renamed)),
    *(_on_tree(each) for each in (_again, _nested, _comment, _moved)),
    _entities, _encoding, _relation, _relation, _swapped, _missing, _twice, _bomb,
)  # fmt: skip


# ---------------------------------------------------------------- PDF


def _pdf(data: bytes, chance: random.Random) -> bytes:
    """Objects changed and written again; what cannot be written is tried anew, in another way."""
    for _ in range(9):
        with suppress(*_CANNOT), pikepdf.open(io.BytesIO(data)) as pdf:
            return _changed(pdf, chance)
    return _bytes(data, chance)


#: What pikepdf raises for what cannot be done to an object.
_CANNOT = (
    pikepdf.PdfError, pikepdf.DependencyError, RuntimeError, TypeError, ValueError, AttributeError, KeyError,
)  # fmt: skip


def _changed(pdf: pikepdf.Pdf, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 6)):
        # An earlier change may have made an object that cannot be changed again.
        with suppress(*_CANNOT):
            chance.choice(_ON_PDF)(pdf, chance)
    out = io.BytesIO()
    pdf.save(
        out,
        object_stream_mode=chance.choice(list(pikepdf.ObjectStreamMode)),
        compress_streams=chance.random() < 0.5,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        fix_metadata_version=False,
        deterministic_id=True,
    )
    written = out.getvalue()
    if chance.random() < 0.1:
        written = written.replace(b"/Length ", b"/Length 9", chance.randint(1, 3))
    return written


def _dictionaries(pdf: pikepdf.Pdf) -> list[Any]:
    """All dictionaries, those of streams and those inside others among them."""
    found: list[Any] = []
    for each in pdf.objects:
        stack = [each]
        while stack:
            one = stack.pop()
            if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
                found.append(one)
                held = [value for _, value in one.items()]
            elif isinstance(one, pikepdf.Array):
                held = list(one.as_list())
            else:
                continue
            stack += [value for value in held if not getattr(value, "is_indirect", True)]
    return found


def _odd(pdf: pikepdf.Pdf, chance: random.Random) -> Any:
    """A value of any type, also an object from elsewhere: loops come from that."""
    objects = [each for each in pdf.objects if isinstance(each, pikepdf.Dictionary | pikepdf.Stream | pikepdf.Array)]
    plain: list[Any] = [
        None, True, 0, -1, 2**31 - 1, 2**31, 3.5, pikepdf.String(""), pikepdf.String("\ufffe\u202e" * 400), pikepdf.Name("/X"),
        pikepdf.Name("/A#B"), pikepdf.Array([]), pikepdf.Array([0] * 30_000), pikepdf.Dictionary(), pikepdf.String(b"\xff\xfe\x00\xd8"),
    ]  # fmt: skip
    return chance.choice(objects) if chance.random() < 0.5 else chance.choice(plain)


def _put(holder: Any, key: str, value: Any) -> None:
    """What cannot be written is left as it was: a stream keeps its length."""
    try:
        if value is None:
            del holder[key]
        else:
            holder[key] = value
    except (KeyError, ValueError, TypeError, NotImplementedError):
        return


def _bad_value(pdf: pikepdf.Pdf, chance: random.Random) -> None:
    able = [each for each in _dictionaries(pdf) if len(each.keys())]
    holder = chance.choice(able)
    _put(holder, chance.choice(sorted(holder.keys())), _odd(pdf, chance))


def _bad_item(pdf: pikepdf.Pdf, chance: random.Random) -> None:
    """An item of a list: of pages, of tags, of a rectangle."""
    lists = [
        (each, key)
        for each in _dictionaries(pdf)
        for key in sorted(each.keys())
        if isinstance(each[key], pikepdf.Array)
    ]
    if not lists:
        return
    holder, key = chance.choice(lists)
    value = _odd(pdf, chance)
    items = list(holder[key].as_list())
    at = chance.randrange(len(items) + 1)
    items[at : at + chance.randint(0, 1)] = [value] * chance.choice((1, 1, 1, 300))
    _put(holder, key, pikepdf.Array(items))


def _missing_key(pdf: pikepdf.Pdf, chance: random.Random) -> None:
    holder = chance.choice([each for each in _dictionaries(pdf) if len(each.keys())])
    _put(holder, chance.choice(sorted(holder.keys())), None)


def _loop(pdf: pikepdf.Pdf, chance: random.Random) -> None:
    """Something that is in itself: pages, tags, bookmarks, fields, forms, kinds of tags."""
    root = pdf.Root
    tags = [each for each in _dictionaries(pdf) if "/S" in each and "/P" in each]
    choice = chance.randrange(7)
    if choice == 0:
        root.Pages.Kids.append(root.Pages)
    elif choice == 1 and tags:
        _put(chance.choice(tags), "/K", chance.choice(tags))
    elif choice == 2 and "/StructTreeRoot" in root:
        root.StructTreeRoot.RoleMap = pikepdf.Dictionary(P=pikepdf.Name.Q, Q=pikepdf.Name.P, H1=pikepdf.Name.H1)
    elif choice == 3:
        item = pdf.make_indirect(pikepdf.Dictionary(Title=pikepdf.String("a")))
        item.Next = item.First = item.Last = item
        root.Outlines = pdf.make_indirect(pikepdf.Dictionary(First=item, Last=item, Count=2))
    elif choice == 4:
        form = pdf.make_stream(b"/X Do /X Do", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9])
        form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form))
        pdf.pages[0].obj.Resources = form.Resources
        pdf.pages[0].obj.Contents = pdf.make_stream(b"/X Do")
    elif choice == 5:
        field = pdf.make_indirect(pikepdf.Dictionary(FT=pikepdf.Name.Tx, T=pikepdf.String("a")))
        field.Parent, field.Kids = field, pikepdf.Array([field])
        root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))
    else:
        page = pdf.pages[0].obj
        page.Parent = page


def _deep_tags(pdf: pikepdf.Pdf, chance: random.Random) -> None:
    """Tags within tags, or a row of very many."""
    if "/StructTreeRoot" not in pdf.Root:
        return
    above = pdf.Root.StructTreeRoot
    for _ in range(chance.choice(DEEP)):
        tag = pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name("/Div"), P=above, K=pikepdf.Array([])))
        above.K = pikepdf.Array([tag, *([tag] if chance.random() < 0.02 else [])])
        above = tag


def _drawing(pdf: pikepdf.Pdf, chance: random.Random) -> None:
    """The program that draws a page, changed: operators, numbers of marks, brackets that do not close."""
    streams = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
    if not streams:
        return
    stream = chance.choice(streams)
    try:
        data = bytearray(stream.read_bytes())
    except pikepdf.PdfError:
        return
    odd = (b" q " * 5000, b" BMC ", b" EMC " * 9, b" [ [ [ (", b" /Span <</MCID 99999999999>> BDC ", b" 1e30 0 0 1e30 0 0 cm ",
           b" BT /F9 1e9 Tf (x) Tj ", b" << " * 400, b" /P <</MCID -1>> BDC ", b" 0 0 0 0 0 0 cm ")  # fmt: skip
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(data) + 1)
        data[at : at + chance.randint(0, 4)] = (
            chance.choice(odd) if chance.random() < 0.6 else bytes([chance.randrange(256)])
        )
    stream.write(bytes(data))


def _filter(pdf: pikepdf.Pdf, chance: random.Random) -> None:
    """A filter that is not that of the data, or a chain of them."""
    streams = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
    if not streams:
        return
    stream = chance.choice(streams)
    names = [pikepdf.Name("/" + each) for each in ("LZWDecode", "ASCII85Decode", "RunLengthDecode", "JBIG2Decode", "DCTDecode",
                                                   "JPXDecode", "CCITTFaxDecode", "Crypt", "Nothing", "FlateDecode")]  # fmt: skip
    wanted = pikepdf.Array([chance.choice(names) for _ in range(chance.choice((1, 2, 40)))])
    stream.write(stream.read_raw_bytes(), filter=wanted, decode_parms=None)


def _page_size(pdf: pikepdf.Pdf, chance: random.Random) -> None:
    """Pages of no size, of a mile, turned by an odd angle."""
    page = chance.choice(list(pdf.pages)).obj
    page.MediaBox = pikepdf.Array(chance.choice(([0, 0, 0, 0], [0, 0, 10**7, 10**7], [9, 9, 1, 1], [0, 0, 1, 10**6])))
    page.Rotate = chance.choice((90, 180, 270, 45, -90, 10**6))


def _fonts(pdf: pikepdf.Pdf, chance: random.Random) -> None:
    for each in _dictionaries(pdf):
        if each.get("/Type") == pikepdf.Name.Font and chance.random() < 0.7:
            _put(
                each,
                chance.choice(("/ToUnicode", "/Encoding", "/BaseFont", "/Subtype", "/DescendantFonts")),
                _odd(pdf, chance),
            )


def _metadata(pdf: pikepdf.Pdf, chance: random.Random) -> None:
    """What the file says of itself, in XML that swells or is none."""
    head = chance.choice((_ENTITIES.replace("{}", "lol" * 20), _OUTSIDE, "<" * 1000, "", "\x00" * 99))
    pdf.Root.Metadata = pdf.make_stream(head.encode() + b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>&g;</x:xmpmeta>")


_ON_PDF: tuple[Callable[[pikepdf.Pdf, random.Random], None], ...] = (
    *(_bad_value, _bad_value, _bad_value, _bad_item, _bad_item, _missing_key, _missing_key),
    *(_loop, _loop, _deep_tags, _drawing, _drawing, _filter, _page_size, _fonts, _metadata),
)
