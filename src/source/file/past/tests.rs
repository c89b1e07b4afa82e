//! Files as they lie on a disk: whole, rotated, too long.
