"""Places that look at each other, and when each adopted → exposure, thresholds, infection, spatial correlation, tests."""
