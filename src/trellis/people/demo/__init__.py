"""The fictional association: invented people in invented places, to practise and to teach with."""
