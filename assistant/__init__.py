"""Questions to answers with checked citations."""
