"""What needs an extra of the package, and the sentence where that is not installed."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from reformledger.errors import UsageError
from reformledger.i18n import _


def import_with(extra: str, module: str) -> ModuleType:
    """Import a module of ours that needs an extra of the package; raises ``UsageError`` where that is missing."""
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if not extra or (error.name or "").startswith("reformledger"):
            raise
        raise _missing(extra, error.name or "") from None


def require(extra: str, module: str) -> None:
    """Raise ``UsageError`` where the library ``module`` of an extra is not installed; it is not imported."""
    if find_spec(module) is None:
        raise _missing(extra, module)


def _missing(extra: str, module: str) -> UsageError:
    sentence = _("This needs the extra “{extra}”, of which {module} is not installed.")
    command = f'pip install "reformledger[{extra}]"'
    return UsageError(sentence.format(extra=extra, module=module), _("Run: {command}").format(command=command))
