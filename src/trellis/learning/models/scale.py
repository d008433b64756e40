"""What applications and capstones are read against: a criterion with words for each of its four steps."""

from django.db import models

STEPS = (0, 1, 2, 3)


class Criterion(models.Model):
    """One thing to look for, and in words what it is like at each step from 0 to 3."""

    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=80)
    words_0 = models.CharField(max_length=160)
    words_1 = models.CharField(max_length=160)
    words_2 = models.CharField(max_length=160)
    words_3 = models.CharField(max_length=160)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def words(self) -> tuple[str, str, str, str]:
        """The words of the four steps, the lowest first."""
        return (self.words_0, self.words_1, self.words_2, self.words_3)
