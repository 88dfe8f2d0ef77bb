"""Claims with their evidence → RDF, and RDF → answers: the room of Oxigraph and rdflib."""
