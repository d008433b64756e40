"""Sign-in through an affiliate's own directory, by OpenID Connect."""
