"""A history → who came before whom: the first, the lags, the direction, the way of one programme."""
