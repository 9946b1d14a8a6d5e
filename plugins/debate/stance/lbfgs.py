"""L-BFGS: the minimum of a smooth convex function from its value and gradient (Nocedal and Wright, chapter 7)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Function = Callable[[Array], tuple[float, Array]]

_MEMORY = 10
_ARMIJO = 1e-4


def minimise(function: Function, start: Array, most_steps: int = 300, tolerance: float = 1e-6) -> Array:
    """Return where the function is least; stops once a step gains less than `tolerance` of its value."""
    place, (value, gradient) = start, function(start)
    moves: list[tuple[Array, Array]] = []
    for _ in range(most_steps):
        direction = -_scaled(gradient, moves)
        found = _step(function, place, value, gradient, direction)
        if found is None:
            return place
        there, lower, slope = found
        moves = _kept(moves, there - place, slope - gradient)
        gained, place, value, gradient = value - lower, there, lower, slope
        if gained <= tolerance * max(abs(value), 1.0):
            return place
    return place


def _step(
    function: Function, place: Array, value: float, gradient: Array, direction: Array
) -> tuple[Array, float, Array] | None:
    """Return the first point along the direction that is low enough (Armijo), halving the step, if any."""
    slope, size = float(gradient @ direction), 1.0
    while size > 1e-10:
        there = place + size * direction
        lower, rise = function(there)
        if lower <= value + _ARMIJO * size * slope:
            return there, lower, rise
        size /= 2
    return None


def _scaled(gradient: Array, moves: list[tuple[Array, Array]]) -> Array:
    """Return the gradient times the inverse curvature that the last moves show (the two-loop recursion)."""
    scaled, shares = gradient.copy(), []
    for move, change in reversed(moves):
        share = (move @ scaled) / (move @ change)
        scaled -= share * change
        shares.append(share)
    if not moves:
        return np.asarray(scaled / max(float(np.linalg.norm(scaled)), 1.0))
    move, change = moves[-1]
    scaled *= (move @ change) / (change @ change)
    for (move, change), share in zip(moves, reversed(shares), strict=True):
        scaled += (share - (change @ scaled) / (move @ change)) * move
    return scaled


def _kept(moves: list[tuple[Array, Array]], move: Array, change: Array) -> list[tuple[Array, Array]]:
    """Return the last moves with the new one, unless it shows no curvature."""
    if move @ change <= 1e-12:
        return moves
    return [*moves, (move, change)][-_MEMORY:]
