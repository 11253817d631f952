// ArchitectureTests: to be written.
