"""The manifest: which source each element of each published page comes from.

``unstamp`` is the last step before a page is written: it takes every stamp out of the HTML
and returns, instead, runs of elements with the same source. ``manifest_text`` writes what
``docs/schemas/manifest.schema.json`` describes.

A library, not a plugin: the site generator writes the manifest with the site.
"""

from __future__ import annotations

from library_manifest.document import ManifestFile, ManifestLine, ManifestPage, manifest_line, manifest_text, owner_of
from library_manifest.unstamp import Unstamped, unstamp

__all__ = [
    "ManifestFile",
    "ManifestLine",
    "ManifestPage",
    "Unstamped",
    "manifest_line",
    "manifest_text",
    "owner_of",
    "unstamp",
]
