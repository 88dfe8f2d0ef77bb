"""A graph → a SPARQL service on this machine: queries in processes of their own, whole answers or clear errors."""
