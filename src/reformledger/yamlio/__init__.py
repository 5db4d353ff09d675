"""YAML text to plain data with positions, every scalar as text. Knows no ledger."""

from reformledger.yamlio.problems import Problem, YamlError
from reformledger.yamlio.read import read_yaml
from reformledger.yamlio.tree import Tree

__all__ = ["Problem", "Tree", "YamlError", "read_yaml"]
