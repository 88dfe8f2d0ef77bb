"""The analysis of diffusion → tables, trees and pages."""
