"""From outcomes to findings, and from findings to the answer whether the site may be published."""

from __future__ import annotations
