"""What the audit says of sites by others that are held up as accessible, against a judgement by hand."""
