"""Reading what comes back: a file is looked at from outside, then read by a child process; each is cells or refused."""
