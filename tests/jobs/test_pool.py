"""The pool of making processes."""

from multiprocessing import active_children

from jobs.pool import Pool


def test_all_children_start_with_the_caller_who_outlives_them() -> None:
    # One that a worker's thread started would be killed at that thread's end.
    before = set(active_children())
    pool = Pool(2)
    try:
        pool.warm()
        assert len(set(active_children()) - before) == 2
    finally:
        pool.close()
