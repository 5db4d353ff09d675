"""``reformledger`` and ``python -m reformledger``."""

from __future__ import annotations


def main() -> None:
    """Run the command line and leave with its exit code."""
    import gc
    import os

    # One question, one answer: nothing lives long enough to be worth collecting.
    gc.disable()
    # What is valid must not depend on what else is installed; looking for plugins takes time, too.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    try:
        from reformledger.cli.run import run

        code = run()
    except KeyboardInterrupt:
        code = 130  # as `run` does once it is there
    # All output is flushed by now; tearing down a large book object by object would only cost time.
    os._exit(code)


if __name__ == "__main__":
    main()
