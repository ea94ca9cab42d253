"""Many people at once through real HTTP: the web server as the demo runs it, in processes of its own."""
