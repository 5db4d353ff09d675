"""YAML text to plain data and places, all that is wrong with a text, and edits of it. Knows no ledger and no file.

The words of this room, one a thing:

- *Data* are dictionaries, lists, text and None; a *step* is a key or an index in them, a *path* a sequence of steps.
- A *node* is a key, a scalar, a mapping or a list as it is written; a *place* is where it is in the text, as a
  character *offset* (from 0) or as line and column (from 1).
- A *fault* is something wrong in a text, with its place: an ``OffsetFault`` while the text is read, a ``TextFault``
  with line and column when it is reported. A *mistyping* is a fault that looks like YAML to whoever typed it, a
  *refusal* is YAML that we do not accept.
- An *edit* is what a caller wants of a document, a *change* a part of it at one place, a *splice* the new text.

``reading`` turns bytes into a ``Tree``, ``faults`` says what is wrong, ``editing`` makes edits. A question does not
need the last, so it has to be imported by its own name.
"""

from reformledger.yamlio.data import BOM, Data, Mapped, Path, Step, Tree, mappings_in
from reformledger.yamlio.faults.characters import refused_sentences
from reformledger.yamlio.faults.fault import TextFault, YamlError
from reformledger.yamlio.reading.read import read_yaml
from reformledger.yamlio.reading.walk import without_collector

__all__ = [
    "BOM",
    "Data",
    "Mapped",
    "Path",
    "Step",
    "TextFault",
    "Tree",
    "YamlError",
    "mappings_in",
    "read_yaml",
    "refused_sentences",
    "without_collector",
]
