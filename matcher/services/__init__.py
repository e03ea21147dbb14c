"""What the software does, one file per verb; the doors call these and nothing below them."""
