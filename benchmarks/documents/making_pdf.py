"""Makes small tagged PDF files from descriptions, one object after the other, so that any of them can be faulty."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from benchmarks.documents.description import Description, blocks

WIDTH, HEIGHT, LEFT = 595, 842, 60
_UA = (
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
    '{title}{label}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)


def make(description: Description, file: Path) -> None:
    """Write the file."""
    _Maker(description).write(file)


class _Maker:
    def __init__(self, description: Description) -> None:
        self.told = description
        self.pdf = pikepdf.new()
        self.tagged = bool(description.get("tagged", True))
        self.streams: list[list[bytes]] = []
        self.parents: list[list[Any]] = []
        self.annotations: list[list[Any]] = []
        self.images: list[dict[str, Any]] = []
        self.root = self.pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self.top = self._tag("Document", self.root)
        self.objects: list[Any] = []
        self.y = 0.0
        self.pages: list[Any] = []
        self.fields: list[Any] = []
        self._new_page()

    def _tag(self, kind: str, parent: Any, **more: Any) -> Any:
        tag = self.pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name("/" + kind), P=parent, K=Array([]), **more)
        )
        if "/K" not in parent:
            parent.K = Array([])
        parent.K.append(tag)
        return tag

    def _new_page(self) -> None:
        font = Dictionary(
            Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding, Name=Name.F1
        )
        bold = Dictionary(
            Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/Helvetica-Bold"), Encoding=Name.WinAnsiEncoding
        )
        page = self.pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
        page.obj.Resources = Dictionary(Font=Dictionary(F1=font, F2=bold), XObject=Dictionary())
        page.obj.StructParents = len(self.pages)
        self.pages.append(page.obj)
        self.streams.append([])
        self.parents.append([])
        self.annotations.append([])
        self.y = HEIGHT - 90.0

    # ------------------------------------------------------------ content

    def _marked(self, kind: str, tag: Any, drawing: bytes) -> None:
        """Draw something that a tag claims."""
        if not self.tagged:
            self.streams[-1].append(drawing)
            return
        mcid = len(self.parents[-1])
        self.parents[-1].append(tag)
        tag.Pg = self.pages[-1]
        tag.K.append(mcid)
        self.streams[-1].append(f"/{kind} <</MCID {mcid}>> BDC\n".encode() + drawing + b"EMC\n")

    def _text(self, words: str, options: Mapping[str, Any], x: float = LEFT) -> bytes:
        size = float(options.get("size", 11))
        colour = str(options.get("colour", "#111111"))
        red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        font = "F2" if options.get("bold") else "F1"
        drawn = b""
        for line in _lines(words, 95):
            written = (
                b"("
                + line.encode("cp1252", "replace").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
                + b")"
            )
            drawn += (
                f"BT {red:.3f} {green:.3f} {blue:.3f} rg /{font} {size} Tf {x} {self.y:.1f} Td ".encode()
                + written
                + b" Tj ET\n"
            )
            self.y -= size * 1.5
        self.y -= 6
        return drawn

    def block(self, kind: str, value: Any, options: Mapping[str, Any]) -> None:
        if "at" in options:
            self.y = HEIGHT - float(options["at"])
        if self.y < 110:
            self._new_page()
        getattr(self, f"_make_{kind}")(value, options)

    def _make_paragraph(self, value: Any, options: Mapping[str, Any]) -> None:
        if options.get("untagged"):
            self.streams[-1].append(self._text(str(value), options))
        elif options.get("artifact"):
            self.streams[-1].append(b"/Artifact BMC\n" + self._text(str(value), options) + b"EMC\n")
        else:
            more = {"Lang": String(str(options["language"]))} if "language" in options else {}
            self._marked("P", self._tag("P", self.top, **more), self._text(str(value), options))

    def _make_heading(self, value: Any, options: Mapping[str, Any]) -> None:
        level = int(options.get("level", 1))
        self._marked(
            f"H{level}", self._tag(f"H{level}", self.top), self._text(str(value), {"size": 18 - level, "bold": True})
        )

    def _make_list(self, value: Any, options: Mapping[str, Any]) -> None:
        whole = self._tag("L", self.top)
        for each in value:
            item = self._tag("LI", whole)
            self._marked("Lbl", self._tag("Lbl", item), self._text("-", options))
            self.y += 22.5
            self._marked("LBody", self._tag("LBody", item), self._text(str(each), options, LEFT + 15))

    def _image(self) -> str:
        data = bytes((x * 4) % 256 for _ in range(20) for x in range(30))
        image = self.pdf.make_stream(
            data,
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=30,
            Height=20,
            ColorSpace=Name.DeviceGray,
            BitsPerComponent=8,
        )
        name = f"Im{len(self.pages[-1].Resources.XObject)}"
        self.pages[-1].Resources.XObject["/" + name] = image
        return name

    def _make_picture(self, value: Any, options: Mapping[str, Any]) -> None:
        self.y -= 80
        drawing = f"q 120 0 0 80 {LEFT} {self.y:.1f} cm /{self._image()} Do Q\n".encode()
        self.y -= 20
        if value.get("decorative"):
            self.streams[-1].append(b"/Artifact BMC\n" + drawing + b"EMC\n")
            return
        alternative = value.get("alternative")
        more = {"Alt": String(alternative)} if alternative is not None else {}
        figure = self._tag("Figure", self.top, **more)
        box = Dictionary(O=Name.Layout, BBox=Array([LEFT, self.y + 20, LEFT + 120, self.y + 100]))
        figure.A = box
        self._marked("Figure", figure, drawing)
        if value.get("caption"):
            self._marked("Caption", self._tag("Caption", figure), self._text(value["caption"], options))

    def _make_scan(self, value: Any, options: Mapping[str, Any]) -> None:
        drawing = f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /{self._image()} Do Q\n".encode()
        self._marked("Figure", self._tag("Figure", self.top, Alt=String("A scanned page")), drawing)

    def _make_table(self, value: Any, options: Mapping[str, Any]) -> None:
        table = self._tag("Table", self.top)
        merged = value.get("merge")
        for number, row in enumerate(value["rows"]):
            line, height = self._tag("TR", table), self.y
            for place, words in enumerate(row):
                header = bool(value.get("header")) and number == 0
                cell = self._tag("TH" if header else "TD", line)
                if header:
                    cell.A = Dictionary(O=Name.Table, Scope=Name.Column)
                if merged == [number, place]:
                    cell.A = Dictionary(O=Name.Table, ColSpan=2)
                self.y = height
                if words:
                    self._marked("TD", cell, self._text(str(words), {"bold": header}, LEFT + 150 * place))
            self.y = height - 24

    def _annotation(self, tag: Any, **more: Any) -> Any:
        annotation = self.pdf.make_indirect(
            Dictionary(Type=Name.Annot, Rect=Array([LEFT, self.y + 15, LEFT + 200, self.y + 35]), F=4, **more)
        )
        if self.tagged and tag is not None:
            tag.Pg = self.pages[-1]
            tag.K.append(Dictionary(Type=Name.OBJR, Obj=annotation, Pg=self.pages[-1]))
            annotation.StructParent = 1000 + len(self.objects)
            self.objects.append(tag)
        self.annotations[-1].append(annotation)
        return annotation

    def _make_link(self, value: Any, options: Mapping[str, Any]) -> None:
        link = self._tag("Link", self._tag("P", self.top))
        if value["words"]:
            self._marked("Link", link, self._text(value["words"], {"colour": "#0b3d91"}))
        else:
            self.y -= 22
        action = Dictionary(S=Name.URI, URI=String(value["to"]))
        described = (
            {} if self.told.get("plainlink") or not value["words"] else {"Contents": String(f"Link: {value['words']}")}
        )
        self._annotation(link, Subtype=Name.Link, A=action, Border=Array([0, 0, 0]), **described)

    def _make_field(self, value: Any, options: Mapping[str, Any]) -> None:
        self.y -= 30
        name = value.get("name", "")
        more = {"TU": String(name)} if name else {}
        kind = Name.Btn if value.get("kind") == "tick" else Name.Tx
        form = self._tag("Form", self.top)
        field = self._annotation(form, Subtype=Name.Widget, FT=kind, T=String(f"field{len(self.fields)}"), **more)
        self.fields.append(field)

    def _make_page(self, value: Any, options: Mapping[str, Any]) -> None:
        self._new_page()
        self._make_paragraph(f"Page {len(self.pages)} goes on.", {})

    # ------------------------------------------------------------ faults of the whole

    def _faults(self) -> None:
        told = self.told
        if told.get("stray"):
            self.streams[-1].append(f"0 0 0 rg {LEFT} {self.y - 40:.1f} 80 20 re f\n".encode())
        if told.get("nested"):
            self._marked("P", self._tag("LI", self.top), self._text("An item without a list", {}))
        if told.get("unknown"):
            self._marked("P", self._tag("Merkzettel", self.top), self._text("A tag of our own", {}))
        if told.get("irregular"):
            self._make_table({"header": True, "rows": [["Branch", "Opens"], ["Maple"]]}, {})
        if told.get("looselink"):
            self._marked("P", self._tag("P", self.top), self._text("Hours of all branches", {}))
            action = Dictionary(S=Name.URI, URI=String("https://example.org/hours"))
            self._annotation(None, Subtype=Name.Link, A=action, Contents=String("Link: hours"))
        if told.get("plainlink") or told.get("tabs") is False:
            self._make_link({"words": "Hours of all branches", "to": "https://example.org/hours"}, {})
        if told.get("note"):
            self._marked("Note", self._tag("Note", self.top), self._text("1 See the plan.", {}))
        if told.get("symbols"):
            self._symbols()

    def _symbols(self) -> None:
        """Words in a typeface whose letters stand for nothing."""
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=Name.Signs,
            CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
            CIDToGIDMap=Name.Identity,
            FontDescriptor=self.pdf.make_indirect(
                Dictionary(
                    Type=Name.FontDescriptor,
                    FontName=Name.Signs,
                    Flags=4,
                    FontBBox=Array([0, 0, 600, 700]),
                    ItalicAngle=0,
                    Ascent=700,
                    Descent=0,
                    CapHeight=700,
                    StemV=80,
                )
            ),
        )
        font = self.pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type0,
                BaseFont=Name.Signs,
                Encoding=Name("/Identity-H"),
                DescendantFonts=Array([self.pdf.make_indirect(descendant)]),
            )
        )
        self.pages[-1].Resources.Font["/F3"] = font
        self._marked("P", self._tag("P", self.top), f"BT /F3 12 Tf {LEFT} {self.y:.1f} Td <00410042> Tj ET\n".encode())

    def write(self, file: Path) -> None:
        for kind, value, options in blocks(self.told):
            self.block(kind, value, options)
        self._faults()
        if self.told.get("footer"):
            self.y = 40
            self.streams[-1].append(
                b"/Artifact <</Type /Pagination>> BDC\n" + self._text(self.told["footer"], {}) + b"EMC\n"
            )
        for page, drawn, found in zip(self.pages, self.streams, self.annotations, strict=True):
            page.Contents = self.pdf.make_stream(b"".join(drawn))
            if found:
                page.Annots = Array(found)
                if self.told.get("tabs") is not False:
                    page.Tabs = Name.S
        self._catalogue()
        lock = pikepdf.Permissions(accessibility=False, extract=False)
        more: dict[str, Any] = (
            {"encryption": pikepdf.Encryption(owner="owner", user="", R=3, allow=lock, aes=False, metadata=False)}
            if self.told.get("locked")
            else {}
        )
        self.pdf.save(file, deterministic_id=not more, **more)

    def _catalogue(self) -> None:
        root, told = self.pdf.Root, self.told
        if self.tagged:
            pairs: list[Any] = []
            for number, tags in enumerate(self.parents):
                pairs += [number, Array(tags)]
            for number, tag in enumerate(self.objects):
                pairs += [1000 + number, tag]
            self.root.ParentTree = self.pdf.make_indirect(Dictionary(Nums=Array(pairs)))
            self.root.ParentTreeNextKey = 1000 + len(self.objects)
            root.StructTreeRoot = self.root
            root.MarkInfo = Dictionary(Marked=True)
        if told["language"]:
            root.Lang = String(told["language"])
        if told["title"]:
            self.pdf.docinfo.Title = String(told["title"])
        root.ViewerPreferences = Dictionary(DisplayDocTitle=told.get("displaytitle") is not False)
        title = (
            f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{told["title"]}</rdf:li></rdf:Alt></dc:title>'
            if told["title"]
            else ""
        )
        label = "" if told.get("label") is False else "<pdfuaid:part>1</pdfuaid:part>"
        data = _UA.format(title=title, label=label).encode()
        root.Metadata = self.pdf.make_stream(data, Type=Name.Metadata, Subtype=Name.XML)
        if self.fields:
            root.AcroForm = Dictionary(Fields=Array(self.fields))
        for name in told.get("inside", ()):
            inner: Any = pikepdf.AttachedFileSpec
            self.pdf.attachments[name] = inner(self.pdf, b"PK", filename=name)
        if told.get("layers"):
            group = self.pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Layer")))
            root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary())
        if told.get("bookmarks"):
            with self.pdf.open_outline() as outline:
                outline.root.append(pikepdf.OutlineItem("Plan", 0))


def _lines(words: str, most: int) -> list[str]:
    found, line = [], ""
    for word in words.split(" "):
        if line and len(line) + len(word) >= most:
            found.append(line + " ")
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*found, line]
