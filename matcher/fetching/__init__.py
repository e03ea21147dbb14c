"""Sources over HTTP: asked politely, read within limits, and never from an address inside the operator's network."""
