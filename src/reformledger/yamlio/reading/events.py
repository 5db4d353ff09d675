"""libyaml's event parser: all that is used of PyYAML."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from yaml import YAMLError
from yaml.events import ScalarEvent

from reformledger.i18n import _
from reformledger.yamlio.faults.fault import TextFault, YamlError

PARSER_ERRORS = (YAMLError, ValueError, RecursionError)
"""What the parser may raise over a text."""


def event_source(source: bytes | str) -> Callable[[], Any]:
    """Return a function that gives the next event of a text, None after the last.

    Raises ``YamlError`` where PyYAML came without libyaml.
    """
    try:
        from yaml._yaml import CParser
    except ImportError:
        message = _("PyYAML was installed without its C library libyaml, which is needed to read YAML.")
        advice = _("Install its wheel: pip install --force-reinstall --only-binary pyyaml pyyaml")
        raise YamlError([TextFault(0, 0, message, advice)]) from None
    return CParser(source).get_event


def scalar_of(source: str) -> str:
    """Return the text that one scalar stands for, or ``source`` itself when it is no scalar on its own."""
    next_event = event_source(" " + source)  # indented, for `---` would begin a document
    try:
        event = next_event()
        while event is not None:
            if isinstance(event, ScalarEvent):
                return str(event.value)
            event = next_event()
    except PARSER_ERRORS:
        pass
    return source
