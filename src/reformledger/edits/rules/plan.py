"""Intents → edits: each intent by its rules, in the order given."""

from __future__ import annotations

from reformledger.edits.draft import Draft, Found
from reformledger.edits.intents import Add, Close, Extend, Intent, Progress, Remove, Reopen, Set
from reformledger.edits.rules.adding import plan_add
from reformledger.edits.rules.closing import plan_close, plan_reopen
from reformledger.edits.rules.extension import plan_extend
from reformledger.edits.rules.progress import plan_progress
from reformledger.edits.rules.removing import plan_remove
from reformledger.edits.rules.setting import plan_set


def plan(draft: Draft, intent: Intent) -> Found:
    """Take the steps of one intent in the draft and return the entry that it is about.

    Raises ``UsageError`` for what is not understood and ``RefusedError`` for what the rules forbid.
    """
    match intent:
        case Progress():
            return plan_progress(draft, intent)
        case Close():
            return plan_close(draft, intent)
        case Reopen():
            return plan_reopen(draft, intent)
        case Extend():
            return plan_extend(draft, intent)
        case Set():
            return plan_set(draft, intent)
        case Add():
            return plan_add(draft, intent)
        case Remove():
            return plan_remove(draft, intent)
