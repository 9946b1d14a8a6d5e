"""Keys in and text out, on a terminal and off it."""

import io

import pytest
from debate.desk.terminal import END_OF_INPUT, open_terminal, printable, wrapped


def test_text_that_could_drive_the_terminal_is_made_harmless():
    assert (
        printable("a\x1b[2Jb\x9bc\u202ed\r\n\te") == "a\N{REPLACEMENT CHARACTER}[2Jb\N{REPLACEMENT CHARACTER}c"
        "\N{REPLACEMENT CHARACTER}d\N{REPLACEMENT CHARACTER}\n\te"
    )


def test_joined_letters_of_persian_and_emoji_survive():
    assert printable("می\u200cخواهم 👩\u200d🍳") == "می\u200cخواهم 👩\u200d🍳"


def test_long_lines_are_wrapped_and_paragraphs_stay_apart():
    lines = wrapped("word " * 40 + "\n\nend", 40)
    assert max(map(len, lines)) <= 40
    assert lines[-2:] == ["", "  end"]


def test_quoted_lines_keep_their_mark_on_every_line():
    assert all(line.startswith("  > ") for line in wrapped("> " + "word " * 40, 40))


@pytest.mark.parametrize(
    ("typed", "keys"), [("accept\n", ["a", END_OF_INPUT]), ("\n s \n", ["\n", "s"]), ("", [END_OF_INPUT])]
)
def test_without_a_terminal_the_first_letter_of_a_line_is_the_key(monkeypatch, typed, keys):
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    terminal = open_terminal()
    assert [terminal.read_key() for _ in keys] == keys


def test_letters_that_the_output_cannot_show_do_not_stop_the_work(monkeypatch):
    buffer = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(buffer, encoding="ascii"))
    open_terminal().write("Siobhán\n")
    assert buffer.getvalue() == b"Siobh?n\n"
