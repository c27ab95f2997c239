"""What words have to do with the fields of a form: a label is neither a heading nor an item of a list."""

from __future__ import annotations

from audit.documents.model import Document, Passage

#: Heights of a line below a label, within which its field stands where nothing is read between them; and beside it.
BELOW, BESIDE = 6.0, 3.0


def is_label(document: Document, passage: Passage, after: Passage) -> bool:
    """Whether a field stands beside a passage, or under it before what is read next. Where nothing has a box, none does."""
    if passage.place.box is None:
        return False
    x, y, width, height = passage.place.box
    line = passage.size or height
    end = y + height + BELOW * line
    if after.place.page == passage.place.page and after.place.box is not None and after.place.box[1] > y + height / 2:
        end = after.place.box[1]
    return any(
        field.place.page == passage.place.page
        and (box := field.place.box) is not None
        and box[1] + box[3] > y
        and box[1] < end
        and box[0] < x + width + BESIDE * line
        and box[0] + box[2] > x - line
        for field in document.fields
    )
