// Markup: to be written.
