"""The words that every stage uses: finding, rule, document, page, site, report.

Values only. Nothing here opens a file or a browser, and nothing here knows who made the value.
"""

from __future__ import annotations
