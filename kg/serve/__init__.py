"""A built graph → an HTTP server on this machine: SPARQL, pages, health."""
