"""``reformledger`` and ``python -m reformledger``."""

from __future__ import annotations


def main() -> None:
    """Run the command line and leave with its exit code."""
    import gc
    import os
    import sys

    # One question, one answer: nothing lives long enough to be worth collecting.
    gc.disable()
    # What is valid must not depend on what else is installed; looking for plugins takes time, too.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    try:
        _start_reading(sys.argv[1:])
        from reformledger.cli.run import run

        code = run()
    except KeyboardInterrupt:
        code = 130  # as `run` does once it is there
    # All output is flushed by now; tearing down a large book object by object would only cost time.
    os._exit(code)


def _start_reading(words: list[str]) -> None:
    """Start the process that reads the workbook of a draft before all else: both load side by side."""
    if words[:1] != ["draft"] or not any(word.lower().endswith(".xlsx") for word in words):
        return
    from contextlib import suppress

    from reformledger.exchange.reading.process import ChildReader, started

    reader = ChildReader()
    with suppress(OSError):  # whoever wants one will be told
        reader.start()
        started.append(reader)


if __name__ == "__main__":
    main()
