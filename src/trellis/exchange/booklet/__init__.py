"""The booklet: a published edition as a document for people, on paper or in a word processor."""
