"""YAML text to plain data with positions, every scalar as text. Knows no ledger.

What only edits need has a door of its own, ``edit``, so that a question does not wait for it.
"""

from reformledger.yamlio.data import Data
from reformledger.yamlio.faults.fault import Problem, YamlError
from reformledger.yamlio.reading.read import read_yaml
from reformledger.yamlio.reading.tree import Tree

__all__ = ["Data", "Problem", "Tree", "YamlError", "read_yaml"]
