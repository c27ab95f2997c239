"""Fonts of the theme: subsets made at the build from font packages, and the rules that load them.

A library, not a plugin: the site's generator asks it. The theme's ``order.toml`` names them (``[[fonts]]``: family, package, file, weight). A font whose
package is not installed is left out, and pages are set in what the reader's machine has.
"""

from __future__ import annotations

from library_fonts.subsets import Font, fonts_of

__all__ = ["Font", "fonts_of"]
