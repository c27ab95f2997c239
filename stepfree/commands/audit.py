"""``stepfree audit TARGET…``: any site, in a folder or on the web, and any documents."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from stepfree.options import audit_options


@click.command(short_help="Audit a folder, pages, documents or a web address.")
@click.argument("targets", metavar="TARGET", nargs=-1)
@click.option(
    "--manifest",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The manifest of the build: findings then name source files and lines.",
)
@click.option(
    "--base-path", metavar="PATH", help="Where below the host the folder will be published, for instance /library/."
)
@click.option("--max-pages", type=click.IntRange(1), metavar="N", help="For a web address: open at most so many pages.")
@click.option(
    "--addresses",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="For a web address: a file with one address of that site on each line; only these are opened.",
)
@click.option("--sample", type=click.IntRange(1), metavar="N", help="For a web address: N pages, chosen by chance.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed chooses the same pages.")
@click.option(
    "--base",
    "earlier_report",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="REPORT",
    help="An earlier report.json of the same site: then only what is new since blocks.",
)
@click.option(
    "--sites",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Several sites in one run: a file with an address or a folder on each line, followed by a name.",
)
@audit_options
def audit(
    targets: tuple[str, ...],
    sites: Path | None,
    manifest: Path | None,
    base_path: str | None,
    max_pages: int | None,
    addresses: Path | None,
    sample: int | None,
    seed: int,
    earlier_report: Path | None,
    **options: Any,
) -> int:
    """Open every page of TARGET in a browser, read every document, and say whether all may be published.

    TARGET is a folder (a built site, or any documents), a web address (then the pages that links lead to on the same
    host are audited, politely), or any number of files: HTML, PDF, Word, PowerPoint, Excel and EPUB.
    """
    from dataclasses import replace

    from audit.model.addresses import normal_base
    from audit.model.report import Report
    from stepfree.auditing import against, run_audit
    from stepfree.orders import named_files, order_from
    from stepfree.reading import read_report
    from stepfree.sites import Listed, audit_sites

    if not targets and sites is None:
        raise click.UsageError("Something is missing: TARGET. Name what to audit, or a list of sites with --sites.")
    if targets and sites is not None:
        raise click.UsageError("Name what to audit, or a list of sites with --sites, and not both.")
    # Read before the long work begins, and before its own folder may be written over.
    earlier = read_report(earlier_report) if earlier_report is not None else None

    def one(targets: tuple[str, ...], output: Path) -> Report:
        target, files = named_files(targets)
        order = order_from(
            target,
            options,
            base=Path(),
            manifest=manifest,
            base_path=normal_base(base_path) if base_path else None,
            files=files,
            addresses=_listed(addresses),
            sample=sample,
            seed=seed,
        )
        if max_pages is not None:
            order = replace(order, config=replace(order.config, max_pages=max_pages))
        return run_audit(order, {**options, "output": output})

    if sites is None:
        report = one(targets, options["output"])
        return int(report.exit_code if earlier is None else against(earlier, report))
    if manifest is not None or addresses is not None or earlier is not None:
        raise click.UsageError("--manifest, --addresses and --base belong to one site, and --sites names several.")

    def listed_site(site: Listed, output: Path) -> Report:
        return one((site.address,), output)

    return int(audit_sites(sites, options["output"], listed_site))


def _listed(file: Path | None) -> tuple[str, ...]:
    """The addresses of a file, one on each line; lines that begin with # are remarks.

    Raises:
        UsageError: it holds none.
    """
    if file is None:
        return ()
    from audit.errors import UsageError

    lines = (line.strip() for line in file.read_text(encoding="utf-8", errors="replace").splitlines())
    found = tuple(line for line in lines if line and not line.startswith("#"))
    if not found:
        raise UsageError(f"{file}: there is no address in it.", "Write one on each line.")
    return found


COMMAND = audit
