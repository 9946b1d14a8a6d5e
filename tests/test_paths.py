"""Names that strangers choose never lead out of their folders, on any system, and never hide one another."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path, PureWindowsPath

import pytest
from debate.desk.inbox import read_inbox
from debate.desk.site import read_topics
from debate.errors import CommentFileError, SettingError
from debate.importers.essays import Essays
from debate.importers.names import LONGEST_NAME_BYTES, folded, is_one_name, safe_id, safe_slug
from debate.readers import LARGEST_BYTES, read_comment, read_comments
from debate.settings import DebateSettings
from factories import TEA, build, comment_file, essay_file
from importers.helpers import files, imported, tree
from importers.test_wordpress import comment, export, item

HOSTILE = [
    *("..", ".", "../x", "../../x", "/x", "//x", "x/../../y", "./x", "x/", "~", "~/x", "~root"),
    *("..\\x", "\\x", "\\\\host\\share", "C:x", "C:\\x", "c:/x", "x:y", "\\\\?\\C:\\x", "file.md::$DATA"),
    *("con", "CON", "nul", "NUL.md", "aux.md", "prn", "com1", "COM9.txt", "lpt1", "com¹", "LPT³.md", "conin$", "con.a.b"),
    *("x.", "x ", "x...", " x", ".x", "-x", "--rf", "x.md.", "x. .", "_x"),
    *("%2e%2e%2fx", "..%2fx", "%2e%2e%5cx", "%00", "x%00.md", "%c0%ae%c0%ae/x", "..%c0%afx"),
    *("．．／x", "。。/x", "‥/x", "…/x", "∕x", "⁄x", "＼x", "﹨x", "：x", "C：x", "ｃｏｎ", "ＮＵＬ"),
    *("x\u202egnp.md", "\u200bx", "x\u200d", "\u2066x\u2069", "\ufeffx", "x\u0000y", "x\ny", "x\ty", "\x7fx"),
    *("é", "e\u0301", "Å", "A\u030a", "ﬁx", "①", "ß", "İ", "x" * 300, "é" * 300, "𝒳" * 200, "漢" * 120, ""),
    *("<x>", "x|y", "x?y", "x*y", 'x"y', "x;y", "$(x)", "`x`", "x&y", "x#y", "{key}", "desktop.ini", "x~1"),
]  # fmt: skip
RESERVED = {
    "con",
    "prn",
    "aux",
    "nul",
    "conin$",
    "conout$",
    *(f"{n}{d}" for n in ("com", "lpt") for d in "0123456789¹²³"),
}


def _is_harmless(name: str) -> bool:
    """Say whether a name is one plain name everywhere: Windows, macOS, Linux; NTFS, APFS, ext4."""
    windows = PureWindowsPath(name)
    return (
        name == Path(name).name == windows.name
        and not windows.drive
        and windows.stem.split(".")[0].lower() not in RESERVED
        and name not in (".", "..")
        and name[0] not in ".-~ "
        and name[-1] not in ". "
        and len(name.encode()) <= LONGEST_NAME_BYTES
        and len(name.encode("utf-16-le")) // 2 <= 255
        and unicodedata.is_normalized("NFC", name)
        and not any(unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp") or c in '<>:"/\\|?*' for c in name)
    )


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_a_slug_becomes_one_plain_name_or_none(text: str) -> None:
    slug = safe_slug(text, "")
    assert slug == "" or _is_harmless(slug)
    assert _is_harmless(safe_slug(text, "A title"))


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
@pytest.mark.parametrize("prefix", ["", "wp"])
def test_an_id_becomes_one_plain_ascii_name(text: str, prefix: str) -> None:
    id = safe_id(prefix, text)
    assert _is_harmless(id)
    assert id.isascii()


def test_ids_that_lose_something_stay_apart() -> None:
    assert len({folded(safe_id("", text)) for text in ("a/b", "a\\b", "a b", "a:b", "a-b", "a．b")}) == 6


@pytest.mark.parametrize("text", [t for t in HOSTILE if t], ids=ascii)
def test_an_import_writes_nothing_outside_its_folders(tmp_path: Path, text: str) -> None:
    clean = "".join(c for c in text if c >= " ").replace("&", "&amp;").replace("<", "&lt;")
    imported(tmp_path, export(item(comment(), slug=clean)))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["content", "export"]
    names = [Path(name).parts for name in files(tmp_path / "content")]
    assert {parts[0] for parts in names} == {"essays", "comments"}
    assert all(_is_harmless(part) or part.endswith(".md") for parts in names for part in parts)


def test_slugs_that_one_file_system_takes_for_one_become_two(tmp_path: Path) -> None:
    slugs = ("Tea", "tea", "caf\u00e9", "cafe\u0301", "CAF\u00c9", "ｔｅａ")
    report, into = imported(tmp_path, export(*(item(number=n, slug=s) for n, s in enumerate(slugs))))
    names = [path.stem for path in (into / "essays").iterdir()]
    assert report.essays == len({folded(name) for name in names}) == len(slugs)


def test_comments_whose_ids_differ_only_by_case_become_two_files_with_their_own_replies(tmp_path: Path) -> None:
    folder = tmp_path / "old" / "cup"
    folder.mkdir(parents=True)
    (tmp_path / "content/essays").mkdir(parents=True)
    (tmp_path / "content/essays/cup.md").write_text(essay_file(Slug="cup"), encoding="utf-8")
    for name, parent in (("A", ""), ("a", ""), ("b", "Amd"), ("c", "amd")):
        (folder / f"{name}.md").write_text(f"author: Bo\ndate: 2020-01-01\nreplyto: {parent}\n\nx\n", encoding="utf-8")
    from debate.importers import import_file

    report = import_file(tmp_path / "old", tmp_path / "content")
    found = tree(tmp_path / "content", "cup")
    assert report.comments == len({folded(id) for id in found}) == 4
    (renamed,) = set(found) - {"A", "b", "c"}
    assert (found["b"], found["c"]) == ("A", renamed)
    assert import_file(tmp_path / "old", tmp_path / "content").comments == 0


@pytest.mark.parametrize("slug", ["../x", "a/b", "/x", "..", "x\\y", "C:x"])
def test_an_essay_whose_slug_leads_elsewhere_gets_no_comments(tmp_path: Path, slug: str) -> None:
    path = tmp_path / "essays" / "cup.md"
    path.parent.mkdir()
    path.write_text(essay_file(Slug=slug), encoding="utf-8")
    assert not is_one_name(slug)
    assert Essays(tmp_path).find([slug, "cup"]) is None
    assert read_topics(tmp_path, DebateSettings()) == []


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_no_mail_names_a_file(tmp_path: Path, text: str) -> None:
    content = tmp_path / "content"
    (content / "essays").mkdir(parents=True)
    (content / "essays/cup.md").write_text(essay_file(Slug="cup"), encoding="utf-8")
    line = " ".join(text.split())
    for number, (slug, parent, id) in enumerate([(line, "", "1"), ("cup", line, "2"), ("cup", "", line)]):
        head = f"Message-ID: <{id}>\nSubject: x\nContent-Type: text/plain; charset=utf-8\n\n"
        mail = f"{head}Essay: {slug}\nIn-Reply-To: {parent}\nAuthor: Bo\n\nMilk {number}.\n"
        (tmp_path / f"{number}.eml").write_text(mail, encoding="utf-8")
    read_inbox(tmp_path, content, DebateSettings())
    written = [path.relative_to(content).as_posix() for path in content.rglob("*") if path.is_file()]
    assert [name for name in written if not name.startswith("comments/")] == ["essays/cup.md"]
    assert all(_is_harmless(Path(name).name) for name in written)


@pytest.mark.parametrize("stem", [".x", "-x", "x y", "é", "x\u202e", "_x", "x\\y", "C:x", "(x)"])
def test_a_file_whose_name_is_no_plain_id_is_no_comment(tmp_path: Path, stem: str) -> None:
    with pytest.raises(CommentFileError, match="its name cannot be a comment id"):
        read_comment(tmp_path / "cup" / f"{stem}.md", None)


def test_a_link_a_pipe_a_folder_and_a_huge_file_are_skipped_with_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "comments" / "cup"
    (folder / "folder.md").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text(comment_file("Hidden."), encoding="utf-8")
    (folder / "own.md").write_text(comment_file("Own."), encoding="utf-8")
    (folder / "inside.md").symlink_to("own.md")
    (folder / "link.md").symlink_to(tmp_path / "secret.txt")
    (folder / "device.md").symlink_to("/dev/zero")
    (folder / "gone.md").symlink_to("nowhere.md")
    os.mkfifo(folder / "pipe.md")
    (folder / "huge.md").write_text(comment_file("x" * LARGEST_BYTES), encoding="utf-8")
    found = read_comments(tmp_path / "comments", lambda _: None)
    assert [comment.id for comment in found["cup"]] == ["inside", "own"]
    assert len(caplog.records) == 6


@pytest.mark.parametrize("value", ["..\\x/", "C:x/", "C:/x/", "x\x00y/", "/x/", "../x/", "x/../../y/"])
def test_no_setting_leads_out_of_the_output(value: str) -> None:
    with pytest.raises(SettingError):
        DebateSettings.read({"DEBATE_INDEX_URL": value})


def test_no_slug_of_an_essay_leads_a_feed_out_of_the_output(tmp_path: Path) -> None:
    slug = "../../../../escaped"
    site = {
        "debates/tea.toml": TEA,
        "essays/cup.md": essay_file(Slug=slug, save_as="cup/index.html", url="cup/"),
        "comments/x/c1.md": comment_file(),
    }
    built = build(tmp_path / "site", site)
    assert not list(tmp_path.rglob("*escaped*"))
    assert built.code in (0, 1)
