"""A change of a file and the way back, to the byte."""

import pytest
from debate.desk.changes import Change, amend_file, read_exact
from debate.errors import CommentFileError

from .factories import write


@pytest.mark.parametrize("before", [None, "Author: A\r\n\r\nText", "\ufeffAuthor: A\n\nText\u2028.\n"])
@pytest.mark.parametrize("after", [None, "Author: B\n\nNew.\n"])
def test_undo_restores_the_very_bytes(tmp_path, before, after):
    path = tmp_path / "a.md"
    if before is not None:
        write(path, before)
    change = Change(path, before, after)
    change.apply()
    assert (path.read_bytes().decode() if path.exists() else None) == after
    change.undo()
    assert (path.read_bytes().decode() if path.exists() else None) == before


def test_undo_refuses_to_overwrite_what_someone_else_wrote(tmp_path):
    path = write(tmp_path / "a.md", "Author: A\n\nText.\n")
    change = amend_file(path, {"Stance": "yes"})
    write(path, "Author: A\n\nRewritten.\n")
    with pytest.raises(CommentFileError, match="changed by someone else"):
        change.undo()
    assert path.read_bytes() == b"Author: A\n\nRewritten.\n"


@pytest.mark.parametrize(("data", "words"), [(b"Author: \xff\n\n", "not UTF-8"), (None, "cannot be read")])
def test_a_file_that_cannot_be_read_is_named(tmp_path, data, words):
    path = tmp_path / "a.md"
    if data:
        write(path, data)
    with pytest.raises(CommentFileError, match=words) as error:
        read_exact(path)
    assert str(path) in error.value.message


def test_no_part_of_a_file_is_left_when_writing_fails(tmp_path, monkeypatch):
    path = write(tmp_path / "a.md", "Author: A\n\nText.\n")
    monkeypatch.setattr("pathlib.Path.replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left")))
    with pytest.raises(CommentFileError, match="No space left"):
        amend_file(path, {"Stance": "yes"})
    assert [file.name for file in tmp_path.iterdir()] == ["a.md"]
    assert path.read_bytes() == b"Author: A\n\nText.\n"
