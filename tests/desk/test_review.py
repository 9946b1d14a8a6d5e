"""The review queue: what a person decides stands in the comment's file, and nothing else changes."""

import os
import re
import signal

import pytest
from debate.desk.cases import urgency
from debate.desk.proposals import FILE_NAME, Proposal, digest, write_proposals
from debate.desk.review import review_command
from debate.desk.terminal import Terminal
from debate.stance import NotEnoughLabels

from .factories import FakeTagger, Typed, files, make_site, write


@pytest.fixture(autouse=True)
def _tagger(monkeypatch):
    monkeypatch.setattr("debate.stance.load", lambda name: FakeTagger())


def review(content, keys=""):
    typed = Typed(keys)
    assert review_command(content, content.parent / "cache", terminal=typed.terminal) == 0
    return typed.text


def comment(text, **headers):
    head = "".join(f"{name.replace('_', '-')}: {value}\n" for name, value in headers.items())
    return f"Author: Ada\n{head}\n{text}\n"


def shown_ids(text):
    return re.findall(r"- cups/(\S+)$", text, re.MULTILINE)


def test_accepting_writes_the_machines_label_and_the_editor(tmp_path):
    content = make_site(tmp_path, {"cups/a": comment("yes 80: milk. And so on.")})
    review(content, "a")
    assert (content / "comments/cups/a.md").read_bytes() == (
        b"Author: Ada\nStance: yes\nStance-By: editor\n\nyes 80: milk. And so on.\n"
    )


@pytest.mark.parametrize(("number", "stance"), [("1", "yes"), ("2", "both"), ("3", "no"), ("4", "none"), ("5", "off")])
def test_changing_writes_the_label_chosen_by_its_number(tmp_path, number, stance):
    content = make_site(tmp_path, {"cups/a": comment("yes 80: milk.")})
    review(content, f"c{number}")
    assert f"Stance: {stance}\nStance-By: editor\n".encode() in (content / "comments/cups/a.md").read_bytes()


@pytest.mark.parametrize(
    "data",
    [
        "Author: Ada\r\nDate: 2026-01-02\r\n\r\nyes 80: milk.\r\nStance: in the text\r\n\r\n",
        "\ufeffAuthor: Ada\n\nyes 80: milk.\r\n\r\nA pasted line.   \n\n\n",
        "author:  Ada \nIn-Reply-To: nobody\n  \nyes 80: milk. No line end",
    ],
)
def test_every_other_byte_stays_and_undo_restores_them_all(tmp_path, data):
    content = make_site(tmp_path, {"cups/a": data, "cups/b": comment("no 90: tea.")})
    before = files(content)
    review(content, "a")
    after = (content / "comments/cups/a.md").read_bytes()
    assert re.sub(rb"Stance: yes\r?\nStance-By: editor\r?\n", b"", after) == data.encode()
    assert {**files(content), "comments/cups/a.md": data.encode()} == before
    (content / "comments/cups/a.md").write_bytes(data.encode())
    review(content, "acxc1uu")
    assert files(content) == before


def test_only_published_comments_that_no_person_tagged_are_asked(tmp_path):
    content = make_site(
        tmp_path,
        {
            "cups/open": comment("yes 80: milk."),
            "cups/told": comment("yes 80: milk.", Stance="no"),
            "cups/author": comment("yes 80: milk.", Stance="no", Stance_By="author"),
            "cups/off": comment("yes 80: milk.", Stance="off"),
            "cups/pending": comment("yes 80: milk.", Status="pending"),
            "cups/deleted": comment("", Status="deleted"),
            "lone/other": comment("yes 80: milk."),
        },
    )
    assert shown_ids(review(content)) == ["open"]


def test_the_least_sure_and_most_answered_come_first(tmp_path):
    content = make_site(
        tmp_path,
        {
            "cups/sure": comment("yes 95: milk."),
            "cups/unsure": comment("yes 40: milk."),
            "cups/answered": comment("yes 70: milk.", Date="2026-01-01"),
            "cups/x1": comment("no 99: tea.", In_Reply_To="answered"),
            "cups/x2": comment("no 98: tea.", In_Reply_To="answered"),
        },
    )
    assert shown_ids(review(content, "sssss")) == ["answered", "unsure", "sure", "x2", "x1"]
    assert urgency(None, 0) == 1.0


def test_a_second_sitting_goes_on_where_the_first_was_left(tmp_path):
    content = make_site(tmp_path, {f"cups/{name}": comment(f"yes {70 + n}: milk.") for n, name in enumerate("abc")})
    assert shown_ids(review(content, "aq")) == ["a", "b"]
    assert shown_ids(review(content, "aa")) == ["b", "c"]
    assert shown_ids(review(content)) == []


def test_the_card_shows_author_essay_answers_label_and_evidence(tmp_path):
    content = make_site(
        tmp_path,
        {
            "cups/a": comment("yes 80: milk first. The rest \x1b[2J follows.", Date="2026-01-02T03:04:05"),
            "cups/b": comment("no 99: tea.", In_Reply_To="a"),
        },
    )
    shown = review(content, "s")
    assert "1 of 2 - About cups" in shown
    assert "Ada, 2026-01-02, 1 answer - cups/a" in shown
    assert "[[yes 80: milk first.]] The rest" in shown
    assert "Machine: Milk first (Milk first 80%" in shown
    assert "answers Ada: yes 80: milk first." in shown
    assert "\x1b" not in shown


def test_what_the_machine_is_not_sure_of_is_said_with_its_likeliest_label(tmp_path):
    content = make_site(tmp_path, {"cups/a": comment("no 40: tea.")})
    assert "Machine: not sure, likeliest: Tea first (Tea first 40%" in review(content, "a")
    assert b"Stance: no\n" in (content / "comments/cups/a.md").read_bytes()


@pytest.mark.parametrize("text", ["no 40: tea.", "no 90: tea."])
def test_the_accept_key_names_what_it_will_write(tmp_path, text):
    assert "[a] accept “Tea first”  [c] change" in review(make_site(tmp_path, {"cups/a": comment(text)}))


def test_the_held_out_figure_is_shown_after_each_ten(tmp_path):
    content = make_site(tmp_path, {f"cups/c{n:02}": comment(f"yes {60 + n}: milk.") for n in range(12)})
    shown = review(content, "a" * 9 + "c3" + "aa")
    assert shown.count("Held-out figure") == 2
    assert "9 of 10 (90%) of the tags it showed, named the opposite side of 1" in shown
    assert "11 of 12 (92%)" in shown.splitlines()[-1]


def test_an_undone_decision_leaves_the_figure_too(tmp_path):
    content = make_site(tmp_path, {"cups/a": comment("yes 80: milk."), "cups/b": comment("yes 80: milk, too.")})
    assert "1 of 2 decided" in (last := review(content, "c3uaq").splitlines()[-1])
    assert "1 of 1 (100%)" in last


def test_decisions_of_earlier_sittings_count_where_the_model_has_not_learnt_from_them(tmp_path):
    comments = {"cups/a": comment("yes 80: milk.", Stance="no"), "cups/b": comment("yes 80: milk.")}
    assert "1 of 2 (50%)" in review(make_site(tmp_path, comments), "a").splitlines()[-1]


def test_without_a_model_and_labels_the_queue_still_asks(tmp_path, monkeypatch):
    def too_few(*_, **__):
        raise NotEnoughLabels("too few")

    monkeypatch.setattr("debate.stance.train", too_few)
    content = make_site(tmp_path, {"cups/a": comment("yes 80: milk.")})
    debate = content / "debates/tea.toml"
    write(debate, debate.read_text().replace('model = "tea"\n', ""))
    shown = review(content, "ac1")
    assert "not enough labelled comments" in shown
    assert "[a] accept (nothing to accept yet)" in shown
    assert "nothing to compare yet" in shown
    assert b"Stance: yes\n" in (content / "comments/cups/a.md").read_bytes()


def test_a_language_models_proposal_is_shown_and_can_be_taken(tmp_path):
    content = make_site(
        tmp_path, {"cups/a": comment("yes 80: milk. Tea is better."), "cups/b": comment("yes 99: milk.")}
    )
    text = digest("yes 80: milk. Tea is better.")
    write_proposals(tmp_path / "cache" / FILE_NAME, [Proposal("small-model", "tea", "", text, "no", "Tea is better.")])
    shown = review(content, "pp")
    assert "small-model proposes: Tea first" in shown
    assert "[[Tea is better.]]" in shown
    assert b"Stance: no\n" in (content / "comments/cups/a.md").read_bytes()
    assert b"Stance" not in (content / "comments/cups/b.md").read_bytes()


def test_a_comment_removed_meanwhile_is_told_and_nothing_written(tmp_path):
    content = make_site(tmp_path, {"cups/a": comment("yes 80: milk.")})
    typed = Typed()

    def remove_then_accept():
        (content / "comments/cups/a.md").unlink(missing_ok=True)
        return "" if "cannot be read" in typed.text else "a"

    terminal = typed.terminal.__class__(remove_then_accept, typed.terminal.write)
    review_command(content, tmp_path / "cache", terminal=terminal)
    assert "cannot be read" in typed.text
    assert not (content / "comments/cups/a.md").exists()


def test_a_very_long_comment_does_not_push_its_head_off_the_screen(tmp_path):
    content = make_site(tmp_path, {"cups/a": comment("yes 80: milk. " + "word " * 50_000)})
    shown = review(content)
    assert len(shown.splitlines()) < 80
    assert "more lines in the file" in shown


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_sitting_killed_outright_leaves_whole_files_and_every_decision(tmp_path):
    content = make_site(tmp_path, {f"cups/{name}": comment(f"yes {70 + n}: milk.") for n, name in enumerate("abc")})
    keys = iter("aa")
    child = os.fork()
    if child == 0:
        terminal = Terminal(lambda: next(keys, None) or os.kill(os.getpid(), signal.SIGKILL), lambda text: None)
        review_command(content, tmp_path / "cache", terminal=terminal)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL
    decided = [b"Stance: yes\nStance-By: editor\n\n" in data for name, data in files(content / "comments").items()]
    assert decided == [True, True, False]
    assert shown_ids(review(content)) == ["c"]
