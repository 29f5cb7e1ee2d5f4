"""Reading the gazette and keeping it searchable."""
