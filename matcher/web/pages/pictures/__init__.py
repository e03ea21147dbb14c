"""Pictures made on the server: from what the services return to SVG, with the same facts in words and as a table."""
