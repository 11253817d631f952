// ServiceSimulators: to be written.
