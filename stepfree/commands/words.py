"""``stepfree words``: which of the website's own words each language has, and a list to fill in."""

from __future__ import annotations

import click

from stepfree.safe_output import say


@click.command(short_help="Show which words of the website a language lacks.")
@click.argument("language", required=False)
@click.option("--write", is_flag=True, help="Begin the list of them, content/words-LANGUAGE.yml, or add to it.")
def words(language: str | None, write: bool) -> int:
    """Show the words that the website itself uses, such as "Closed now", in LANGUAGE (es, pt, cy …).

    What stands in content/words-LANGUAGE.yml comes before ours, also in English (words-en.yml).
    Where both lack a word, the page has it in English. Without LANGUAGE: how complete each language of your website is.
    """
    import json

    import yaml

    from audit.errors import UsageError
    from stepfree.project import find_project, site_plugins

    project = find_project()
    site_plugins(project)
    from library_site.reading import read_content
    from library_words import interface_words, missing_words, translate
    from library_words.voice import language_name, own_voice, voice

    with own_voice():
        read_content(project.content)
        if language is None:
            for each in voice().languages:
                known = len(interface_words()) - len(missing_words(each))
                say(f"{language_name(each, 'en')} ({each}): {known} of {len(interface_words())} words")
            return 0
        if language_name(language, "en") == language:
            raise UsageError(f"“{language}” is not a language.", "Write its letters, such as es, pt or cy.")
        missing = missing_words(language)
        if not write:
            for english in interface_words():
                said = "(missing: English stands in)" if english in missing else translate(english, language)
                say(f"{english}: {said}")
            return 0
    if not missing:
        say(f"No words are missing in {language_name(language, 'en')}.")
        return 0
    file = project.content / f"words-{language}.yml"
    there = file.read_text(encoding="utf-8-sig") if file.is_file() else _head(language_name(language, "en"))
    begun = yaml.safe_load(there) or {}
    lines = [f"{json.dumps(english, ensure_ascii=False)}:" for english in missing if english not in begun]
    file.write_text(there.rstrip("\n") + "\n" + "".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
    say(f"{len(lines)} words to fill in were added to content/{file.name}. Until then visitors see them in English.")
    return 0


def _head(name: str) -> str:
    return (
        f"# The website's own words in {name}. Write each after its colon, in quotation marks; what is in braces\n"
        "# stays as it is. A line without words is one that nobody has translated yet.\n"
    )


COMMAND = words
