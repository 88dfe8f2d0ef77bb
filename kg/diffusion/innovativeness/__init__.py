"""A history → how early and how often each unit adopts, with intervals."""
