// PhotoLibraries: to be written.
