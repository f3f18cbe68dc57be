"""What the tests that cross modules share: the programs, pictures, disks and databases they are run against.

Only the standard library. Everything here starts what it needs itself, on loopback, and takes it away again.
"""
