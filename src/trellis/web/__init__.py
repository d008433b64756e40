"""The shell: home, navigation, search across apps, and the component gallery."""
