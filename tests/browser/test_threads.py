"""Threads in a real browser: folding, permalinks, picking and sorting with and without scripts, keys, the tree."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from factories import build, comment_file, essay_file

from .looks import faults, overflowing, shift
from .serving import served

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from .reader import Reader

pytestmark = pytest.mark.browser
ESSAY = "/essays/two-hundred-strangers/"
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
# With their first line only, comments are context.
SHOWN = """list => list.filter(e => e.querySelector(":scope > .debate-body")?.checkVisibility()).map(e => e.id)"""


def _shown(page: Page) -> list[str]:
    """Return the ids of the comments whose text can be seen, from top to bottom."""
    ids = page.locator(".comment").evaluate_all(SHOWN)
    return sorted(ids, key=lambda id: page.locator(f"#{id}").bounding_box()["y"])  # type: ignore[index]


def _focus(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id"))


@SCRIPTS
def test_a_permalink_into_a_folded_branch_opens_it(reader: Reader, scripts: bool) -> None:
    page = reader.open(ESSAY, scripts=scripts)
    for summary in page.locator(".branch > summary").all():
        if summary.is_visible():
            summary.click()
    assert not page.locator("#comment-desmond-2").is_visible()
    page.locator(".debate-panel a[href$='#comment-desmond-2']").click()
    assert page.locator("#comment-desmond-2 .debate-body").is_visible()
    assert page.locator("#comment-desmond-2").evaluate("e => e.matches(':target')")


@SCRIPTS
def test_picking_a_stance_leaves_its_comments_and_the_first_lines_above_them(reader: Reader, scripts: bool) -> None:
    page = reader.open(ESSAY, scripts=scripts)
    page.get_by_role("radio", name=re.compile("Face-to-face only")).check()
    labels = page.locator("li.label-3 > .comment").evaluate_all("list => list.map(e => e.id)")
    assert set(_shown(page)) == set(labels)
    assert page.locator("#comment-petra-1 > header").is_visible()
    assert not page.locator("#comment-petra-1 > .debate-body").is_visible()
    assert not page.locator("#comment-hank-1").is_visible()


@SCRIPTS
def test_picking_a_stance_opens_what_is_folded(reader: Reader, scripts: bool) -> None:
    page = reader.open(ESSAY, scripts=scripts)
    page.locator("#comment-petra-1 + .branch > summary").click()
    assert not page.locator("#comment-gordon-1").is_visible()
    page.get_by_role("radio", name=re.compile("Face-to-face only")).check()
    assert page.locator("#comment-gordon-1 .debate-body").is_visible()


@SCRIPTS
def test_the_newest_come_first_with_their_replies_below_them(reader: Reader, scripts: bool) -> None:
    page = reader.open(ESSAY, scripts=scripts)
    roots = page.locator(".parts > .thread > li > .comment").evaluate_all("list => list.map(e => e.id)")
    page.get_by_label("newest first").check()
    shown = _shown(page)
    assert [id for id in shown if id in roots] == roots[::-1]
    assert shown.index("comment-noor-1") == shown.index("comment-desmond-1") + 1


def test_what_is_picked_stands_in_the_address_and_is_picked_again_from_it(reader: Reader) -> None:
    page = reader.open(ESSAY)
    page.get_by_role("radio", name=re.compile("It is a spectrum")).check()
    page.get_by_label("newest first").check()
    assert page.evaluate("location.search") == "?stance=spectrum&sort=newest"
    shown = _shown(page)
    page = reader.open(f"{ESSAY}?stance=spectrum&sort=newest")
    assert _shown(page) == shown
    page.get_by_label("all", exact=True).check()
    page.get_by_label("oldest first").check()
    assert page.evaluate("location.search") == ""


def test_how_many_comments_are_shown_is_announced(reader: Reader) -> None:
    page = reader.open(ESSAY)
    page.get_by_role("radio", name=re.compile("Face-to-face only")).check()
    assert page.locator(".tally").get_attribute("role") == "status"
    assert page.locator(".tally").inner_text() == "3 of 24 comments shown"


def test_an_address_that_picks_what_is_not_there_shows_everything(reader: Reader) -> None:
    page = reader.open(f"{ESSAY}?stance=%22%5D&sort=sideways&other=1")
    assert len(_shown(page)) == 24
    assert reader.complaints == []


def test_keys_walk_the_thread_while_the_focus_is_in_it_and_never_outside(reader: Reader) -> None:
    page = reader.open(ESSAY)
    page.keyboard.press("j")
    assert _focus(page) == ""
    assert not page.locator(".keys").is_visible()
    page.locator("#comment-desmond-1 .permalink").focus()
    walked = []
    for key in "rrukj":
        page.keyboard.press(key)
        walked.append(_focus(page).removeprefix("comment-"))
    assert walked == ["noor-1", "desmond-2", "noor-1", "desmond-1", "walter-1"]
    assert page.locator(".keys").is_visible()


def test_keys_pass_over_what_is_not_picked(reader: Reader) -> None:
    page = reader.open(f"{ESSAY}?stance=face-to-face")
    page.locator("#comment-walter-1 .permalink").focus()
    page.keyboard.press("j")
    assert _focus(page) == "comment-petra-1"
    page.keyboard.press("Control+j")
    assert _focus(page) == "comment-petra-1"


def test_evidence_shows_only_while_its_why_is_open(reader: Reader) -> None:
    page = reader.open(ESSAY, scripts=False)
    mark = page.locator("#evidence-noor-1")

    def line() -> str:
        return str(mark.evaluate("e => getComputedStyle(e).textDecorationLine"))

    assert line() == "none"
    page.locator("#comment-noor-1 .debate-tag > summary").click()
    assert line() == "underline"


def test_a_machines_tag_and_a_persons_differ_without_any_colour(reader: Reader) -> None:
    page = reader.open(ESSAY, forced_colors=True)
    looks = """e => { const s = getComputedStyle(e), icon = getComputedStyle(e, "::before");
      return [s.borderTopStyle, s.borderTopLeftRadius, icon.clipPath, icon.backgroundColor !== s.backgroundColor]; }"""
    machine = page.locator(".by-machine > summary").first.evaluate(looks)
    person = page.locator(".by-person > summary").first.evaluate(looks)
    assert all(one != other for one, other in zip(machine[:3], person[:3], strict=True))
    assert machine[3]
    assert person[3]


@pytest.mark.parametrize(("width", "deepest"), [(360, 2), (1200, 5)])
def test_indentation_stops_and_whom_a_reply_answers_shows(deep: Callable[..., Page], width: int, deepest: int) -> None:
    page = deep(width)
    lefts = [page.locator(f"#comment-c{n}").bounding_box()["x"] for n in range(12)]  # type: ignore[index]
    assert len(set(lefts)) == deepest + 1
    assert lefts == sorted(lefts)
    seen = [page.locator(f"#comment-c{n} .in-reply-to").bounding_box()["width"] > 2 for n in range(1, 12)]  # type: ignore[index]
    assert seen == [n > deepest for n in range(1, 12)]
    assert overflowing(page) == []


def test_a_reply_three_levels_deep_is_heard_with_its_level_and_whom_it_answers(deep: Callable[..., Page]) -> None:
    tree = deep(1200).locator("#comments").aria_snapshot()
    lists = [line for line in tree.splitlines() if re.match(r"\s*- list:", line)]
    assert len({line.index("-") for line in lists}) == 9
    assert 'link "in reply to Bob' in tree
    assert 'link "level 11, in reply to Bob' in tree


def test_a_folded_branch_says_how_much_it_holds(reader: Reader) -> None:
    page = reader.open(ESSAY)
    summary = page.locator("#comment-desmond-1 + .branch > summary")
    assert summary.inner_text().strip() == "Hide 2 replies"
    summary.press("Enter")
    assert summary.inner_text().strip() == "2 replies"


def test_picking_and_sorting_move_nothing_by_themselves(reader: Reader) -> None:
    page = reader.open(f"{ESSAY}?stance=spectrum&sort=newest", width=400)
    assert shift(page) <= 0.01


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_in_a_picked_and_sorted_thread(reader: Reader, scheme: str) -> None:
    page = reader.open(f"{ESSAY}?stance=face-to-face&sort=newest", scheme=scheme)
    assert faults(page) == []


@SCRIPTS
def test_a_permalink_into_a_folded_part_of_a_long_thread_opens_it(long: Callable[..., Page], scripts: bool) -> None:
    page = long("#comment-c555", scripts=scripts)
    assert page.locator(".part").evaluate_all("list => list.map(e => e.open)") == [True, False, True]
    page.wait_for_function("""() => {
      const { top } = document.getElementById("comment-c555").getBoundingClientRect();
      return top >= 0 && top < innerHeight; }""")


@SCRIPTS
def test_the_newest_of_a_long_thread_come_first(long: Callable[..., Page], scripts: bool) -> None:
    page = long("", scripts=scripts)
    page.get_by_label("newest first").check()
    newest = page.locator("#comment-c599")
    assert newest.evaluate("e => e.checkVisibility()")
    first, last = newest.bounding_box(), page.locator("#comment-c501").bounding_box()
    tools = page.locator(".thread-tools").bounding_box()
    assert first
    assert last
    assert tools
    assert tools["y"] < first["y"] < last["y"]


@pytest.fixture(scope="module")
def threads(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a chain of replies and a thread of hundreds, and return their address."""
    chain = {
        f"comments/deep/c{n}.md": comment_file(f"Reply {n}.", **({"In_Reply_To": f"c{n - 1}"} if n else {}))
        for n in range(12)
    }
    many = {
        f"comments/long/c{n}.md": comment_file("Tea. " * 20, date=f"2020-01-02 00:{n // 60:02}:{n % 60:02}")
        for n in range(600)
    }
    essays = {f"essays/{slug}.md": essay_file(slug, Slug=slug) for slug in ("deep", "long")}
    built = build(tmp_path_factory.mktemp("threads"), chain | many | essays, SITEURL="", RELATIVE_URLS=True)
    with served(built.output) as address:
        yield address


@pytest.fixture
def deep(reader_of: Callable[[str], Reader], threads: str) -> Callable[..., Page]:
    """Hand out a function that opens the chain of replies in a window of some width."""
    return lambda width: reader_of(threads).open("/deep/", width=width)


@pytest.fixture
def long(reader_of: Callable[[str], Reader], threads: str) -> Callable[..., Page]:
    """Hand out a function that opens the thread of hundreds at a fragment."""
    return lambda fragment, **how: reader_of(threads).open(f"/long/{fragment}", **how)
