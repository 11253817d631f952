// Images: to be written.
