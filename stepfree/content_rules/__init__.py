"""Rules about the content of this website: they know its folders, fields and records.

The auditor knows no library; ``[paths] rules`` in ``stepfree.toml`` names this pack, as it may name
others (``docs/rule-packs.md``). Days by which something is due stand in ``library_schemas.deadlines``,
where ``stepfree upcoming`` reads them too.
"""

from __future__ import annotations

from pathlib import Path

from stepfree.project import Project, site_plugins

site_plugins(Project(Path(__file__).parents[2]))
