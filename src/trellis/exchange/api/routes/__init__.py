"""What can be asked, part by part."""
