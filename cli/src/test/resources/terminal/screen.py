"""Runs a command in a real terminal of its own and shows what a person would see.

screen.py WIDTH HEIGHT SECONDS COMMAND...   Steps come on stdin, one a line:
  wait TEXT    until the screen shows it
  keys TEXT    types it; \\t, \\x03 and \\x1b[A are understood
  screen       prints the screen between two lines of dashes
  end          until the command has ended; prints how, and whether the terminal is as it was
Every wait ends after SECONDS, with exit status 1 and the screen.
"""

import codecs, fcntl, os, pty, re, select, signal, struct, sys, termios, time

WIDTH, HEIGHT, SECONDS = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
main, side = pty.openpty()
fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", HEIGHT, WIDTH, 0, 0))
before = termios.tcgetattr(side)
child = os.fork()
if child == 0:
    os.setsid()
    fcntl.ioctl(side, termios.TIOCSCTTY, 0)
    for stream in 0, 1, 2:
        os.dup2(side, stream)
    os.environ.setdefault("TERM", "xterm")
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # whoever runs this may ignore it, and a shell does not
    os.execvp(sys.argv[4], sys.argv[4:])

lines, row, column, hidden, other, pending = [""] * HEIGHT, 0, 0, False, False, ""
CONTROL = re.compile(r"\x1b\[(\??)([0-9;]*)([A-Za-z])")


def show(text):
    """Follows what the command draws: text, line ends, and the few controls that it uses."""
    global row, column, hidden, other, pending, lines
    text, at = pending + text, 0
    pending = ""
    while at < len(text):
        if text[at] == "\x1b":
            found = CONTROL.match(text, at)
            if not found:
                pending = text[at:]
                return
            at = found.end()
            private, number, letter = found.groups()
            if private and number == "25":
                hidden = letter == "l"
            elif private and number == "1049":
                other, lines, row, column = letter == "h", [""] * HEIGHT, 0, 0
            elif letter == "H":
                row, column = 0, 0
            elif letter == "K":
                lines[row] = lines[row][:column]
            elif letter == "J":
                lines[row:] = [lines[row][:column]] + [""] * (HEIGHT - row - 1)
            elif letter != "m":
                sys.exit("a control that a plain terminal may not know: " + repr(found.group()))
        elif text[at] == "\r":
            column, at = 0, at + 1
        elif text[at] == "\n":
            at += 1
            if row == HEIGHT - 1:
                lines = lines[1:] + [""]
            else:
                row += 1
        else:
            line = lines[row].ljust(column)
            lines[row] = line[:column] + text[at] + line[column + 1:]
            column, at = column + 1, at + 1


decoder = codecs.getincrementaldecoder("utf-8")()


def read(seconds):
    """False when the command has closed the terminal."""
    ready, _, _ = select.select([main], [], [], seconds)
    if not ready:
        return True
    try:
        got = os.read(main, 65536)
    except OSError:
        return False
    show(decoder.decode(got))
    return bool(got)


def until(what, reached):
    deadline = time.monotonic() + SECONDS
    while not reached():
        if time.monotonic() > deadline:
            print("not within %s s: %s" % (SECONDS, what))
            print("\n".join(lines))
            os.kill(child, 9)
            sys.exit(1)
        read(0.05)


status = None


def over():
    global status
    if status is None:
        ended, how = os.waitpid(child, os.WNOHANG)
        status = how if ended else None
    return status is not None


for step in sys.stdin.read().splitlines():
    word, _, rest = step.partition(" ")
    if word == "wait":
        until(step, lambda: any(rest in line for line in lines))
    elif word == "keys":
        os.write(main, codecs.decode(rest, "unicode_escape").encode("latin-1"))
    elif word == "screen":
        print("-" * 10)
        print("\n".join(line.rstrip() for line in lines).rstrip())
        print("-" * 10)
    elif word == "end":
        until("the end of the command", over)
        read(0.1)
        code = os.waitstatus_to_exitcode(status)
        print("ended %d, terminal as before: %s, cursor hidden: %s, other screen: %s"
              % (code, termios.tcgetattr(side) == before, hidden, other))
if status is None:
    os.kill(child, 9)
