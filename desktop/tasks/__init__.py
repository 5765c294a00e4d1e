"""What the program can do, one verb a file: used by the command line and the window alike."""
