"""From the options of a command to what is to be audited."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from audit.errors import UsageError
from audit.run.order import Order
from audit.settings.config import Exclusion, find
from stepfree.project import published_at
from stepfree.today import chosen_day


def order_from(target: str, options: dict[str, Any], *, base: Path, **more: Any) -> Order:
    """What to audit, from the options of :func:`stepfree.options.audit_options`.

    Raises:
        UsageError: the configuration is wrong, or options contradict each other.
    """
    config = find(options["config"], base)
    if options["resume"] and options["no_cache"]:
        raise UsageError(
            "--resume continues from what an earlier run kept, and --no-cache says not to use it.",
            "Leave one of them out.",
        )
    return Order(
        target=target,
        config=config,
        rules_address=config.rules_address(published_at(base)),
        profile=options["profile"],
        block=options["block"],
        workers=options["workers"],
        grid=options["grid"],
        only=options["rules"],
        use_cache=not options["no_cache"],
        resume=options["resume"],
        use_browser=not options["no_browser"],
        base=base,
        today=chosen_day(),
        **more,
    )


def named_files(targets: tuple[str, ...]) -> tuple[str, tuple[Path, ...]]:
    """What to audit, from the names on the command line: one target, or several files of one folder.

    Raises:
        UsageError: several targets of which one is no file.
    """
    if len(targets) == 1:
        return targets[0], ()
    files = []
    for target in targets:
        path = Path(target)
        if not path.is_file():
            what = "a web address" if "://" in target else "a folder" if path.is_dir() else "no file that is there"
            raise UsageError(
                f"{target}: this is {what}, and several targets must all be files.",
                "Name one folder, one web address, or any number of files.",
            )
        files.append(path)
    folder = os.path.commonpath([str(path.absolute().parent) for path in files])
    with suppress(ValueError):
        folder = str(Path(folder).relative_to(Path.cwd()))
    return folder, tuple(
        dict.fromkeys(Path(folder) / path.absolute().relative_to(Path(folder).absolute()) for path in files)
    )


#: Where a build puts the editor for staff, when its settings name one.
_EDITOR = "admin/index.html"
_EDITOR_REASON = (
    "The editor for staff, a program by others. No patron needs it, and each file can be changed without it."
)


def without_editor(order: Order, files: Iterable[str]) -> Order:
    """The order without the editor's page, if the build wrote one; the report names it with the reason."""
    if _EDITOR not in files:
        return order
    left_out = Exclusion("/admin/*", _EDITOR_REASON, "publishconf.py", 1)
    return replace(order, config=replace(order.config, exclude=(*order.config.exclude, left_out)))
