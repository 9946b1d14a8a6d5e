"""Who does the work: this process, several of this machine, or the workers of a Dask scheduler."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from ..errors import DebateError, pip_install
from ..jobs import each

Task = TypeVar("Task")
Result = TypeVar("Result")

CONNECT_SECONDS = 10
WORKER_SECONDS = 60


def run(
    function: Callable[[Task], Result], tasks: Sequence[Task], *, jobs: int = 1, scheduler: str | None = None
) -> Iterator[tuple[int, Result]]:
    """Yield (place of the task, result) as the tasks are done, by Dask where a scheduler's address is given.

    Raises what the function raises, and DebateError where processes or workers keep dying.
    """
    if scheduler is None:
        return each(function, tasks, min(jobs, len(tasks)))
    return _over_dask(function, tasks, scheduler)


def _over_dask(function: Callable[[Task], Result], tasks: Sequence[Task], address: str) -> Iterator[tuple[int, Result]]:
    distributed = _distributed()
    with _client(distributed, address) as client:
        # Not pure: a file is written, so an earlier run's result must not stand for it.
        futures = {client.submit(function, task, pure=False): place for place, task in enumerate(tasks)}
        try:
            for future in distributed.as_completed(list(futures), loop=client.loop):
                place, result = futures.pop(future), _result(future)
                # Else Dask would do it again when the worker that holds the result dies.
                future.release()
                yield place, result
        except BaseException:  # also Ctrl-C: nobody wants the rest any more
            client.cancel(list(futures))
            raise


def _client(distributed: Any, address: str) -> Any:
    """Return a client of a scheduler that has at least one worker."""
    try:
        client = distributed.Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        remedy = "start one by `dask scheduler` and give the address it prints, such as tcp://10.0.0.5:8786"
        raise DebateError("no Dask scheduler answers", where=address, why=str(error), remedy=remedy) from error
    try:
        client.wait_for_workers(1, timeout=WORKER_SECONDS)
    except (OSError, TimeoutError) as error:
        client.close()
        remedy = f"start some where the plugin is installed: dask worker {address} --nthreads 1"
        raise DebateError("the Dask scheduler has no worker", where=address, why=str(error), remedy=remedy) from error
    return client


def _result(future: Any) -> Any:
    try:
        return future.result()
    except DebateError:
        raise
    except Exception as error:
        raise DebateError(
            "a Dask worker could not do the work",
            why=f"{type(error).__name__}: {error}",
            remedy="see the worker's log; it needs the plugin of this version, and this path for source and tags",
        ) from error


def _distributed() -> Any:
    try:
        # By name, so that neither the build nor the checks need the library.
        return importlib.import_module("distributed")
    except ImportError as error:
        raise DebateError(
            "the library Dask is not installed",
            where="--scheduler",
            why=str(error),
            remedy=f"install it by {pip_install('dask[distributed]')}, or use --jobs on this machine",
        ) from error
