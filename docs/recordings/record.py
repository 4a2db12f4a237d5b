"""Records commands as they really run in a terminal: record.py STORY OUT.cast   (asciinema v2; play it with `asciinema play`)

A story has one command a line; lines with # are shown as remarks. Commands are those of a POSIX shell, run one after the
other in one directory and with one environment. Needs `meso` on the PATH, and MESO_MASTERS where a story asks a cluster.
Silence of more than two seconds is cut to two. A command that takes longer than three minutes ends the recording with 1.
"""

import codecs, fcntl, json, os, pty, select, signal, struct, sys, termios, time

WIDTH, HEIGHT, SILENCE_MAX, COMMAND_MAX = 110, 32, 2.0, 180.0
events, clock = [], 0.0


def write(text, after=0.0):
    global clock
    clock += min(after, SILENCE_MAX)
    events.append([round(clock, 3), "o", text])


def run(command):
    """Runs one command in a terminal of its own and records what it writes, when it writes it."""
    child, terminal = pty.fork()
    if child == 0:
        os.environ["TERM"] = "xterm"
        os.execvp("sh", ["sh", "-c", command])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", HEIGHT, WIDTH, 0, 0))
    decoder, last, deadline = codecs.getincrementaldecoder("utf-8")(), time.monotonic(), time.monotonic() + COMMAND_MAX
    while time.monotonic() < deadline:
        if not select.select([terminal], [], [], 0.2)[0]:
            continue
        try:
            got = os.read(terminal, 65536)
        except OSError:
            got = b""
        now = time.monotonic()
        if not got:
            return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        write(decoder.decode(got), now - last)
        last = now
    os.kill(child, signal.SIGKILL)
    sys.exit("longer than %d s: %s" % (COMMAND_MAX, command))


story, out = sys.argv[1], sys.argv[2]
for line in open(story, encoding="utf-8").read().splitlines():
    if line.startswith("#"):
        write("\x1b[2m" + line + "\x1b[0m\r\n", 1.0)
    elif line:
        write("$ ", 1.0)
        for letter in line:
            write(letter, 0.03)
        write("\r\n", 0.3)
        status = run(line)
        if status:
            sys.exit("ended with %d: %s" % (status, line))
with open(out, "w", encoding="utf-8") as cast:
    title = os.path.basename(story).removesuffix(".story")
    cast.write(json.dumps({"version": 2, "width": WIDTH, "height": HEIGHT, "title": "meso: " + title}) + "\n")
    for event in events:
        cast.write(json.dumps(event, ensure_ascii=False) + "\n")
