"""Years at risk, or intervals of adoption → event-history models, as a scholar publishes them."""
