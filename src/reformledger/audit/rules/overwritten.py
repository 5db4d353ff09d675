"""Group 0, life cycle: what this machine recorded and what is no longer there."""

from __future__ import annotations

from collections.abc import Iterator

from reformledger.audit.context import Audit, Found
from reformledger.audit.finding import Severity
from reformledger.audit.pointer import Pointer, at
from reformledger.audit.rule import rule
from reformledger.written import missing


@rule("RL015", Severity.WARNING)
def overwritten(audit: Audit) -> Iterator[Found]:
    """Find records that edits of this user on this machine added and that neither an edit nor git took away."""
    documents = {loaded.path: loaded for loaded in audit.book.documents if loaded.path.is_file()}
    if not documents:  # A draft that is not written yet: nobody edited it.
        return
    by_path = {loaded.path.resolve(): loaded for loaded in documents.values()}
    for gone in missing({path: loaded.tree.data for path, loaded in documents.items()}).lost:
        loaded = by_path[gone.written.path]
        entry = audit.book.get(f"{getattr(loaded.document, 'year', '')}/{gone.written.id}")
        yield Found(gone.sentence, at(entry) if entry else Pointer(loaded))
