"""How often the machine had agreed with the editor."""

import pytest
from debate.contents import StanceTag
from debate.desk.agreement import Agreement, Decision, agreement, agreement_line

SURE = StanceTag("yes", 0.8, {"yes": 0.8, "no": 0.2})
UNSURE = StanceTag(None, 0.4, {"yes": 0.4, "both": 0.3, "no": 0.3})


@pytest.mark.parametrize(
    ("decisions", "counts"),
    [
        ([], Agreement()),
        ([(SURE, "yes")], Agreement(shown=1, agreed=1, likeliest=1)),
        ([(SURE, "no")], Agreement(shown=1, wrong_side=1)),
        ([(SURE, "both")], Agreement(shown=1)),
        ([(UNSURE, "yes")], Agreement(unsure=1, likeliest=1)),
        ([(UNSURE, "no")], Agreement(unsure=1)),
        ([(SURE, "off")], Agreement()),
        ([(SURE, "yes"), (SURE, "no"), (UNSURE, "yes")], Agreement(2, 1, 1, 1, 2)),
    ],
)
def test_decisions_are_counted(decisions, counts):
    assert agreement([Decision(tag, editor, ("yes", "no")) for tag, editor in decisions]) == counts


def test_the_figure_names_its_counts():
    line = agreement_line(Agreement(shown=4, agreed=3, wrong_side=1, unsure=1, likeliest=3))
    assert "3 of 4 (75%) of the tags it showed" in line
    assert "opposite side of 1" in line
    assert "3 of 5 (60%) of all" in line
    assert "no random sample" in line


def test_no_figure_is_invented_from_nothing():
    assert "nothing to compare yet" in agreement_line(Agreement())
