"""A read-only mapping: answers, custom fields and the like, inside values that never change."""

from __future__ import annotations

from collections.abc import ItemsView, Iterable, Iterator, KeysView, Mapping, ValuesView
from typing import TypeVar, cast, overload

_K = TypeVar("_K")
_V = TypeVar("_V")
_T = TypeVar("_T")

_CANNOT_CHANGE = "a FrozenMap cannot change; with_item gives a new one"


class FrozenMap(Mapping[_K, _V]):
    """
    A mapping that cannot change. It keeps its order, and is hashable if its values are.

    The representation shows the keys only, since the values may be personal.

    >>> answers = FrozenMap({"need": True})
    >>> answers.with_item("budget", None)
    FrozenMap({'need': …, 'budget': …})
    >>> answers == {"need": True}
    True
    """

    __slots__ = ("_items",)
    _items: dict[_K, _V]

    def __init__(self, items: Mapping[_K, _V] | Iterable[tuple[_K, _V]] = ()) -> None:
        """Copy the items, so that they cannot change."""
        object.__setattr__(self, "_items", dict(items))

    def __getitem__(self, key: _K) -> _V:
        """Look up a key that must be there."""
        return self._items[key]

    def __iter__(self) -> Iterator[_K]:
        """Go through the keys in order."""
        return iter(self._items)

    def __len__(self) -> int:
        """Count the items."""
        return len(self._items)

    def __contains__(self, key: object) -> bool:
        """Whether there is such a key."""
        return key in self._items

    # The views of a dict are read-only too, and several times as fast as those of `Mapping`.
    def keys(self) -> KeysView[_K]:
        """Give the keys in order."""
        return self._items.keys()

    def values(self) -> ValuesView[_V]:
        """Give the values in order."""
        return self._items.values()

    def items(self) -> ItemsView[_K, _V]:
        """Give keys and values in order."""
        return self._items.items()

    @overload
    def get(self, key: _K, /) -> _V | None: ...
    @overload
    def get(self, key: _K, default: _V | _T, /) -> _V | _T: ...
    def get(self, key: _K, default: object = None, /) -> object:
        """Look up a key that may be missing."""
        return self._items.get(key, default)

    def with_item(self, key: _K, value: _V) -> FrozenMap[_K, _V]:
        """
        Give a map with one more item, or with another value in the old place.

        >>> dict(FrozenMap({"need": None, "budget": True}).with_item("need", True))
        {'need': True, 'budget': True}
        """
        fresh: FrozenMap[_K, _V] = FrozenMap.__new__(FrozenMap)
        object.__setattr__(
            fresh, "_items", {**self._items, key: value}
        )  # a copy, but not of a copy
        return fresh

    def __eq__(self, other: object) -> bool:
        """Whether the other mapping holds the same items, in any order."""
        if isinstance(other, Mapping):
            return self._items == dict(cast("Mapping[object, object]", other))
        return NotImplemented

    def __hash__(self) -> int:
        """Hash the items without their order, since equality does not see it either."""
        return hash(frozenset(self._items.items()))

    def __setattr__(self, name: str, value: object) -> None:
        """Refuse every change."""
        raise AttributeError(_CANNOT_CHANGE)

    def __delattr__(self, name: str) -> None:
        """Refuse every change."""
        raise AttributeError(_CANNOT_CHANGE)

    def __reduce__(self) -> tuple[type[FrozenMap[_K, _V]], tuple[dict[_K, _V]]]:
        """Pickle and copy by way of the constructor."""
        return FrozenMap, (self._items,)

    def __repr__(self) -> str:
        """Show the keys, and hide the values."""
        return "FrozenMap({" + ", ".join(f"{key!r}: …" for key in self._items) + "})"
