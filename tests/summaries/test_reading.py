import pytest
from debate.summaries import summarize
from debate.summaries.reading import drawn
from debate.summaries.tagged import tagged_comments

from tests.summaries.factories import counted_thread, make_debate

FEW = 40


@pytest.fixture(autouse=True)
def a_small_sample(monkeypatch):
    monkeypatch.setattr("debate.summaries.reading.MOST", FEW)


def comments(count):
    return tagged_comments([counted_thread(first=count)])


def test_all_comments_are_read_while_they_are_few():
    assert drawn(comments(FEW)) == comments(FEW)


def test_of_more_so_many_are_drawn_in_their_order():
    read = [one.comment.id for one in drawn(comments(3 * FEW))]
    assert len(set(read)) == FEW
    assert read == [one.comment.id for one in comments(3 * FEW) if one.comment.id in read]
    assert max(int(id[1:]) for id in read) > 2 * FEW


def test_the_draw_does_not_depend_on_the_order_of_comments():
    forth, back = drawn(comments(3 * FEW)), drawn(comments(3 * FEW)[::-1])
    assert forth == back[::-1]


@pytest.mark.parametrize("count", [FEW, 2 * FEW, 3 * FEW, 4 * FEW])
def test_a_further_comment_takes_the_place_of_one_at_most(count):
    before, after = set(drawn(comments(count))), set(drawn(comments(count + 1)))
    assert len(before - after) <= 1
    assert len(after - before) <= 1


def test_shares_count_all_comments_and_points_those_that_were_read():
    summary = summarize(make_debate(), [counted_thread(first=2 * FEW, last=FEW)])
    assert (summary.tagged, summary.read) == (3 * FEW, FEW)
    assert sum(share.comments for share in summary.shares) == 3 * FEW
    assert summary.key_points.total == FEW


def test_a_brief_summary_of_few_comments_reads_no_words():
    assert summarize(make_debate(), [counted_thread(first=5)], brief=True).read == 0
