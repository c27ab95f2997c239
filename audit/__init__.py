"""Whether pages may be published: opens them in a real browser and examines them."""

from __future__ import annotations
