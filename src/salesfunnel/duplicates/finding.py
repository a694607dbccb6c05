"""Finding entries that are about one person or firm: what they share, and whether names agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from ..errors import InvalidValue, Text, WrongKind
from ..values.match_keys import KeyReader
from ..values.match_links import Link, Sureness
from .evidence import Evidence
from .fuzzy import near_words
from .grouping import Groups
from .groups import DuplicateGroup, Duplicates, SharedKey
from .linking import Linking
from .sharing import WANTED, Noun, Sharing

GivenPair = tuple[str, str, float]

_PAIR = Text(
    "not_a_pair",
    "{field} holds something else than pairs",
    "two different ids and a probability from 0 to 1",
)
_NO_PROBABILITY = Text("no_chance", "{field} must be a number from 0 to 1")
_UNKNOWN = Text("pair_of_unknown", "{field} names an entry that is not there", "the given ids")
_GIVEN = "given pair"


def find_duplicates(
    nouns: Iterable[Noun],
    *,
    keys: Iterable[KeyReader] | None = None,
    pairs: Iterable[GivenPair] = (),
    threshold: float = 0.9,
    certain: float | None = None,
) -> Duplicates:
    """
    Find the entries that are about one person or firm. Nothing is merged by that.

    Each is looked at once and need not be kept. Two that share a match key are one if their names
    are alike, so a switchboard joins no colleagues; what several people share is told.

    Args:
        nouns: leads, accounts or people.
        keys: readers of what two may share; those of the kind unless given.
        pairs: what another program holds to be the same: two ids and a probability.
        threshold: from which probability on such a pair counts.
        certain: from which probability on it counts even where the names differ; never, unless
            given.

    >>> from datetime import UTC, datetime
    >>> from salesfunnel import Lead
    >>> monday = datetime(2026, 3, 2, tzinfo=UTC)
    >>> found = find_duplicates(
    ...     [
    ...         Lead.capture(id="7", person="Sara Ahmadi", phone="0912 123 4567", at=monday),
    ...         Lead.capture(id="9", person="سارا احمدی", phone="+98 912 1234567", at=monday),
    ...     ]
    ... )
    >>> print(found)
    1 group of 2 entries
      likely: 7 9, by phone
    """
    if isinstance(nouns, type) or not hasattr(nouns, "__iter__"):
        raise WrongKind.of("nouns", nouns, wanted=f"several {WANTED}")
    least = _probability(threshold, "threshold")
    trusted = None if certain is None else _probability(certain, "certain")
    sharing = Sharing(keys)
    for noun in nouns:
        sharing.take_in(noun)
    evidence = Evidence(sharing.ids)
    linking = Linking(sharing, evidence)
    linking.link_by_keys()
    _link_by_pairs(evidence, sharing.ids, pairs, least, trusted)
    groups = Groups(sharing.names, linking.alike.more_leniently(near_words(more_slips=1)))
    return _joined(sharing, evidence, groups, linking.shared)


def _link_by_pairs(
    evidence: Evidence,
    ids: list[str],
    pairs: Iterable[GivenPair],
    threshold: float,
    certain: float | None,
) -> None:
    """Link what another program holds to be the same."""
    if isinstance(pairs, type) or not hasattr(pairs, "__iter__"):
        raise WrongKind.of("pairs", pairs, wanted="several pairs, such as ('7', '9', 0.95)")
    place_of: dict[str, int] = {}
    evidence.weigh(_GIVEN)
    for pair in pairs:
        place_of = place_of or {id_: place for place, id_ in enumerate(ids)}
        try:
            one, other, probability = pair
            is_chance = not isinstance(probability, bool) and 0 <= probability <= 1
            are_known = one in place_of and other in place_of
        except (TypeError, ValueError, ArithmeticError):
            raise InvalidValue("pairs", _PAIR) from None
        if not is_chance or one == other:
            raise InvalidValue("pairs", _PAIR)
        if not are_known:
            raise InvalidValue("pairs", _UNKNOWN)
        is_certain = certain is not None and probability >= certain
        if is_certain or probability >= threshold:
            sureness = Sureness.CERTAIN if is_certain else Sureness.LIKELY
            evidence.chain([place_of[one], place_of[other]], sureness)


def _joined(
    sharing: Sharing, evidence: Evidence, groups: Groups, shared: list[SharedKey]
) -> Duplicates:
    """Join what is linked, the surest links first."""
    holds = [
        (one, other)
        for sureness, one, other in evidence.surest_first()
        if groups.join(one, other, whatever_the_names=sureness is Sureness.CERTAIN)
    ]
    links: dict[int, list[Link]] = defaultdict(list)
    for one, other in sorted(holds):
        links[groups.root(one)].append(evidence.told(one, other))
    return Duplicates(
        groups=tuple(
            DuplicateGroup(
                tuple(sharing.ids[place] for place in places), places, tuple(links[places[0]])
            )
            for places in groups.found()
        ),
        shared=tuple(shared),
        looked_through=len(sharing.ids),
    )


def _probability(threshold: float, field: str) -> float:
    try:
        is_one = 0 <= threshold <= 1
    except (TypeError, ValueError, ArithmeticError):
        raise WrongKind.of(field, threshold, wanted="a number from 0 to 1") from None
    if not is_one:
        raise InvalidValue(field, _NO_PROBABILITY)
    return threshold
