"""The places a demo picture can be set in, one a file."""
