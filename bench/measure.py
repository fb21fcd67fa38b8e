"""Runs one command and tells what it took: exit code, CPU seconds, seconds on the clock, peak memory in megabytes.

Called `measure.py OUT CWD COMMAND…`; what the command prints goes to the file OUT. A program of its own, because the
peak memory of a process begins with that of the one it was started from, and compare.py grows by reading reports.
"""

import os
import sys
import time

out, cwd, *command = sys.argv[1:]
os.chdir(cwd)
started = time.perf_counter()
actions = [(os.POSIX_SPAWN_OPEN, 1, out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)]
process = os.posix_spawn(command[0], command, os.environ, file_actions=actions)
_, status, usage = os.wait4(process, 0)
wall = time.perf_counter() - started
# Kilobytes on Linux, bytes on macOS.
peak = usage.ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)
print(os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime, wall, peak)
