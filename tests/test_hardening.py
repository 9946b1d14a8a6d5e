"""Promises of docs/threat-model.md that no other test keeps: time, titles, data that is only data, the lock."""

from __future__ import annotations

import ast
import re
import runpy
import time
import tomllib
from pathlib import Path

import pytest
from debate.debates import read_debate
from debate.desk.moderate import moderate_command
from debate.errors import DebateFileError, LabelError
from debate.importers.conversion import markdown_of_html
from debate.importers.names import without_tags
from debate.readers import read_comment
from debate.sanitizing import LONGEST_PIECE, plain_text
from debate.stance.storage import load
from desk.factories import Typed, make_site
from factories import ROOT, TEA, build, essay_file, safe_html
from harmless import faults
from markdown import Markdown
from sites import write

SLOW = ("[", "![", "[[", "[a](", '[a](")', "](mailto:", "<a ", "a\n=\n", "> ", "*a", "`<", "<![CDATA[", "- a\n  ")
FORBIDDEN = {"pickle", "cPickle", "_pickle", "marshal", "shelve", "dill", "cloudpickle", "joblib", "yaml", "jsonpickle"}


@pytest.mark.parametrize("piece", SLOW)
def test_text_made_to_be_slow_is_converted_in_time(piece: str) -> None:
    began = time.process_time()
    safe_html((piece * 20_000)[:20_000])
    assert time.process_time() - began < 8, "a second is usual, minutes were before the bounds"


def test_a_text_longer_than_a_piece_loses_no_word() -> None:
    words = [f"word{number}" for number in range(4000)]
    for gap in ("\n\n", "\n", " "):
        assert plain_text(safe_html(gap.join(words))).split() == words
    assert len(" ".join(words)) > 3 * LONGEST_PIECE


@pytest.mark.parametrize("address", ["https:path", "https:/path", "http:\\\\x", "https:", "https://", "http:///x"])
def test_an_address_without_a_host_is_no_link(address: str) -> None:
    assert "href" not in safe_html(f"[x]({address})")


@pytest.mark.parametrize("title", ["<script>x", "a <b>c</b>", "<!-- x", "</title>", "<?x"])
def test_an_imported_title_opens_no_tag_in_any_theme(title: str) -> None:
    assert "<" not in (without_tags(title) or "")
    assert without_tags("1 < 2 and x<3") == "1 < 2 and x<3"


@pytest.mark.parametrize(
    "way", ["{attach}../../", "{static}/../", "{static}/", "|attach|../../", "&#123;attach&#125;../../"]
)
def test_no_link_in_an_imported_essay_publishes_a_file_of_the_owners(way: str, tmp_path: Path) -> None:
    html = f'<p><a href="{way}key.txt">a</a> <img src="{way}key.txt" alt="b"></p>'
    for folder in (tmp_path, tmp_path / "content"):
        write(folder, {"key.txt": "the owner's"})
    built = build(tmp_path, {"essays/cup.md": essay_file(body=markdown_of_html(html).markdown, Slug="cup")})
    assert built.code == 0, built.log
    assert list(built.output.rglob("key.txt")) == []


@pytest.mark.parametrize("before", ["<b>x</b>", '<a href="/a">x</a>', "<code>x</code>", '<img src="/a.png">', "<h2>x "])
@pytest.mark.parametrize(
    "words", ["{onclick=alert(1)}", "{: onclick=alert(1) }", "{&#58; href={attach}../x onclick=x}"]
)
def test_no_words_of_an_imported_essay_become_attributes(before: str, words: str) -> None:
    essay = markdown_of_html(f"{before}{words}{'</h2>' if before == '<h2>x ' else ''}").markdown
    html = Markdown(extensions=["extra", "sane_lists", "meta"]).convert(essay)
    assert "onclick=" in plain_text(html)
    assert faults(html, images=True) == []


def test_a_comment_with_no_other_header_is_still_there_once_it_is_published(tmp_path: Path) -> None:
    content = make_site(tmp_path, {"cups/c1": "Status: pending\n\nMilk first.\n"})
    moderate_command(content, terminal=Typed("pq").terminal)
    assert read_comment(content / "comments/cups/c1.md", None).status == "published"


def test_of_a_status_given_twice_the_desk_takes_the_one_that_the_readers_take(tmp_path: Path) -> None:
    content = make_site(tmp_path, {"cups/c1": "Status: pending\nStatus: published\n\nMilk first.\n"})
    typed = Typed("q")
    moderate_command(content, terminal=typed.terminal)
    assert "1 still pending" in typed.text


def test_a_control_character_in_a_debate_is_refused_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "tea.toml").write_text(TEA.replace("Milk first?", "Milk \\u000b first?"), encoding="utf-8")
    with pytest.raises(DebateFileError, match=r"tea\.toml: .*control character"):
        read_debate(tmp_path / "tea.toml")


@pytest.mark.parametrize("data", [b"", b"PK\x05\x06" + bytes(18), b"\x80\x04.", b"{}", b"\x93NUMPY"])
def test_a_damaged_model_is_an_error_that_names_the_file(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "m.stance").write_bytes(data)
    with pytest.raises(LabelError, match=r"m\.stance"):
        load(tmp_path / "m.stance")


def test_nothing_is_unpickled_or_evaluated() -> None:
    found = []
    for path in sorted((ROOT / "plugins").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            found += [f"{path.name}:{node.lineno}: {name}" for name in _names(node) if name.split(".")[0] in FORBIDDEN]
            if isinstance(node, ast.Call):
                found += [f"{path.name}:{node.lineno}: {call}" for call in _evaluated(node)]
    assert found == []


def test_pelicans_own_cache_which_is_a_pickle_is_never_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITEURL", "https://site.example")
    for name in ("pelicanconf.py", "publishconf.py"):
        settings = runpy.run_path(str(ROOT / name))
        assert settings.get("LOAD_CONTENT_CACHE", False) is False
        assert settings.get("CACHE_CONTENT", False) is False


def test_the_lock_covers_every_dependency_with_a_hash_and_names_no_host() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    pinned = {
        m[1]: m[2] for line in lines if (m := re.fullmatch(r"([a-z0-9.-]+)==(\S+) --hash=sha256:[0-9a-f]{64}", line))
    }
    assert len(pinned) == len(lines)
    stated = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    bounds = {m[1].lower(): m[2] for line in stated if (m := re.match(r"([\w.-]+)(?:\[\w+\])?>=([\d.]+)", line))}
    assert set(bounds) <= set(pinned)
    assert [name for name, low in bounds.items() if _version(pinned[name]) < _version(low)] == []
    assert not re.search(r"://|index-url|find-links|@", text)


def test_the_document_of_threats_names_only_tests_that_exist() -> None:
    named = re.findall(r"`([\w/]+\.py)::(\w+)`", (ROOT / "docs/threat-model.md").read_text(encoding="utf-8"))
    assert len(named) > 30
    texts = {file: (ROOT / "tests" / file).read_text(encoding="utf-8") for file, _ in named}
    assert [f"{file}::{name}" for file, name in named if not re.search(rf"^def {name}\(", texts[file], re.M)] == []


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []


def _evaluated(node: ast.Call) -> list[str]:
    """Return the call if it runs text or bytes as a program."""
    called = ast.unparse(node.func)
    pickled = [ast.unparse(k) for k in node.keywords if k.arg == "allow_pickle" and ast.unparse(k.value) != "False"]
    unsaid = ["np.load without allow_pickle"] if called == "np.load" and not node.keywords else []
    return [*([called] if called in ("eval", "exec", "compile", "__import__") else []), *pickled, *unsaid]


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text))
