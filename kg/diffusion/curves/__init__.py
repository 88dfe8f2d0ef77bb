"""Years of adoption → curves: shares, hazard, survival, fitted growth, adopter categories."""
