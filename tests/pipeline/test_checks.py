"""What is wrong with a definition is said in a sentence when it is defined."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from salesfunnel.errors import InvalidDefinition
from salesfunnel.pipeline import Destination, Guard, Move, Pipeline, Stage
from salesfunnel.pipeline.checks import find_problems
from salesfunnel.rules import all_of, answered, at_least, field, yes
from salesfunnel.values import Money

STAGES = (
    Stage("demo"),
    Stage("offer"),
    Stage("won", kind="won"),
    Stage("lost", kind="lost"),
)
SOUND = (
    Move("propose", "demo", "offer"),
    Move("win", "offer", "won"),
    Move("lose", ("demo", "offer"), "lost"),
    Move("reopen", ("won", "lost"), Destination.LAST_OPEN, reopening=True),
)
SIGNED = Guard("signed", lambda _deal, _at: True)
LARGE = field("amount") >= 1000
SMALL = field("amount") < 1000


def problems(*moves, stages=STAGES):
    """Define a pipeline, and list what is wrong with it."""
    return [str(problem) for problem in find_problems(stages, moves)]


BROKEN = {
    "misspelt destination": (
        [Move("propose", "demo", "ofer"), *SOUND[1:]],
        "move 'propose' leads to the unknown stage 'ofer'",
    ),
    "misspelt source": (
        [Move("propose", "dmeo", "offer"), *SOUND],
        "move 'propose' leaves the unknown stage 'dmeo'",
    ),
    "unreachable stage": (
        [*SOUND[1:], Move("skip", "demo", "won")],
        "stage 'offer' cannot be reached from 'demo'",
    ),
    "dead end": (
        [SOUND[0], Move("win", "demo", "won"), Move("lose", "demo", "lost")],
        "no move leads out of stage 'offer': a dead end",
    ),
    "shadowed move": (
        [*SOUND, Move("win", "offer", "lost", guards=SIGNED)],
        (
            "move 'win' from 'offer' to 'lost' is never taken: "
            "an earlier one asks for no more and comes first"
        ),
    ),
    "contradictory guards": (
        [*SOUND, Move("skip", "demo", "won", guards=[yes("signed"), ~yes("signed")])],
        (
            "move 'skip' from 'demo' can never be taken: "
            "signed is True and not (signed is True) exclude each other"
        ),
    ),
    "closed stage left": (
        [*SOUND, Move("revive", "lost", "demo")],
        (
            "move 'revive' leaves the closed 'lost' but does not reopen; "
            "reopening=True says that it does"
        ),
    ),
    "nothing to reopen": (
        [*SOUND, Move("back", "demo", Destination.LAST_OPEN, reopening=True)],
        "move 'back' reopens, but leaves 'demo', which is open",
    ),
    "nothing before": (
        [*SOUND, Move("back", "demo", Destination.LAST_OPEN)],
        "move 'back' leads back to where it was before, but leaves the first stage, 'demo'",
    ),
    "a move from nowhere": ([*SOUND, Move("skip", (), "won")], "move 'skip' leaves no stage"),
    "two guards of one name": (
        [*SOUND, Move("skip", "demo", "won", guards=[SIGNED, Guard("signed", yes("signed"))])],
        "several guards are called 'signed': 2",
    ),
}


@pytest.mark.parametrize(("moves", "sentence"), BROKEN.values(), ids=BROKEN)
def test_a_broken_pipeline_is_refused_with_a_sentence(moves, sentence):
    """Each fault alone is enough, and the sentence names stage and move."""
    with pytest.raises(InvalidDefinition) as refused:
        Pipeline("broken", stages=STAGES, moves=moves)

    (problem,) = refused.value.problems
    assert str(problem) == sentence
    assert problem.message == problem.text.template.format(**problem.params)


def test_one_rule_may_be_explained_in_several_ways():
    """Each move may say in its own words what the same rule asks for."""
    signed = [Guard("signed", yes("signed"), message=words) for words in ("no", "not yet")]

    assert problems(*SOUND, Move("skip", "demo", "won", guards=signed)) == []


def test_a_sound_pipeline_has_no_problems():
    """Nothing is found where nothing is wrong."""
    assert Pipeline("sound", stages=STAGES, moves=SOUND).problems() == ()


def test_all_problems_are_reported_at_once():
    """Two misspelt stages are two sentences of one error."""
    with pytest.raises(InvalidDefinition) as refused:
        Pipeline("broken", stages=STAGES, moves=[Move("win", "demmo", "wom")])

    assert tuple(map(str, refused.value.problems)) == (
        "move 'win' leaves the unknown stage 'demmo'",
        "move 'win' leads to the unknown stage 'wom'",
    )


def test_a_pipeline_needs_stages_and_a_name():
    """An empty definition is none."""
    with pytest.raises(InvalidDefinition, match="at least one stage"):
        Pipeline("empty", stages=(), moves=())
    with pytest.raises(InvalidDefinition, match="a pipeline needs a name"):
        Pipeline(" ", stages=STAGES, moves=SOUND)


def test_a_stage_is_defined_once():
    """Two stages of one name could not be told apart."""
    assert problems(*SOUND, stages=(*STAGES, Stage("demo"))) == ["stage 'demo' is defined 2 times"]


@pytest.mark.parametrize("name", Destination)
def test_a_stage_is_not_called_like_a_special_destination(name):
    """The words for going back and for staying are taken."""
    assert problems(*SOUND, stages=(*STAGES, Stage(name))) == [
        f"a stage cannot be called {str(name)!r}"
    ]


def test_work_begins_in_an_open_stage():
    """A pipeline whose first stage is closed could never be entered."""
    stages = (Stage("won", kind="won"), Stage("demo"))

    assert problems(Move("reopen", "won", "demo", reopening=True), stages=stages)[:1] == [
        "the first stage 'won' is closed"
    ]


def test_a_way_without_end_is_found():
    """Stages that only lead to each other never lead to a deal."""
    stages = (Stage("demo"), Stage("offer"), Stage("test"), Stage("won", kind="won"))
    moves = (
        Move("win", "demo", "won"),
        Move("propose", "demo", "offer"),
        Move("try", "offer", "test"),
        Move("propose", "test", "offer"),
    )

    assert problems(*moves, stages=stages) == [
        "from stage 'offer' no way leads to an end",
        "from stage 'test' no way leads to an end",
    ]


def test_a_pipeline_without_closed_stages_has_no_end():
    """Somewhere a deal must be won or lost."""
    stages = (Stage("demo"), Stage("offer"))
    moves = (Move("propose", "demo", "offer"), Move("back", "offer", "demo"))

    assert problems(*moves, stages=stages) == ["no stage is won or lost, so the way has no end"]


@pytest.mark.parametrize(
    "move", [Move("call", "offer", Destination.STAYS), Move("call", "offer", "offer")]
)
def test_a_move_that_stays_is_no_way_out(move):
    """A stage that only leads to itself is a dead end."""
    moves = [SOUND[0], Move("win", "demo", "won"), Move("lose", "demo", "lost"), move]

    assert problems(*moves) == ["no move leads out of stage 'offer': a dead end"]


def test_a_closed_stage_may_have_moves_that_stay():
    """A thank-you note after the deal reopens nothing."""
    assert problems(*SOUND, Move("thank", "won", Destination.STAYS)) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (LARGE, SMALL),
        (SMALL, LARGE),
        (field("amount") > 5, field("amount") <= 5),
        (field("country").is_("IR"), field("country").is_("AM")),
        (yes("signed"), field("signed").is_(False)),
        (all_of(yes("signed"), yes("paid")), ~yes("paid")),
        (~all_of(yes("signed"), yes("paid")), all_of(yes("signed"), yes("paid"), LARGE)),
        (~~yes("signed"), ~yes("signed")),
        (field("amount") < 3, field("amount") > 5),
        (field("amount").is_(5), field("amount") > 5),
        (field("amount").between(1, 5), field("amount") >= 6),
        (field("country").one_of("IR", "AM"), field("country").one_of("FR", "GB")),
        (field("price") < Money(9, "EUR"), field("price") >= Money(9, "EUR")),
        (yes("signed") | yes("paid"), ~(yes("signed") | yes("paid"))),
        (field("amount").between(1, 5), field("amount").between(6, 9)),
        (field("amount").one_of(1, 5), field("amount").between(2, 4)),
        (field("city").contains("x"), ~field("city").contains("x")),
    ],
)
def test_conditions_that_exclude_each_other_are_found(one, other):
    """Whatever the deal is like, a move that asks for both is never taken."""
    found = problems(*SOUND, Move("skip", "demo", "won", guards=[one, other]))

    assert len(found) == 1
    assert found[0].startswith("move 'skip' from 'demo' can never be taken: ")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (LARGE, field("amount") < 2000),
        (LARGE, field("size") < 1000),
        (field("country").is_("Téhéran"), field("country").is_("TEHERAN")),
        (field("country").is_("IR"), field("country").is_(1)),
        (yes("signed") | yes("paid"), ~yes("signed")),
        (SIGNED, yes("signed_twice")),
        (field("amount") <= 5, field("amount") >= 5),
        (field("amount").between(1, 5), field("amount").is_(5)),
        (field("country").one_of("IR", "AM"), field("country").one_of("AM", "FR")),
        (field("country").starts_with("I"), field("country").is_("IR")),
        (field("city").starts_with("Nov"), field("city").starts_with("Novin")),
        (field("city").contains("Nov"), field("city").is_("Ani")),
        (field("seen").within(days=3), field("seen").due_within(days=3)),
        (yes("signed") | yes("paid"), ~(yes("signed") & yes("paid"))),
        (at_least(2, yes("a"), yes("b"), yes("c")), ~yes("a")),
        (~answered("amount"), answered("price")),
        (~field("amount").between(1, 5), field("amount") < 1),
        (
            field("seen") >= datetime(2026, 3, 2, 12, tzinfo=UTC),
            field("seen").is_(date(2026, 3, 2)),
        ),
        (field("price") < Money(9, "EUR"), field("price") > Money(9, "USD")),
    ],
)
def test_conditions_that_may_both_hold_are_no_contradiction(one, other):
    """Only what is certain is refused."""
    assert problems(*SOUND, Move("skip", "demo", "won", guards=[one, other])) == []


def test_a_contradiction_names_the_two_that_exclude_each_other():
    """And no bystander."""
    guards = [yes("signed"), SMALL, answered("price"), LARGE]

    (found,) = problems(*SOUND, Move("skip", "demo", "won", guards=guards))

    assert found.endswith(": amount at least 1000 and amount below 1000 exclude each other")


@pytest.mark.parametrize("parts", [{"stages": ["demo"]}, {"moves": ["win"]}])
def test_a_pipeline_is_made_of_stages_and_moves(parts):
    """A bare name is no stage, and the error says what is."""
    with pytest.raises(InvalidDefinition, match=r"are made by (Stage|Move)\(…\)"):
        Pipeline("odd", **{"stages": STAGES, "moves": SOUND} | parts)


def test_the_conditions_of_a_stage_count_too():
    """A move that leads into a stage asks for what the stage asks for."""
    stages = (STAGES[0], Stage("offer", requires="amount"), *STAGES[2:])
    moves = (Move("propose", "demo", "offer", guards=~answered("amount")), *SOUND[1:])

    assert problems(*moves, stages=stages) == [
        (
            "move 'propose' from 'demo' can never be taken: "
            "amount is answered and not (amount is answered) exclude each other"
        )
    ]


def test_two_ways_of_which_only_order_decides_are_doubtful():
    """It is a warning, and the pipeline is accepted."""
    moves = (
        *SOUND,
        Move("close", "offer", "won", guards=SIGNED),
        Move("close", "offer", "lost", guards=LARGE),
    )

    (problem,) = Pipeline("doubtful", stages=STAGES, moves=moves).problems()

    assert not problem.is_error
    assert str(problem) == (
        "move 'close' from 'offer': only their order decides between 'won' and 'lost' "
        "when both are possible"
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (Move("close", "offer", "won", guards=SIGNED), Move("close", "offer", "lost")),
        (
            Move("close", "offer", "won", guards=LARGE),
            Move("close", "offer", "lost", guards=SMALL),
        ),
        (
            Move("close", "offer", "won", guards=LARGE),
            Move("close", "offer", "won", guards=SIGNED),
        ),
    ],
)
def test_an_otherwise_and_an_either_or_are_in_order(first, second):
    """A way for all other cases comes last, and two that exclude each other in any order."""
    assert problems(*SOUND, first, second) == []


@pytest.mark.parametrize("more", [field("amount") > 5000, all_of(LARGE, yes("signed"))])
def test_a_way_that_asks_for_more_comes_first(more):
    """After one that asks for less it is never taken; before it, the other is for the rest."""
    large = Move("close", "offer", "won", guards=LARGE)
    larger = Move("close", "offer", "lost", guards=more)

    assert problems(*SOUND, larger, large) == []
    assert problems(*SOUND, large, larger) == [
        (
            "move 'close' from 'offer' to 'lost' is never taken: "
            "an earlier one asks for no more and comes first"
        )
    ]


def test_a_shadowed_way_is_told_once():
    """However many earlier ones there are."""
    again = [Move("win", "offer", "won"), Move("win", "offer", "won", guards=SIGNED)]

    assert len(problems(*SOUND, *again)) == 1


def test_a_hundred_ways_by_one_trigger_are_soon_checked():
    """A switch by region, say: no two of the ways are open at the same time."""
    regions = [Stage(f"region {number}") for number in range(100)]
    moves = [
        Move("assign", "demo", region.name, guards=field("region").is_(region.name))
        for region in regions
    ]
    leaving = [Move("win", region.name, "won") for region in regions]

    assert problems(*SOUND, *moves, *leaving, stages=(*STAGES, *regions)) == []


def test_a_way_back_may_fail_so_it_shadows_nothing():
    """Where nobody knows the last open stage, the next way is taken."""
    again = Move("again", "lost", Destination.LAST_OPEN, reopening=True)
    otherwise = Move("again", "lost", "demo", reopening=True)

    assert not [p for p in problems(*SOUND, again, otherwise) if "never taken" in p]


def test_a_falling_probability_is_doubtful():
    """The chance should grow along the main path."""
    stages = (
        Stage("demo", probability="0.5"),
        Stage("test"),
        Stage("offer", probability="0.3"),
        *STAGES[2:],
    )
    moves = (*SOUND, Move("try", "demo", "test"), Move("win", "test", "won"))

    (problem,) = Pipeline("doubtful", stages=stages, moves=moves).problems()

    assert (problem.code, str(problem)) == (
        "falling_probability",
        "the probability falls from stage 'demo' to stage 'offer'",
    )
