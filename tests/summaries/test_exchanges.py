from dataclasses import replace

import pytest
from debate.contents import Stance, Thread
from debate.summaries import summarize
from debate.summaries.common_ground import is_negated

from tests.summaries.factories import make_debate, make_entry, make_thread

DEBATE = make_debate()


def replies(*pairs, repeat=1):
    """A thread of (answered, answering) pairs: each a root by one person and a reply by another."""
    rows = []
    for number, (answered, answering) in enumerate(pairs * repeat):
        rows.append((f"Root {number}", answered, "A root."))
        rows.append((f"Reply {number}", answering, "A reply.", f"c{len(rows)}"))
    return make_thread(*rows)


def exchanges(thread):
    return summarize(DEBATE, [thread]).exchanges


def observed(result):
    return {(cell.answered, cell.answering): cell.observed for cell in result.cells if cell.observed}


def test_replies_are_counted_by_both_labels():
    result = exchanges(replies(("first", "last"), ("first", "last"), ("none", None)))
    assert observed(result) == {("first", "last"): 2, ("none", None): 1}
    assert len(result.cells) == 25


def test_an_answer_to_oneself_is_no_exchange():
    thread = make_thread(("Ann", "first", "One."), ("ann", "last", "Two.", "c1"))
    assert exchanges(thread).replies == 0


def test_ids_of_different_essays_are_not_mixed_up():
    lone_reply = make_thread(("Ann", "none", "Alone.", "c2"), slug="cup")
    result = summarize(DEBATE, [replies(("first", "last")), lone_reply]).exchanges
    assert observed(result) == {("first", "last"): 1}


def test_below_the_floor_there_are_counts_only():
    result = exchanges(replies(("first", "last"), repeat=19))
    assert all(cell.expected is None and cell.p_value is None for cell in result.cells)
    assert result.words == ()


def test_expected_counts_keep_the_number_of_replies():
    result = exchanges(replies(("first", "last"), ("last", "first"), repeat=15))
    assert sum(cell.expected for cell in result.cells) == pytest.approx(30, abs=0.1)


def test_a_row_with_a_majority_is_put_into_words():
    thread = replies(*[("first", "last")] * 7, *[("first", "none")] * 2, *[("none", "none")] * 20)
    assert (
        exchanges(thread)
        .words[0]
        .startswith("“milk first” comments are answered mostly by “milk last” ones (7 of 9), more often")
    )


def test_chance_is_mentioned_only_where_the_difference_is_significant():
    thread = replies(*[("first", "last")] * 6, *[("either", "last")] * 30, *[("either", "none")] * 3)
    assert exchanges(thread).words[0] == "“milk first” comments are answered mostly by “milk last” ones (6 of 6)."


@pytest.mark.parametrize(
    "row", [[("first", "last")] * 4, [("first", "last")] * 3 + [("first", "either")] * 3, [("first", None)] * 9]
)
def test_few_or_evenly_spread_or_sideless_replies_get_no_sentence(row):
    assert exchanges(replies(*row, *[("none", "none")] * 30)).words == ()


def test_where_replies_are_as_chance_has_them_that_is_said():
    pairs = [("first", "last"), ("first", "first"), ("last", "last"), ("last", "first")]
    assert exchanges(replies(*pairs, repeat=4)).words == ()
    assert exchanges(replies(*pairs, repeat=5)).words == ("No pairing stands out from what chance would give.",)


def test_with_too_many_stances_for_so_many_deals_chance_is_not_mentioned():
    stances = tuple(Stance(f"s{n}", f"Side {n}", "", "blue") for n in range(6))
    debate = replace(DEBATE, stances=stances, opposites=("s0", "s1"))
    thread = replies(("s0", "s1"), ("s0", "s0"), ("s1", "s1"), ("s1", "s0"), repeat=5)
    assert summarize(debate, [thread]).exchanges.words == ()


def test_what_the_essays_own_mixture_explains_is_no_surprise():
    pot, cup = replies(("first", "last"), repeat=12), replies(("last", "first"), repeat=12)
    cup = Thread(
        replace(cup.essay, slug="cup"), tuple(replace(e, comment=replace(e.comment, essay="cup")) for e in cup)
    )
    cells = summarize(DEBATE, [pot, cup]).exchanges.cells
    assert [(cell.expected, cell.p_value) for cell in cells if cell.observed] == [(12, 1), (12, 1)]


POT = "A warm pot keeps the tea hot for half an hour."


def test_a_point_from_two_stances_is_common_ground():
    thread = make_thread(
        ("Ann", "first", POT),
        ("Bob", "last", f"Oh well. {POT}"),
        ("Cy", "either", "Cups break easily when they are thin."),
    )
    (point,) = summarize(DEBATE, [thread]).common_ground
    assert [(quote.stance, quote.text) for quote in point.quotes] == [("first", POT), ("last", POT)]
    assert point.commenters == 2


def test_a_sentence_and_its_denial_are_no_common_ground():
    thread = make_thread(("Ann", "first", POT), ("Bob", "last", "A warm pot never keeps the tea hot for half an hour."))
    assert summarize(DEBATE, [thread]).common_ground == ()


@pytest.mark.parametrize(
    ("sentence", "negated"), [("It is.", False), ("It isn't.", True), ("It is not nothing.", False), ("Never.", True)]
)
def test_an_even_number_of_negations_is_none(sentence, negated):
    assert is_negated(sentence) is negated


def test_an_answer_across_stances_about_the_same_thing_is_contested():
    thread = make_thread(
        ("Ann", "first", f"Good morning. {POT}"),
        ("Bob", "last", "A warm pot never keeps the tea hot for half an hour.", "c1"),
        ("Cy", "last", "Thin cups break easily whatever you pour into them.", "c1"),
        ("Di", "first", f"{POT} Quite so.", "c1"),
    )
    (point,) = summarize(DEBATE, [thread]).contested
    assert (point.quote.text, point.quote.comment, point.reply.comment) == (POT, "c1", "c2")


def test_an_empty_thread_has_no_exchanges():
    summary = summarize(DEBATE, [Thread(make_thread().essay)])
    assert (summary.exchanges.replies, summary.contested, summary.common_ground) == (0, (), ())


@pytest.mark.parametrize(("count", "compared"), [(19, False), (20, True), (21, True)])
def test_replies_are_compared_with_chance_from_twenty_on(count, compared):
    result = exchanges(replies(("first", "last"), repeat=count))
    assert result.replies == count
    assert all((cell.expected is not None) is compared for cell in result.cells)
    assert all((cell.p_value is not None) is compared for cell in result.cells)


@pytest.mark.parametrize(("count", "said"), [(4, False), (5, True)])
def test_a_row_is_put_into_words_from_five_replies_on(count, said):
    assert bool(exchanges(replies(*[("first", "last")] * count, *[("none", "none")] * 20)).words) is said


@pytest.mark.parametrize(
    ("by_last", "by_either", "said"), [(5, 5, False), (6, 5, True), (5, 4, True), (3, 2, True), (2, 3, True)]
)
def test_a_majority_is_more_than_half(by_last, by_either, said):
    row = [("first", "last")] * by_last + [("first", "either")] * by_either
    assert bool(exchanges(replies(*row, *[("none", "none")] * 20)).words) is said


def test_those_who_mostly_answer_their_own_are_said_to_answer_one_another():
    thread = replies(*[("first", "first")] * 8, *[("last", "none")] * 20)
    assert exchanges(thread).words[0].startswith("“milk first” comments are answered mostly by one another (8 of 8)")


def test_less_often_than_chance_is_said_to_be_that():
    thread = replies(*[("first", "last")] * 60, *[("first", "none")] * 40, *[("none", "last")] * 100)
    assert "less often than chance would have it (" in exchanges(thread).words[0]


def test_replies_to_untagged_or_hidden_comments_are_not_counted():
    untagged = make_entry(1, "Ann", None, "One.", tag=None)
    hidden = make_entry(2, "Bob", "first", "Two.", status="pending")
    answers = (make_entry(n, "Cy", "last", "Three.", parent=f"c{n - 2}") for n in (3, 4))
    assert exchanges(Thread(make_thread().essay, (untagged, hidden, *answers))).replies == 0


def test_deals_are_the_same_at_every_build():
    thread = replies(("first", "last"), ("last", "either"), ("either", "first"), repeat=9)
    assert exchanges(thread) == exchanges(thread)


def test_p_values_are_never_nothing_nor_more_than_one():
    thread = replies(*[("first", "last")] * 40, *[("last", "first")] * 40)
    assert all(0 < cell.p_value <= 1 for cell in exchanges(thread).cells)
