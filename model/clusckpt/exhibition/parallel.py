"""Showings in processes of their own, several at a time."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context

from clusckpt.conformance import Budget
from clusckpt.exhibition.every import EXHIBITS
from clusckpt.exhibition.showing import Showing, shown


def showings(names: Sequence[str], budget: Budget, seed: int, jobs: int) -> Iterator[Showing]:
    """Run the kit on exhibits, and give each showing as it comes.

    Args:
        names: of the exhibits.
        budget: what each of them may use.
        seed: that of every run.
        jobs: so many at a time; one: in this process.
    """
    if jobs == 1:
        yield from (_shown(name, budget, seed) for name in names)
        return
    # A child that is forked has the locks of this process, but not the threads that hold them.
    with ProcessPoolExecutor(min(jobs, len(names) or 1), get_context("spawn")) as pool:
        waiting = [pool.submit(_shown, name, budget, seed) for name in names]
        try:
            for one in as_completed(waiting):
                yield one.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _shown(name: str, budget: Budget, seed: int) -> Showing:
    return shown(EXHIBITS[name], budget, seed)
