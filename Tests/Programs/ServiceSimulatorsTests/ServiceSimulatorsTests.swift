// ServiceSimulatorsTests: to be written.
