from __future__ import annotations

import importlib
import os

import pytest
from debate.archive import engines
from debate.errors import DebateError


def _double(number: int) -> int:
    if number < 0:
        raise DebateError("too small", where=str(number), remedy="give more")
    if number > 100:
        raise ValueError("too big")
    return 2 * number


def test_without_dask_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(DebateError, match=r"Dask is not .* -m pip install 'dask\[distributed\]', or use --jobs"):
        list(engines.run(_double, [1], scheduler="tcp://127.0.0.1:1"))


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nowhere://x"])
def test_a_scheduler_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(engines, "CONNECT_SECONDS", 0.3)
    with pytest.raises(DebateError, match=f"{address}: no Dask scheduler answers"):
        list(engines.run(_double, [1], scheduler=address))


def test_dask_gives_every_result_and_every_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(engines, "WORKER_SECONDS", 0.3)
    options = {"threads_per_worker": 1, "processes": False, "dashboard_address": ":0"}
    with distributed.LocalCluster(n_workers=0, **options) as cluster:
        address = cluster.scheduler_address
        with pytest.raises(DebateError, match="has no worker"):
            list(engines.run(_double, [1], scheduler=address))
        cluster.scale(2)
        monkeypatch.setattr(engines, "WORKER_SECONDS", 30)
        assert sorted(engines.run(_double, range(20), scheduler=address)) == [(n, 2 * n) for n in range(20)]
        with pytest.raises(DebateError, match=r"-1: too small\. Remedy: give more"):
            list(engines.run(_double, [1, -1], scheduler=address))
        with pytest.raises(DebateError, match="could not do the work: ValueError: too big"):
            list(engines.run(_double, [1, 101], scheduler=address))


def test_one_job_works_in_this_process() -> None:
    assert list(engines.run(_process, [0, 0], jobs=1)) == [(0, os.getpid()), (1, os.getpid())]


def _process(_: int) -> int:
    return os.getpid()
