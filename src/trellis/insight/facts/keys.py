"""Keys of persons and responses in the facts: whole numbers that lead back to nobody without a secret."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from numpy.typing import ArrayLike, NDArray

from trellis.core import sealing
from trellis.insight.models import SnapshotState

_PURPOSE = "insight-facts"
_PERSON, _RESPONSE = 1, 2

Keys = NDArray[np.int64]


class Keyed:
    """Turns database keys into keys of the facts, the same every time for the same secret.

    Each number is one block of AES-256 (a pseudorandom permutation), of which 64 bits are kept: two of ten million
    persons share a key with a chance of one in 400,000.
    """

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    @property
    def mark(self) -> str:
        """What tells one secret from another without giving it away."""
        return sealing.digest(self._secret.hex())[:16]

    def persons(self, ids: ArrayLike) -> Keys:
        """Return the keys of persons."""
        return self._blocks(ids, _PERSON)

    def responses(self, ids: ArrayLike) -> Keys:
        """Return the keys of responses."""
        return self._blocks(ids, _RESPONSE)

    def _blocks(self, ids: ArrayLike, kind: int) -> Keys:
        blocks = np.empty((np.size(ids), 2), "<i8")
        blocks[:, 0], blocks[:, 1] = kind, ids
        # Every block stands for itself and none is ever decrypted: that is what ECB does, and here it is meant.
        cipher = Cipher(algorithms.AES(self._secret), modes.ECB()).encryptor()  # noqa: S305
        sealed = cipher.update(blocks.tobytes()) + cipher.finalize()
        return np.frombuffer(sealed, "<i8")[::2].astype(np.int64)


def kept_or_new() -> Keyed:
    """Return the keys of this site, making and sealing a secret where there is none that can be opened."""
    state = SnapshotState.objects.filter(pk=SnapshotState.ONLY).first()
    if state is not None:
        try:
            return Keyed(sealing.unseal(bytes(state.key), sealing.site_key(_PURPOSE)))
        except sealing.SealBrokenError:
            pass  # another secret key of the site: the earlier facts are nobody's now, and are made anew
    secret = sealing.new_key()
    SnapshotState.objects.update_or_create(
        pk=SnapshotState.ONLY, defaults={"key": sealing.seal(secret, sealing.site_key(_PURPOSE))}
    )
    return Keyed(secret)


def forget() -> None:
    """Forget the secret: nothing in the facts leads to a person any more, and the next snapshot begins anew."""
    SnapshotState.objects.all().delete()


def found_rows(keys: Keys, wanted: Keys) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Return for each wanted key a row where it stands among `keys`, and whether it is there at all."""
    # What is looked for is mostly far less than all there is, and a table of few is made and searched sooner.
    few, place = np.unique(wanted, return_inverse=True)
    found = pc.index_in(pa.array(keys), value_set=pa.array(few))
    at = np.flatnonzero(found.is_valid().to_numpy(zero_copy_only=False))
    of = found.drop_null().to_numpy()
    rows, there = np.zeros(len(few), np.intp), np.zeros(len(few), np.bool_)
    rows[of], there[of] = at, True
    return rows[place], there[place]


def among(wanted: Keys, keys: Keys) -> NDArray[np.bool_]:
    """Say of each wanted key whether it is one of `keys`."""
    if len(wanted) < len(keys):
        return found_rows(keys, wanted)[1]
    found: NDArray[np.bool_] = pc.is_in(pa.array(wanted), value_set=pa.array(keys)).to_numpy(zero_copy_only=False)
    return found
