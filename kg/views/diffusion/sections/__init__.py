"""A study of diffusion → the sections of its report, each a function of its own that needs no other."""
