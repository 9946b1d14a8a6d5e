"""Documentation kept true: settings, commands, links, and nothing of one machine or one registry."""

from __future__ import annotations

import re
import subprocess
from dataclasses import fields
from pathlib import Path

import pytest
from debate.importers.importing import READERS
from debate.settings import DebateSettings, setting_name
from factories import ROOT, TEA
from invoke import Collection

import tasks

TASKS = Collection.from_module(tasks)


def _tracked(*patterns: str) -> list[Path]:
    """Return the files git tracks; without git (a source archive) every file that is not made here."""
    done = subprocess.run(["git", "ls-files", "-z", *patterns], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        made = {".venv", "output", ".cache", "__pycache__"}
        return [p for glob in patterns or ("*",) for p in ROOT.rglob(glob) if p.is_file() and not made & set(p.parts)]
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


DOCUMENTS = [
    path
    for path in _tracked("*.md")
    if path.relative_to(ROOT).parts[0] not in ("content", "plugins", "tests", "examples")
]


def _id(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_every_setting_is_documented_with_its_default_and_no_other_is() -> None:
    rows = re.findall(r"^\| `(DEBATE_\w+)` \| `([^`]+)` \| .+ \|$", _text(ROOT / "docs/settings.md"), re.MULTILINE)
    defaults = {setting_name(f.name): repr(f.default).replace("'", '"') for f in fields(DebateSettings)}
    assert dict(rows) == defaults


def test_every_key_of_a_debate_file_is_documented() -> None:
    text = _text(ROOT / "docs/settings.md")
    keys = [
        *re.findall(r"^(\w+) =", TEA, re.MULTILINE),
        "none_name",
        "unsure_name",
        "model",
        "examples",
        "aggregates_only",
    ]
    assert [key for key in keys if not re.search(rf"\b{key} = ", text)] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=_id)
def test_every_command_a_document_names_is_a_task(path: Path) -> None:
    named = re.findall(r"(?:python3 start\.py|`invoke|-m invoke) ([a-z][a-z-]*)", _text(path))
    assert sorted(set(named) - set(TASKS.task_names)) == []


def test_every_format_that_import_reads_stands_in_its_help_and_its_document() -> None:
    assert re.split(", | or ", tasks.FORMATS_HELP) == list(READERS)
    text = _text(ROOT / "docs/importing.md")
    assert [name for name in READERS if f"`{name}`" not in text] == []


def test_the_readme_starts_with_the_two_commands() -> None:
    commands = re.findall(r"^    (python3 start\.py \w+)", _text(ROOT / "README.md"), re.MULTILINE)
    assert commands[:3] == ["python3 start.py build", "python3 start.py test", "python3 start.py serve"]


@pytest.mark.parametrize("path", DOCUMENTS, ids=_id)
def test_every_relative_link_of_a_document_leads_to_a_file(path: Path) -> None:
    text = re.sub(r"```.*?```|`[^`\n]*`", "", _text(path), flags=re.DOTALL)
    targets = re.findall(r"\]\(([^)\s]+)\)", text)
    relative = [target.split("#")[0] for target in targets if not re.match(r"[a-z]+:|#", target)]
    assert [target for target in relative if not (path.parent / target).exists()] == []


def test_every_module_stands_in_the_architecture() -> None:
    text = _text(ROOT / "docs/architecture.md")
    stages = [p for p in (ROOT / "plugins/debate").iterdir() if p.suffix == ".py" or (p / "__init__.py").is_file()]
    names = [stage.name if stage.suffix else f"{stage.name}/" for stage in stages if stage.name != "__init__.py"]
    assert [name for name in sorted(names) if f"`{name}`" not in text] == []


THEME_DOCUMENT = ROOT / "docs/theme.md"
TEMPLATES = [*(ROOT / "plugins/debate/templates").rglob("*.html"), *(ROOT / "theme/templates").rglob("*.html")]


def _named(pattern: str, files: list[Path]) -> set[str]:
    return {name for file in files for name in re.findall(pattern, _text(file), re.MULTILINE)}


def _rows(heading: str, column: int) -> set[str]:
    """Return the names in backticks in a column of the table under a heading of the theme's document."""
    section = _text(THEME_DOCUMENT).split(f"\n## {heading}\n")[1].split("\n## ")[0]
    cells = [line.split("|")[column] for line in section.splitlines() if line.startswith("|")]
    return {name for cell in cells for name in re.findall(r"`(-*[a-z][\w-]*)[(`]", cell)}


def test_every_block_of_the_theme_is_documented_and_exists() -> None:
    own = [file for file in TEMPLATES if "theme" in file.relative_to(ROOT).parts[0]]
    assert _rows("Blocks of the theme", 1) == _named(r"{%-? block (\w+)", own) - {"stylesheet"}


def test_every_macro_is_documented_and_exists() -> None:
    inside = {"share_of"}  # a macro of one template alone
    assert _rows("Macros", 1) == _named(r"{%-? macro (\w+)\(", TEMPLATES) - inside


def test_every_token_is_documented_and_exists() -> None:
    assert _rows("Tokens", 1) == _named(r"^\s*(--[\w-]+):", [ROOT / "plugins/debate/static/tokens.css"])


def test_every_template_and_stylesheet_of_the_plugin_stands_in_the_theme_document() -> None:
    text = _text(THEME_DOCUMENT)
    own = [file.name for file in TEMPLATES if file.parent == ROOT / "plugins/debate/templates/debate"]
    assert [name for name in [*own, "tokens.css", "debate.css", "charts.css"] if name not in text] == []


def test_no_tracked_file_names_a_registry_or_a_folder_of_one_machine() -> None:
    hosts = ["py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com", "deb." + "debian.org"]
    folders = re.compile(r"(?<![\w.])/(?:work|root|home/(?!you/)\w+|Users/\w+)/(?!\*)")
    found = []
    for path in _tracked():
        text = path.read_bytes().decode(errors="ignore")
        found += [f"{_id(path)}: {host}" for host in hosts if host in text]
        found += [f"{_id(path)}: {match[0]}" for match in folders.finditer(text)]
    assert found == []


def test_no_document_or_content_file_holds_an_email_address() -> None:
    address = re.compile(r"[\w.+-]+@[\w-]+\.[a-z]{2,}", re.IGNORECASE)
    harmless = re.compile(r"@(?:[\w-]+\.)*(?:example|invalid|your\.domain|example\.(?:org|com|net))$")
    files = [*DOCUMENTS, *_tracked("content/**")]
    texts = {path: path.read_bytes().decode(errors="ignore") for path in files}
    assert [a for text in texts.values() for a in address.findall(text) if not harmless.search(a)] == []
