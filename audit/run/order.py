"""What to audit and how: the command line on top of the configuration."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from audit.browser.browser import BrowserSettings
from audit.errors import UsageError
from audit.examination.axe.catalogue import catalogue
from audit.judgement import gate_rules
from audit.judgement.policy import Policy
from audit.model.addresses import DOCUMENTS
from audit.model.finding import Condition
from audit.rules import LoadedRule
from audit.rules import load as load_rules
from audit.settings.config import DEFAULT_PROFILE, Config
from audit.settings.nearest import did_you_mean, known_words
from audit.standards import ALWAYS_MET, EVERYTHING, profiles
from audit.standards.laws import NONE, Law, laws
from audit.survey import manifest
from audit.survey.crawl import Choice

#: Under what every page is looked at, whatever rules ask for: our own bar names them.
ALWAYS = frozenset({Condition.WIDE, Condition.NARROW, Condition.DARK})


@dataclass(frozen=True)
class Order:
    """What to audit and how: the command line on top of the configuration.

    ``target`` is a folder, an HTML file, a document or a web address; ``files`` some files of that folder and
    nothing else of it. ``only``: rule ids, empty for all.
    ``base``: the folder from which
    paths in findings count (the repository). ``rules_address``: where the rules are explained.
    """

    target: str
    config: Config = field(default_factory=Config)
    manifest: Path | None = None
    profile: str | None = None
    block: tuple[str, ...] = ()
    base_path: str | None = None
    workers: int | None = None
    grid: str | None = None
    only: tuple[str, ...] = ()
    use_cache: bool = True
    #: Go on with a run that was interrupted.
    resume: bool = False
    use_browser: bool = True
    base: Path = field(default_factory=Path)
    today: dt.date | None = None
    #: For a web address: only these addresses, and so many others by chance.
    addresses: tuple[str, ...] = ()
    sample: int | None = None
    seed: int = 1
    rules_address: str | None = None
    files: tuple[Path, ...] = ()

    @property
    def law(self) -> Law:
        """The law that the site's owners name; without one, WCAG 2.2 by our own decision."""
        return laws()[str(self.config.site.get("jurisdiction", NONE))]

    @property
    def choice(self) -> Choice:
        """Which pages of a site on the web are wanted."""
        config = self.config
        return Choice(config.max_pages, self.addresses, self.sample, self.seed, config.exclude)

    @property
    def policy(self) -> Policy:
        """The profile that was asked for, and what blocks: what was asked for, else what the owners decided."""
        profile = self.profile or self.config.profile or DEFAULT_PROFILE
        if self.block:
            block = self.block
        elif self.config.block is not None:
            block = self.config.block
        elif self.profile is not None and self.profile != EVERYTHING:
            block = (self.profile,)
        else:
            block = (self.law.profile,)
        return Policy(profile, block, self._block_rules(), self._present(self.only))

    def _block_rules(self) -> frozenset[str]:
        """The rules that block whatever the profile, by their present ids.

        Raises:
            UsageError: there is no such rule: a typing slip would let its faults pass.
        """
        known = load_rules(self.config.rules)
        renamed = self._renamed()
        names = {*known, *renamed, *catalogue(self.config.axe_script), *gate_rules.RULES}
        for identifier in self.config.block_rules:
            if identifier not in names:
                path = self.config.path or "The configuration"
                line = _line_of(self.config.path, identifier)
                raise UsageError(
                    f"{path}{line}: block_rules names a rule “{identifier}”, which does not exist.",
                    did_you_mean(identifier, names) or "`stepfree explain` lists the rules.",
                )
        return self._present(self.config.block_rules)

    def _present(self, identifiers: Iterable[str]) -> frozenset[str]:
        """The ids that these rules have now."""
        renamed = self._renamed()
        return frozenset(renamed.get(identifier, identifier) for identifier in identifiers)

    def _renamed(self) -> Mapping[str, str]:
        return {alias: rule.id for rule in load_rules(self.config.rules).values() for alias in rule.rule.aliases}


def _line_of(path: Path | None, word: str) -> str:
    with suppress(OSError):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines() if path else (), start=1):
            if f'"{word}"' in line or f"'{word}'" in line:
                return f":{number}"
    return ""


def narrowed(order: Order) -> tuple[str, ...]:
    """What a run was told not to look at, or not to let block: nothing that passes it may be published for that."""
    policy = order.policy
    owners = replace(order, block=(), profile=None, only=()).policy
    said = []
    if order.only:
        rules = "the rule" if len(order.only) == 1 else "the rules"
        said.append(f"Only {rules} {known_words(order.only)} ran.")
    if not policy.block and not policy.block_rules:
        said.append("No fault of a page can block: block and block_rules name nothing.")
    elif owners.blocking_criteria - policy.blocking_criteria:
        said.append(f"Only faults of {known_words(policy.block) or 'no profile'} block in this run (--block).")
    elif policy.blocking_criteria - profiles()[policy.profile].criteria - {ALWAYS_MET}:
        said.append(f"Only faults of {policy.profile} are looked for in this run (--profile).")
    return tuple(said)


def base_path(order: Order, built: manifest.Manifest | None = None) -> str:
    """Where below the host the folder is served: as asked for, as decided, as built, else the root.

    Raises:
        UsageError: the manifest cannot be read.
    """
    built = built or (manifest.read(order.manifest) if order.manifest else None)
    return order.base_path or order.config.base_path or (built.base_path if built else "/")


def browser_settings(order: Order, built: manifest.Manifest | None = None) -> BrowserSettings:
    """The browser of a run, which says of its visitor what the owners decide, else what the build says.

    Raises:
        UsageError: the manifest cannot be read.
    """
    built = built or (manifest.read(order.manifest) if order.manifest else None)
    site, default = order.config.site, BrowserSettings()
    return BrowserSettings(
        grid=order.grid or order.config.grid,
        language=str(site.get("language") or (built and built.language) or default.language),
        time_zone=str(site.get("time_zone") or (built and built.time_zone) or default.time_zone),
    )


def chosen_rules(
    only: Iterable[str], script: Path | None = None, packs: tuple[str, ...] = ()
) -> tuple[LoadedRule, ...]:
    """The rules with these ids or former ids; all of them when none is named.

    Raises:
        UsageError: there is no such rule, ours or axe-core's.
    """
    known = load_rules(packs)
    wanted = tuple(only)
    if not wanted:
        return tuple(known.values())
    axe = catalogue(script)
    renamed = {alias: rule for rule in known.values() for alias in rule.rule.aliases}
    chosen = {}
    for identifier in wanted:
        rule = known.get(identifier) or renamed.get(identifier)
        if rule is not None:
            chosen[rule.id] = rule
        elif identifier not in axe and identifier not in gate_rules.RULES:
            names = (*known, *renamed, *axe, *gate_rules.RULES)
            raise UsageError(f"There is no rule “{identifier}”.", did_you_mean(identifier, names) or None)
    return tuple(chosen.values())


def conditions(page_rules: Iterable[LoadedRule]) -> frozenset[Condition]:
    """Under what a page is looked at for these rules. What none of them asks for costs nothing."""
    return ALWAYS.union(*(rule.rule.needs for rule in page_rules))


def is_address(target: str) -> bool:
    """Whether a target is an address on the web by how it begins."""
    return target.lower().startswith(("http://", "https://"))


def on_the_web(target: str) -> bool:
    """Whether a target is an address, and no folder or file that is there.

    Raises:
        UsageError: it is an address of another kind, or one without its beginning.
    """
    if is_address(target):
        return True
    if Path(target).exists():
        return False
    if re.match(r"[a-z0-9]+://", target, re.IGNORECASE):
        raise UsageError(f"“{target}” cannot be audited.", "An address begins with https:// or http://.")
    if Path(target).suffix.lower() in DOCUMENTS:
        raise UsageError(f"{target}: there is no such file.", "Name a document, or the folder that holds some.")
    if re.fullmatch(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/\S*)?", target, re.IGNORECASE):
        raise UsageError(
            f"{target}: there is no such file or folder.", f"If it is an address on the web, write https://{target}."
        )
    return False


def target_name(target: str) -> str:
    """What the user named, without the machine's own path."""
    if is_address(target):
        parts = urlsplit(target)
        return f"{parts.scheme}://{parts.hostname}{parts.path}"
    path = Path(target)
    if path.is_absolute():
        with suppress(ValueError):
            return path.resolve().relative_to(Path.cwd()).as_posix()
        return path.name
    return path.as_posix()
