"""Hostile and damaged files: a clear message, bounded memory and time, what came before the damage is kept."""

import contextlib
import resource
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from debate.errors import ImportFileError
from debate.importers import import_file, sources
from debate.importers.writing import LONGEST_COMMENT
from debate.importers.xmlstream import LONGEST_FIELD

from .helpers import files, head_and_body, imported, tree
from .test_wordpress import comment, export, item

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;">]>',
        '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://192.0.2.1/x.dtd"> %p;]>',
    ],
)
def test_declared_entities_are_refused_with_a_message(tmp_path, doctype):
    text = export(item(comment(text="x"), title="&c;&x;")).replace("?>", f"?>{doctype}", 1)
    report, into = imported(tmp_path, text)
    assert (report.exit_code, files(into)) == (1, {})
    assert "the file declares entities" in report.text
    assert "nothing could be read" in report.text


def test_an_external_dtd_is_not_read_and_unknown_entities_are_taken_from_html(tmp_path):
    text = export(item(comment())).replace("?>", '?><!DOCTYPE rss SYSTEM "file:///etc/hostname">', 1)
    _, into = imported(tmp_path, text.replace("Soil &amp; rain", "Caf&eacute;&nbsp;&nosuch;"))
    assert head_and_body(into / "essays" / "soil.md")[0]["Title"] == "Café &nosuch;"


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.9, 0.99])
def test_a_broken_tail_leaves_whole_files_of_what_came_before(tmp_path, cut):
    text = export(
        *(
            item(*(comment(number * 10 + k) for k in range(3)), number=number, slug=f"s{number}")
            for number in range(1, 6)
        )
    )
    report, into = imported(tmp_path, text[: int(len(text) * cut)])
    assert "what came before is kept" in report.text
    assert 0 < report.comments < 15 or cut == 0.99
    assert all(data.endswith(b"\n") for data in files(into).values())
    whole, _ = imported(tmp_path, text)
    assert report.comments + whole.comments == 15
    assert len(list((into / "comments").rglob("*.md"))) == 15


def test_behind_damage_a_missing_parent_keeps_its_reply_waiting(tmp_path):
    text = export(item(comment(2, parent=9), comment(9)))
    cut, into = imported(tmp_path, text[: text.index("<wp:comment_id>9")])
    assert (tree(into, "soil"), cut.warning_count) == ({"wp-2": "wp-9"}, 1)
    whole, _ = imported(tmp_path, text)
    assert (tree(into, "soil"), whole.warnings) == ({"wp-2": "wp-9", "wp-9": None}, ())


def test_invalid_utf_8_and_control_characters_are_replaced_and_reported(tmp_path):
    data = (
        export(item(comment(text="Caf@@ ##done")))
        .encode()
        .replace(b"@@", b"\xe9")
        .replace(b"##", b"\x00\x0b\xef\xbf\xbf")
    )
    report, into = imported(tmp_path, data)
    assert head_and_body(into / "comments" / "soil" / "wp-1.md")[1] == "Caf\ufffd done"
    assert "bytes that are no text were replaced" in report.text


@pytest.mark.parametrize("encoding", ["iso-8859-1", "windows-1252", "utf-16"])
def test_other_encodings_are_read_when_declared(tmp_path, encoding):
    text = export(item(comment(text="Café"))).replace('encoding="UTF-8"', f'encoding="{encoding}"')
    _, into = imported(tmp_path, text.encode(encoding))
    assert head_and_body(into / "comments" / "soil" / "wp-1.md")[1] == "Café"


def test_a_field_of_ten_megabytes_is_cut_with_a_notice(tmp_path):
    long = "x " * 5_000_000
    report, into = imported(tmp_path, export(item(comment(1, text=long), comment(2), text=long)))
    assert (report.comments, report.essays, report.warning_count) == (2, 1, 3)
    assert "the field comment_content is longer than" in report.text
    assert f"comment wp-1 is longer than {LONGEST_COMMENT} characters and was cut" in report.text
    assert len(files(into)["comments/soil/wp-1.md"]) < LONGEST_COMMENT + 1000
    assert len(files(into)["essays/soil.md"]) < LONGEST_FIELD + 1000


@pytest.mark.parametrize(
    ("middle", "message"),
    [
        ("<a>" * 5000, "nested deeper"),
        ("<a b='" + "x" * 20_000_000, "a tag is longer|breaks off"),
        ("<a></b>", "mismatched tag"),
    ],
)
def test_xml_that_no_export_holds_ends_with_a_message(tmp_path, middle, message):
    report, into = imported(tmp_path, export(item(comment()), tail=middle))
    assert any(part in report.text for part in message.split("|"))
    assert (tree(into, "soil"), report.exit_code) == ({"wp-1": None}, 0)


@pytest.mark.parametrize(
    "slug",
    [
        "../../escape",
        "/etc/passwd",
        "..",
        ".",
        "con",
        "NUL",
        "com1.txt",
        "a\\..\\b",
        "a%2F..%2Fb",
        "%00x",
        "x" * 500,
        "ж" * 300,
        "-rf",
        ".hidden",
        "a/b",
        "C:evil",
        " ",
        "a b&#10;c",
    ],
)
def test_slugs_never_leave_the_folder_and_always_name_a_file(tmp_path, slug):
    report, into = imported(tmp_path, export(item(comment(), slug=slug)))
    assert (report.essays, report.comments) == (1, 1)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["content", "export"]
    essay, note = (
        [path for path in into.rglob("*.md") if path.parent.name == "essays"],
        list(into.glob("comments/*/wp-1.md")),
    )
    assert (len(essay), len(note), note[0].parent.name) == (1, 1, essay[0].stem)
    assert len(essay[0].name.encode()) < 120
    assert not essay[0].name.startswith((".", "-"))
    assert essay[0].stem.lower() not in ("con", "nul", "com1.txt")


@pytest.mark.parametrize("number", ["../../x", "a\nb", "1\x00", "x" * 500, "", "con", "ж"])
def test_comment_ids_never_leave_the_folder(tmp_path, number):
    report, into = imported(tmp_path, export(item(comment(number))))
    (path,) = into.glob("comments/soil/*.md")
    assert report.comments == 1
    assert path.name.isascii()
    assert len(path.name) < 120


def test_a_zip_bomb_is_stopped_at_the_ratio_no_export_has(tmp_path, monkeypatch):
    monkeypatch.setattr(sources, "BOMB_BYTES", 1_000_000)
    bomb = export(item(comment()), tail=" " * 30_000_000)
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("wordpress.xml", bomb)
    report = import_file(tmp_path / "bomb.zip", tmp_path / "content")
    assert "unpacks to more than 200 times its size" in report.text
    assert report.comments == 1


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04" + b"\x00" * 100, b"\x1f\x8b\x08\x00broken", b"SQLite format 3\x00" + b"\xff" * 5000]
)
def test_files_that_only_begin_like_a_format_are_refused_or_reported(tmp_path, data):
    if data.startswith(b"PK"):
        with pytest.raises(ImportFileError, match="Remedy"):
            imported(tmp_path, data)
        return
    with contextlib.suppress(ImportFileError):
        assert imported(tmp_path, data)[0].exit_code == 1
    assert files(tmp_path / "content") == {}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\x01\x02" * 100,
        b'{"a": 1}',
        b"<?xml version='1.0'?><other/>",
        b'[{"x": 1}]',
        b"\xff\xd8\xff\xe0JFIF" * 50,
    ],
)
def test_what_fits_no_format_is_refused_with_a_remedy(tmp_path, data):
    with pytest.raises(ImportFileError, match=r"the format is not known.*Remedy"):
        imported(tmp_path, data)


def test_a_missing_file_and_a_wrong_format_name_are_refused(tmp_path):
    with pytest.raises(ImportFileError, match="cannot be read"):
        import_file(tmp_path / "nothing.xml", tmp_path)
    with pytest.raises(ImportFileError, match="formats are"):
        import_file(tmp_path, tmp_path, format="typepad")


@pytest.mark.parametrize(
    "kind", ["wordpress", "blogger", "disqus", "isso", "isso-json", "commento", "webmention", "capture", "page"]
)
def test_a_file_forced_into_the_wrong_format_does_no_harm(tmp_path, kind):
    report, _ = imported(tmp_path, "Not this format.\n", format=kind)
    assert report.exit_code in (0, 1)


def big_export(path, comments):
    body = "People meet <em>online</em> and in person. " * 10
    with path.open("w", encoding="utf-8") as file:
        head, tail = export("@@").split("@@")
        file.write(head)
        for number in range(comments // 100):
            notes = "".join(
                comment(number * 100 + k, parent=number * 100 + k - 1 if k > 1 else 0, text=body) for k in range(1, 101)
            )
            file.write(item(notes, number=number, slug=f"essay-{number}"))
        file.write(tail)


def import_in_a_process(source, into):
    code = f"import sys; sys.path.insert(0, {str(ROOT / 'plugins')!r})\nfrom pathlib import Path\n"
    code += "from debate.importers import import_file\n"
    code += f"import_file(Path({str(source)!r}), Path({str(into)!r}))"
    return subprocess.Popen([sys.executable, "-c", code])


def test_a_killed_run_leaves_whole_files_and_the_next_completes_it_without_doubles(tmp_path):
    source, into = tmp_path / "big.xml", tmp_path / "content"
    big_export(source, 3000)
    for wanted in (50, 700, 1500):
        process = import_in_a_process(source, into)
        while process.poll() is None and len(list(into.glob("comments/*/wp-*.md"))) < wanted:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert [path for path in into.rglob("*.md") if not path.read_text(encoding="utf-8").endswith("\n")] == []
    report = import_file(source, into)
    assert report.comments + report.comments_kept_before == 3000
    assert len(list(into.glob("comments/*/*.md"))) == 3000
    assert import_file(source, into).comments == 0
    assert [path.name for path in into.rglob("*.part")] == []


def test_memory_does_not_grow_with_the_file(tmp_path):
    source = tmp_path / "big.xml"
    big_export(source, 10_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    report = import_file(source, tmp_path / "content", dry_run=True)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    assert (report.comments, report.depth) == (10_000, 100)
    assert grown < 60, f"{source.stat().st_size >> 20} MiB read, {grown} MiB more memory"
