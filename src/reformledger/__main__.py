"""``reformledger`` and ``python -m reformledger``."""

from __future__ import annotations


def main() -> None:
    """Run the command line and leave with its exit code."""
    import gc
    import os

    # One question, one answer: nothing lives long enough to be worth collecting.
    gc.disable()
    from reformledger.cli.run import run

    # All output is flushed by now; tearing down a large book object by object would only cost time.
    os._exit(run())


if __name__ == "__main__":
    main()
