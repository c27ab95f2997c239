"""All readers, loaded: what the processes are copies of that read one document each."""

from __future__ import annotations

from audit.documents import epub, excel, pdf, pdf_conditions, powerpoint, reading, word
from audit.documents.process import adapter

adapter()
pdf_conditions.conditions()

__all__ = ["epub", "excel", "pdf", "powerpoint", "reading", "word"]
