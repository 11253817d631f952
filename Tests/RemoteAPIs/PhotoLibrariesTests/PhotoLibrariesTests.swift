// PhotoLibrariesTests: to be written.
