"""One settings module for each way to run: demo, test, production; what they share is in base."""
