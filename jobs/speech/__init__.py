"""Speech by eSpeak NG: which voices there are, and a line spoken by one of them."""
