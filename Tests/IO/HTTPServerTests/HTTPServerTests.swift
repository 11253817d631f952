// HTTPServerTests: to be written.
