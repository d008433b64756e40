"""Sessions that everybody may see, as a JSON Feed that other sites read."""
