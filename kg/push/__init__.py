"""A built graph → a SPARQL 1.1 server, one named graph at a time; what is there already is not sent again."""

from kg.push.pushing import Pushed, push
from kg.push.targets import Target, target_at

__all__ = ["Pushed", "Target", "push", "target_at"]
