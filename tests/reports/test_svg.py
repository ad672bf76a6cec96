"""The picture: columns and rows in order, bars where a resource is hosted, arrows between lanes."""

from clusckpt.reports.svg import Chart, chart
from clusckpt_spec.formats.events import AnyEvent
from tests.reports.traces import CRASH, MOVE, ONLINE, diagram, trace, unrestored, write


def picture(*events: AnyEvent) -> Chart:
    """The picture of a trace."""
    return chart(diagram(trace(*events)))


def test_there_is_a_lane_for_each_node_and_the_quorum() -> None:
    """The quorum comes last, and no lane covers another."""
    drawn = picture(ONLINE)

    assert [lane.title for lane in drawn.lanes] == ["N1", "N2", "Quorum"]
    assert all(
        left.x + left.width < right.x
        for left, right in zip(drawn.lanes, drawn.lanes[1:], strict=False)
    )
    assert drawn.lanes[-1].x + drawn.lanes[-1].width < drawn.width


def test_rows_follow_each_other() -> None:
    """Each row begins where the one above ends; the first is the start."""
    drawn = picture(ONLINE, write("x"), MOVE)

    assert [row.step and row.step.number for row in drawn.rows] == [None, 1, 2, 3]
    assert all(
        upper.y + upper.height == lower.y
        for upper, lower in zip(drawn.rows, drawn.rows[1:], strict=False)
    )


def test_the_bar_stands_in_the_lane_of_the_owner() -> None:
    """After a move the bar is in the other lane."""
    drawn = picture(ONLINE, MOVE)
    lanes = [
        lane.title
        for row in drawn.rows
        for bar in row.bars
        for lane in drawn.lanes
        if lane.x < bar.x < lane.x + lane.width
    ]

    assert lanes == ["N1", "N1", "N2"]


def test_an_open_owner_is_a_question_mark_in_every_lane() -> None:
    """Where nobody knows who hosts the resource, each lane has a question mark."""
    *_, last = picture(ONLINE, CRASH).rows

    assert [bar.label for bar in last.bars] == ["?", "?"]
    assert [mark.label for mark in last.marks] == ["down"]


def test_arrows_point_where_the_data_goes() -> None:
    """A restore goes from the quorum to a node, a capture the other way."""
    drawn = picture(ONLINE, write("x"))
    arrows = [arrow for row in drawn.rows for arrow in row.arrows]

    assert [(arrow.label, arrow.x1 > arrow.x2) for arrow in arrows] == [
        ("restore A", True),
        ("capture C", False),
    ]


def test_a_violation_is_told_and_shown() -> None:
    """The row of the violation names the rule, and the block has what is allowed beside it."""
    *_, last = chart(diagram(unrestored())).rows

    assert last.text[-1] == "✖ violates CKPT-RESTORE-BEFORE-ONLINE"
    assert [(block.label, block.allowed) for block in last.blocks if block.allowed] == [("B", "A")]
