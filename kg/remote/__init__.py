"""A server on the network: its address, how one signs in, and requests within limits of time and size."""
