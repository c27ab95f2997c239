"""``stepfree audit TARGET``: any site, in a folder or on the web."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from stepfree.options import audit_options


@click.command(short_help="Audit a folder, a file or a web address.")
@click.argument("target")
@click.option(
    "--manifest",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The manifest of the build: findings then name source files and lines.",
)
@click.option(
    "--base-path", metavar="PATH", help="Where below the host the folder will be published, for instance /library/."
)
@click.option("--max-pages", type=click.IntRange(1), metavar="N", help="For a web address: open at most so many pages.")
@audit_options
def audit(target: str, manifest: Path | None, base_path: str | None, max_pages: int | None, **options: Any) -> int:
    """Open every page of TARGET in a browser, and say whether it may be published.

    TARGET is a folder with a built site, one HTML file, or a web address (then the pages that
    links lead to on the same host are audited, politely).
    """
    from dataclasses import replace

    from audit.model.addresses import normal_base
    from stepfree.auditing import order_from, run_audit

    order = order_from(
        target, options, base=Path(), manifest=manifest, base_path=normal_base(base_path) if base_path else None
    )
    if max_pages is not None:
        order = replace(order, config=replace(order.config, max_pages=max_pages))
    return int(run_audit(order, options).exit_code)


COMMAND = audit
