"""Records of diffusion → pictures as SVG or PNG, the same bytes every time."""
