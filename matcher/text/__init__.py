"""Documents to text: uploads, clean-up, HTML, passages with spans, and the grammar of dates and dollars in prose."""
