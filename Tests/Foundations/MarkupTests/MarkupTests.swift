// MarkupTests: to be written.
