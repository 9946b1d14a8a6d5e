"""One function over many tasks in several processes; one that dies is replaced, and its task is given out anew."""

from __future__ import annotations

import os
import signal
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.connection import wait as wait_for
from types import TracebackType
from typing import Generic, Self, TypeVar

from .errors import DebateError

Task = TypeVar("Task")
Result = TypeVar("Result")

MOST_DEATHS = 3
"""A task that was in work as often as this when a process died is taken for the cause."""


def each(function: Callable[[Task], Result], tasks: Iterable[Task], jobs: int) -> Iterator[tuple[int, Result]]:
    """Yield (place of the task, result) as the tasks are done: one after the other for one job, else as they finish.

    Tasks and results cross between processes, so both must pickle, and `function` must stand in a module. Raises what
    the function raises, and DebateError where processes keep dying.
    """
    if jobs < 2:
        yield from enumerate(map(function, tasks))
        return
    with Crew(function, jobs) as crew:
        for place, task in enumerate(tasks):
            crew.start(place, task)
            yield from crew.results(jobs - 1)
        yield from crew.results(0)


class Crew(Generic[Task, Result]):
    """`jobs` processes that run one function over the tasks given to them; a context manager, which ends them."""

    def __init__(self, function: Callable[[Task], Result], jobs: int) -> None:
        self._function, self._jobs = function, jobs
        self._pool = self._new_pool()
        self._running: dict[Future[Result], tuple[int, Task]] = {}
        self._deaths: Counter[int] = Counter()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:  # nobody wants the results any more: whole files stay, asides are swept by the next run
            for child in active_children():
                child.terminate()
        self._pool.shutdown(cancel_futures=True)

    def start(self, place: int, task: Task) -> None:
        """Give a task to the processes; `place` comes back with its result."""
        try:
            self._running[self._pool.submit(self._function, task)] = place, task
        except BrokenProcessPool:
            self._again([*self._running.values(), (place, task)])

    def results(self, most_running: int) -> Iterator[tuple[int, Result]]:
        """Yield what is done, and wait until at most `most_running` tasks are left in work."""
        while len(self._running) > most_running:
            done, _ = wait(self._running, return_when=FIRST_COMPLETED)
            broken = [future for future in done if isinstance(future.exception(), BrokenProcessPool)]
            for future in done.difference(broken):
                yield self._running.pop(future)[0], future.result()
            if broken:
                self._again(list(self._running.values()))

    def _again(self, tasks: list[tuple[int, Task]]) -> None:
        """Replace the pool after a process died: nobody can say which task it was, so all in work are given anew."""
        self._deaths.update(place for place, _ in tasks)
        deadly = [place for place, _ in tasks if self._deaths[place] >= MOST_DEATHS]
        if deadly:
            raise DebateError(
                f"a process died {MOST_DEATHS} times at the same work",
                where=f"part {min(deadly)}",
                why="it was killed from outside, ran out of memory, or crashed",
                remedy="look for free memory, use fewer --jobs, then run the command again; what is done stays",
            )
        self._pool.shutdown()
        self._pool, self._running = self._new_pool(), {}
        for place, task in tasks:
            self.start(place, task)

    def _new_pool(self) -> ProcessPoolExecutor:
        # Spawned, not forked: the parent may hold threads of onnxruntime, and every platform does the same.
        return ProcessPoolExecutor(self._jobs, mp_context=get_context("spawn"), initializer=_begin)


def _begin() -> None:
    """Let a process end silently at Ctrl-C, and end by itself when its parent is no more."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        os._exit(1)
