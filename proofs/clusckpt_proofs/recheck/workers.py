"""Worker processes: portions of work on all cores, ended when the work is interrupted."""

import multiprocessing
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TypeVar

Portion = TypeVar("Portion")
Outcome = TypeVar("Outcome")


class WorkerCrashed(RuntimeError):
    """Raised when a worker process has ended before its work: nothing is known of that work."""

    def __str__(self) -> str:
        """Say what that means, and what to do."""
        return (
            "a worker process ended before its work was done (killed, or out of memory?), "
            "so nothing is shown; run it again, with --jobs 1 to need less memory"
        )


def in_parallel(
    work: Callable[[Portion], Outcome], portions: Sequence[Portion], jobs: int
) -> Generator[tuple[int, Outcome], None, None]:
    """Do the work, yielding each outcome with the number of its portion as it comes.

    With one job, or one portion, no process is started and the order is that of the portions.

    Raises:
        WorkerCrashed: if a worker process has ended before its work.
    """
    if jobs <= 1 or len(portions) <= 1:
        yield from ((number, work(portion)) for number, portion in enumerate(portions))
        return
    try:
        with _pool(min(jobs, len(portions))) as pool:
            waiting = {pool.submit(work, portion): at for at, portion in enumerate(portions)}
            for done in as_completed(waiting):
                yield waiting[done], done.result()
    except BrokenProcessPool:
        raise WorkerCrashed from None


@contextmanager
def _pool(jobs: int) -> Iterator[ProcessPoolExecutor]:
    # A fork would copy the locks of this process's threads; a new process starts clean anywhere.
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"))
    try:
        yield pool
    except BaseException:
        # Ctrl-C, a fault, or a reader who wants no more: nobody waits for what is under way.
        pool.shutdown(wait=False, cancel_futures=True)
        while left := set(multiprocessing.active_children()) - others:
            for worker in left:
                worker.terminate()
                worker.join()
        raise
    pool.shutdown()
