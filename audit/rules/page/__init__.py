"""Rules about one page as it is shown, read and spoken."""

from __future__ import annotations
