"""Bytes of a file in whatever format → the text of each document in it."""
