"""A graph → a service on this machine: SPARQL in processes of their own, whole answers or clear errors, pages."""
